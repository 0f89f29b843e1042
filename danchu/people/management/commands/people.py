"""danchu people rights [--write]: the rights table, shown or written into the documentation."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from danchu.people.rights_page import rights_page

PLACE = Path(settings.ROOT) / "docs" / "generated" / "rights.md"


class Command(BaseCommand):
    help = "Bảng quyền: ai được làm gì."

    def add_arguments(self, parser):
        parser.add_argument("page", choices=["rights"])
        parser.add_argument("--write", action="store_true", help="ghi vào docs/generated/rights.md")

    def handle(self, *, write, **options):
        if not write:
            self.stdout.write(rights_page())
            return
        PLACE.parent.mkdir(parents=True, exist_ok=True)
        PLACE.write_text(rights_page(), encoding="utf-8")
        self.stdout.write(_("Đã ghi %(place)s") % {"place": PLACE})
