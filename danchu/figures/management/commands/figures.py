"""danchu figures catalogue [--write]: the catalogue of indicators, shown or written into the
documentation. danchu figures release [--year YEAR]: publish the sensitive figures of closed years.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from danchu.figures.actions import release_year
from danchu.figures.blur import last_release
from danchu.figures.catalogue_page import catalogue_page
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor

PLACE = Path(settings.ROOT) / "docs" / "generated" / "figures.md"
# The oldest year that is published when none is named.
FIRST_YEAR = 2004


class Command(BaseCommand):
    help = "Danh mục chỉ tiêu; công bố số liệu về đơn thư, tiếp công dân của các năm đã khép."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("page", choices=["catalogue", "release"])
        parser.add_argument(
            "--write", action="store_true", help="ghi vào docs/generated/figures.md"
        )
        parser.add_argument("--year", type=int, help="chỉ công bố năm này")

    def handle(self, *, page: str, write: bool, year: int | None, **options: Any) -> None:
        if page == "release":
            self._release(year)
        elif not write:
            self.stdout.write(catalogue_page())
        else:
            PLACE.parent.mkdir(parents=True, exist_ok=True)
            PLACE.write_text(catalogue_page(), encoding="utf-8")
            self.stdout.write(_("Đã ghi %(place)s") % {"place": PLACE})

    def _release(self, year: int | None) -> None:
        name = "danchu figures release"
        by = Actor.system(name)  # type: ignore[no-untyped-call]  # people is not typed
        try:
            for one in [year] if year else range(FIRST_YEAR, last_release() + 1):
                count = release_year(one, by=by)
                self.stdout.write(
                    _("Năm %(year)s: công bố thêm %(count)s số") % {"year": one, "count": count}
                )
        except Refused as refusal:
            raise CommandError(refusal.message) from None
