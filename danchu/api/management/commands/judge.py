"""danchu judge KEY --part N [--whole N] [--on DAY] [--json]: whether a count reaches a
threshold, by which article, and why.
"""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.api.law import judgement_json
from danchu.kernel.days import parse_day, today
from danchu.kernel.refusals import Refused
from danchu.law.thresholds import judge, threshold


class Command(BaseCommand):
    help = "Một số phiếu, số người có đạt ngưỡng của luật không, và vì sao."

    def add_arguments(self, parser):
        parser.add_argument("key", help="quy tắc, xem danchu rules")
        parser.add_argument("--part", type=int, required=True, help="số tán thành, số dự, số người")
        parser.add_argument("--whole", type=int, default=0, help="tổng số, khi ngưỡng là một tỷ lệ")
        parser.add_argument("--on", help="theo luật của ngày này (mặc định: hôm nay)")
        parser.add_argument("--json", action="store_true")

    def handle(self, key, *, part, whole, on, **options):
        try:
            judgement = judge(part, whole, threshold(key, parse_day(on) if on else today()))
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        content = judgement_json(judgement)
        if options["json"]:
            self.stdout.write(json.dumps(content, ensure_ascii=False, default=str))
            return
        self.stdout.write(_("Đạt.") if judgement.passed else _("Không đạt."))
        self.stdout.write(content["why"])
