"""danchu units load | find TEXT [--on DAY] [--level LEVEL] | apply FILE [--commit]: load the units,
find some, or check and apply a plan of reorganisation.
"""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.kernel.chronicle import LEVELS
from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.units.actions import reorganise_units
from danchu.units.find import find_units
from danchu.units.plan import effect, read_plan
from danchu.units.sources_load import load_units


class Command(BaseCommand):
    help = "Đơn vị hành chính: nạp dữ liệu ban đầu, tìm, áp dụng một tệp sắp xếp."

    def add_arguments(self, parser):
        tasks = parser.add_subparsers(dest="task", required=True, metavar="load|find|apply")
        tasks.add_parser(
            "load", help="nạp các đơn vị trước và sau ngày 01/07/2025 vào cơ sở dữ liệu trống"
        )
        find = tasks.add_parser("find", help="tìm đơn vị theo tên, không cần dấu")
        find.add_argument("text")
        find.add_argument("--on", help="chỉ các đơn vị tồn tại trong ngày này", metavar="NGÀY")
        find.add_argument("--level", choices=LEVELS)
        apply = tasks.add_parser(
            "apply", help="kiểm tra và chạy thử một tệp sắp xếp; có --commit thì áp dụng"
        )
        apply.add_argument("file")
        apply.add_argument("--commit", action="store_true", help="áp dụng thật")

    def handle(self, *, task, **options):
        try:
            getattr(self, task)(**options)
        except Refused as refusal:
            raise CommandError(refusal.message) from None

    def load(self, **options):
        counts = load_units(by=Actor.system("units"))
        if not counts:
            self.stdout.write(_("Các đơn vị đã được nạp từ trước; không có gì thay đổi."))
        for table, number in counts.items():
            self.stdout.write(f"{table:12} {number:6}")

    def find(self, *, text, on=None, level=None, **options):
        matches = find_units(text, parse_day(on) if on else None, level)
        for unit in matches:
            ended = _("đến {day}").format(day=show_day(unit.until)) if unit.until else ""
            other = f"({unit.matched})" if unit.matched else ""
            self.stdout.write(
                "  ".join(
                    filter(
                        None,
                        [f"{unit.id:>6}", f"{unit.code:5}", unit.name, other, unit.under, ended],
                    )
                )
            )
        if not matches:
            raise CommandError(_("Không tìm thấy đơn vị nào."))

    def apply(self, *, file, commit, **options):
        plan = read_plan(file)
        if commit:
            reorganisation = reorganise_units(plan, by=Actor.system("units"))
            self.stdout.write(
                _("Đã áp dụng {number}, hiệu lực từ ngày {day}.").format(
                    number=reorganisation.decree, day=show_day(reorganisation.on)
                )
            )
            self.transfer_petitions(reorganisation.on)
            return
        self.show_effect(effect(plan))
        self.stdout.write(_("Đây là chạy thử: chưa ghi gì. Thêm --commit để áp dụng."))

    def transfer_petitions(self, on):
        """Transfer running petitions to the succeeding units, or say that it is to be done on the
        day the plan comes into force.
        """
        if on > today():
            self.stdout.write(
                _(
                    "Đến ngày ấy hãy chạy: danchu petitions succeed, để đơn đang giải "
                    "quyết về đơn vị kế tục."
                )
            )
            return
        call_command("petitions", "succeed", stdout=self.stdout)

    def show_effect(self, effects):
        """Print what a plan would change."""
        for title, names in (
            (_("Kết thúc"), effects.ended),
            (_("Được lập"), effects.begun),
            (_("Đổi"), [f"{before} → {after}" for before, after in effects.changed]),
            (_("Bị chia, chưa có tỷ lệ"), effects.divided),
        ):
            self.stdout.write(f"{title}: {len(names)}")
            for name in names:
                self.stdout.write(f"  {name}")
        self.stdout.write(_("Tổ chức kết thúc theo: {number}").format(number=effects.closed_bodies))
        self.stdout.write(
            _("Số liệu công bố thay đổi: {number}").format(number=len(effects.figures))
        )
        for change in effects.figures:
            self.stdout.write(
                f"  {change.figure}, {change.unit}: {show_number(change.before)} → "
                f"{show_number(change.after)}"
                + (
                    f" ({_('không phân bổ được')}: {show_number(change.unplaced)})"
                    if change.unplaced
                    else ""
                )
            )
