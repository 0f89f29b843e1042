"""danchu obligations overdue | recount: told once a day; counted again after a change of the law or the calendar."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.obligations.actions import recount_obligations, tell_overdue
from danchu.people.actor import Actor


class Command(BaseCommand):
    help = "Việc phải làm: ghi nhật ký việc quá hạn (mỗi ngày một lần), tính lại hạn khi luật hoặc lịch đổi."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["overdue", "recount"])

    def handle(self, act, **options):
        by = Actor.system("dòng lệnh")
        if act == "recount":
            self.stdout.write(_("Số hạn đã đổi: %s.") % recount_obligations(by=by))
            return
        found = tell_overdue(by=by)
        for row in found:
            self.stdout.write(f"{show_day(row.due_on)}\t{row.unit_id}\t{row.title}")
        self.stdout.write(_("Việc mới quá hạn: %s.") % len(found))
