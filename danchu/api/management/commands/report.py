"""danchu report NAME --out FILE [--map DAY] [--language vi|en]: write a report as HTML, Word,
JSON or CSV, by the ending of the file.
"""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.reports.document import fill
from danchu.reports.files import write_report
from danchu.reports.template import read_form


class Command(BaseCommand):
    help = "Ghi một báo cáo ra tệp."

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("--out", required=True)
        parser.add_argument("--map", default="")
        parser.add_argument("--language", choices=("vi", "en"), default="vi")

    def handle(self, name, out, map, language, **options):
        try:
            day = parse_day(map) if map else None
            document = fill(read_form(name), language, day, Actor.system("danchu report"))
            path = write_report(document, out)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(_("Đã ghi %(place)s") % {"place": path})
