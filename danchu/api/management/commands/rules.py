"""danchu rules [--json] [--key KEY] [--on DAY] | rules --enact KEY --since DAY --value N …:
every rule version, and new ones.
"""

import json
from functools import partial

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.api.law import rule_json
from danchu.kernel.days import parse_day, show_day
from danchu.kernel.refusals import Refused
from danchu.law.actions import enact_rule
from danchu.law.book import book
from danchu.law.models import LegalText
from danchu.law.rule import mark_words, unit_words
from danchu.obligations.actions import change_law
from danchu.obligations.outlook import foresee
from danchu.people.actor import Actor

FIELDS = ("vi", "en", "sense", "value", "unit", "article", "mark", "transition", "note")


class Command(BaseCommand):
    help = "Quy tắc, ngưỡng, thời hạn theo ngày hiệu lực; ban hành phiên bản mới."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--key", default="", help="chỉ các quy tắc bắt đầu như vậy")
        parser.add_argument("--on", help="chỉ phiên bản có hiệu lực vào ngày này")
        parser.add_argument(
            "--unverified", action="store_true", help="chỉ quy tắc chưa đối chiếu với văn bản"
        )
        parser.add_argument(
            "--enact", metavar="KEY", help="ghi phiên bản mới của quy tắc này, từ ngày --since"
        )
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm hạn sẽ đổi, không ghi")
        parser.add_argument("--since", help="ngày đầu tiên có hiệu lực")
        parser.add_argument("--text", help="khóa của văn bản quy định")
        for name in FIELDS:
            parser.add_argument(f"--{name}")

    def handle(self, **options):
        try:
            if options["enact"]:
                self._enact(options)
            else:
                self._list(options)
        except Refused as refusal:
            raise CommandError(refusal.message) from None

    def _enact(self, options):
        if not options["since"]:
            raise Refused(_("Hãy ghi ngày có hiệu lực: --since."))
        fields = {name: options[name] for name in FIELDS if options[name]}
        if options["text"]:
            fields["text"] = LegalText.objects.filter(pk=options["text"]).first()
        by = Actor.system("dòng lệnh")
        since = parse_day(options["since"])
        change = partial(enact_rule, options["enact"], by=by, since=since, **fields)
        foreseen = foresee(change)
        unruled = sum(group.number for group in foreseen.unruled)
        if options["dry_run"]:
            self.stdout.write(
                _("Số hạn sẽ đổi: %s.")
                % sum(move.number for move in foreseen if move.to_day != move.due_on)
            )
            self._say_unruled(unruled)
            return
        version, changed = change_law(change, by=by)
        self._say_unruled(unruled)
        self.stdout.write(
            _("Đã ghi phiên bản %(number)s của “%(key)s”.")
            % {"number": version.pk, "key": version.key}
        )
        self.stdout.write(_("Số hạn đã đổi: %s.") % changed)

    def _say_unruled(self, number):
        if number:
            self.stdout.write(_("Số việc chưa làm không còn quy tắc, giữ hạn cũ: %s.") % number)

    def _list(self, options):
        law_book = book()
        day = parse_day(options["on"]) if options["on"] else None
        versions = [
            rule
            for key in law_book.rule_keys()
            if key.startswith(options["key"])
            for rule in law_book.versions(key)
            if (day is None or rule.in_force(day))
            and not (options["unverified"] and rule.is_verified)
        ]
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    [rule_json(rule) for rule in versions],
                    ensure_ascii=False,
                    default=str,
                    indent=1,
                )
            )
            return
        for rule in versions:
            end = f" – {show_day(rule.until)}" if rule.until else ""
            mark = "" if rule.is_verified else f" [{mark_words(rule.mark)}]"
            self.stdout.write(
                f"{rule.key}\t{rule.sense} "
                f"{unit_words(rule)}\t{show_day(rule.since)}{end}\t{rule.source}{mark}"
            )
