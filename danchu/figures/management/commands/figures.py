"""danchu figures catalogue [--write]: the catalogue of indicators, shown or written into the
documentation.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from danchu.figures.catalogue_page import catalogue_page

PLACE = Path(settings.ROOT) / "docs" / "generated" / "figures.md"


class Command(BaseCommand):
    help = "Danh mục chỉ tiêu."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("page", choices=["catalogue"])
        parser.add_argument(
            "--write", action="store_true", help="ghi vào docs/generated/figures.md"
        )

    def handle(self, *, write: bool, **options: Any) -> None:
        if not write:
            self.stdout.write(catalogue_page())
            return
        PLACE.parent.mkdir(parents=True, exist_ok=True)
        PLACE.write_text(catalogue_page(), encoding="utf-8")
        self.stdout.write(_("Đã ghi %(place)s") % {"place": PLACE})
