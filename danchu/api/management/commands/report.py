"""danchu report NAME --out FILE [--map DAY] [--language vi|en]: write a report as HTML, Word,
JSON or CSV, by the ending of the file. danchu report NAME --release: publish what it says of
petitions and receptions for periods of its own.
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.reports.document import blank, fill
from danchu.reports.files import write_report
from danchu.reports.publishing import publish_totals
from danchu.reports.template import read_form


class Command(BaseCommand):
    help = "Ghi một báo cáo ra tệp; công bố số liệu đơn thư, tiếp công dân theo kỳ của báo cáo."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("--out", default="")
        parser.add_argument(
            "--release",
            action="store_true",
            help="công bố số liệu đơn thư, tiếp công dân theo kỳ của báo cáo",
        )
        parser.add_argument("--map", default="")
        parser.add_argument("--language", choices=("vi", "en"), default="vi")

    def handle(self, name, out, map, language, release, **options):
        if not out and not release:
            raise CommandError(_("Hãy thêm --out TỆP để ghi báo cáo, hoặc --release để công bố."))
        try:
            day = parse_day(map) if map else None
            if release:
                count = publish_totals(
                    blank(read_form(name), "vi", day), by=Actor.system("danchu report")
                )
                self.stdout.write(_("Công bố thêm %(count)s số") % {"count": count})
            if not out:
                return
            document = fill(read_form(name), language, day, Actor.system("danchu report"))
            path = write_report(document, out)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(_("Đã ghi %(place)s") % {"place": path})
