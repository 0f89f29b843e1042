"""danchu escalations [--json] | --add --days N --office KEY [--before] [--above N]
[--rule-prefix KEY.] | --remove ID.
"""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.obligations.actions import add_escalation, remove_escalation
from danchu.obligations.models import Escalation
from danchu.people.actor import Actor

COLUMNS = ("id", "before", "days", "office", "above", "rule_prefix")


class Command(BaseCommand):
    help = "Ai được nhắc trước hạn, ai được báo khi quá hạn: xem, thêm, bỏ từng dòng."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--add", action="store_true", help="thêm một dòng")
        parser.add_argument("--remove", type=int, metavar="ID", help="bỏ dòng này")
        parser.add_argument(
            "--days",
            type=int,
            default=0,
            help="số ngày sau hạn; với --before là số ngày làm việc trước hạn",
        )
        parser.add_argument("--before", action="store_true", help="nhắc trước hạn")
        parser.add_argument("--office", default="", help="chức trách được báo")
        parser.add_argument("--above", type=int, default=0, help="ở đơn vị cao hơn mấy cấp")
        parser.add_argument("--rule-prefix", default="", help="chỉ quy tắc có khóa bắt đầu bằng")

    def handle(self, **options):
        by = Actor.system("dòng lệnh")
        try:
            if options["add"]:
                add_escalation(by=by, **{name: options[name] for name in COLUMNS[1:]})
            elif options["remove"] is not None:
                remove_escalation(Escalation(pk=options["remove"]), by=by)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        rows = list(Escalation.objects.order_by("-before", "days", "pk").values(*COLUMNS))
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            when = (
                _("%s ngày làm việc trước hạn") % row["days"]
                if row["before"]
                else _("%s ngày sau hạn") % row["days"]
            )
            self.stdout.write(
                f"{row['id']}\t{when}\t{row['office']}\t+{row['above']}"
                f"\t{row['rule_prefix'] or '*'}"
            )
