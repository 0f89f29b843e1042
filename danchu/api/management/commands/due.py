"""danchu due KEY --event DAY [--on DAY] [--json]: the due date of an event, the rule and calendar
it is derived from, and the reason.
"""

import json

from django.core.management.base import BaseCommand, CommandError

from danchu.api.law import due_json
from danchu.kernel.days import parse_day, show_day
from danchu.kernel.refusals import Refused
from danchu.law.book import book


class Command(BaseCommand):
    help = "Thời hạn của một việc: hạn, quy tắc, lịch và vì sao."

    def add_arguments(self, parser):
        parser.add_argument("key", help="quy tắc, xem danchu rules")
        parser.add_argument(
            "--event", required=True, help="ngày của việc, như 2024-04-25 hoặc 25/04/2024"
        )
        parser.add_argument(
            "--on",
            help="nhìn từ ngày này (mặc định: hôm nay), với luật áp dụng cả cho việc đang chạy",
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, key, *, event, on, **options):
        try:
            law_book = book()
            due = law_book.due(key, parse_day(event), parse_day(on) if on else None)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        content = due_json(due, law_book.calendar)
        if options["json"]:
            self.stdout.write(json.dumps(content, ensure_ascii=False, default=str))
            return
        self.stdout.write(show_day(due.day))
        self.stdout.write(content["why"])
        self.stdout.write(f"{key} · #{due.rule.number} · lịch {due.calendar_version}")
