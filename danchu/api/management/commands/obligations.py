"""danchu obligations round | overdue | recount: recalculate due dates, record what is
overdue, send reminders and escalations; `danchu serve` runs a round every hour.
"""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from danchu.inspection.actions import owe_reports
from danchu.kernel.days import show_day
from danchu.notices.actions import tell_steps
from danchu.obligations.actions import recount_obligations, tell_overdue
from danchu.people.actor import Actor


class Command(BaseCommand):
    help = (
        "Việc phải làm: tính lại hạn khi luật hoặc lịch đổi, ghi nhật ký việc quá hạn, nhắc "
        "việc và báo lên."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "act",
            choices=["round", "overdue", "recount"],
            help="round: mọi việc rà hạn, như danchu serve làm mỗi giờ",
        )

    def handle(self, act, **options):
        by = Actor.system("dòng lệnh")
        if act in ("round", "recount"):
            self.stdout.write(_("Số hạn đã đổi: %s.") % recount_obligations(by=by))
        if act in ("round", "overdue"):
            self.stdout.write(
                _("Việc mới quá hạn: %s.") % self._overdue(by, is_listed=act == "overdue")
            )
        if act == "round":
            self.stdout.write(_("Báo cáo của các Ban mới phải gửi: %s.") % owe_reports(by=by))
            self.stdout.write(_("Số thông báo nhắc việc, báo lên: %s.") % tell_steps(by=by))

    def _overdue(self, by, is_listed):
        """Record newly overdue obligations in batches, list them if asked; returns their number."""
        number = 0
        while batch := tell_overdue(by=by):
            number += len(batch)
            for row in batch if is_listed else ():
                self.stdout.write(f"{show_day(row.due_on)}\t{row.unit_id}\t{row.title}")
        return number
