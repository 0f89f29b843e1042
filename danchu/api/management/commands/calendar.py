"""danchu calendar [YEAR] | calendar YEAR --set FILE --basis TEXT: show or replace the days off of a
year.
"""

import csv
from functools import partial

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.refusals import Refused
from danchu.law.actions import set_calendar
from danchu.law.book import book
from danchu.obligations.actions import change_law
from danchu.obligations.outlook import foresee
from danchu.people.actor import Actor

COLUMNS = ("day", "kind", "name")


class Command(BaseCommand):
    help = (
        "Lịch làm việc của một năm: ngày nghỉ lễ (holiday), nghỉ hoán đổi (swapped_off), làm "
        "bù (make_up)."
    )

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, nargs="?", default=today().year)
        parser.add_argument(
            "--set", metavar="CSV", dest="file", help="tệp có các cột day, kind, name: thay cả năm"
        )
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm hạn sẽ đổi, không ghi")
        parser.add_argument(
            "--basis", default="", help="số và ngày của văn bản thông báo lịch nghỉ"
        )

    def handle(self, *, year, file, basis, dry_run, **options):
        try:
            if file:
                by = Actor.system("dòng lệnh")
                change = partial(set_calendar, year, _days(file), by=by, basis=basis)
                if dry_run:
                    self.stdout.write(
                        _("Số hạn sẽ đổi: %s.")
                        % sum(move.number for move in foresee(change) if move.to_day != move.due_on)
                    )
                    return
                version, changed = change_law(change, by=by)
                self.stdout.write(_("Số hạn đã đổi: %s.") % changed)
                self.stdout.write(
                    _("Đã ghi lịch năm %(year)s, phiên bản %(number)s.")
                    % {"year": year, "number": version.number}
                )
        except (Refused, OSError, UnicodeDecodeError) as error:
            raise CommandError(getattr(error, "message", str(error))) from None
        calendar = book().calendar
        if year not in calendar.years:
            self.stdout.write(
                _(
                    "Lịch năm %s chưa được nạp: mới tính thứ Bảy, Chủ nhật và ngày lễ có "
                    "ngày cố định."
                )
                % year
            )
        for day in sorted(calendar.special_days):
            if day.year == year:
                mark = calendar.special_days[day]
                self.stdout.write(f"{show_day(day)}\t{mark.kind}\t{mark.name}")


def _days(path):
    """[(day, kind, name)] of a CSV file. Raises Refused if a column is missing or a day invalid."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise Refused(_("Tệp thiếu cột: %s.") % ", ".join(missing))
        return [
            (parse_day(row["day"]), (row["kind"] or "").strip(), row["name"] or "") for row in rows
        ]
