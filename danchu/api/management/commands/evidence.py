"""danchu evidence KEY with the arguments of `danchu figure`: the rows behind it, as lines or
--csv.
"""

import csv

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.api.asked import asked
from danchu.api.faces import of_row
from danchu.api.management.commands.figure import add_question
from danchu.figures.evidence import all_evidence
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor

COLUMNS = ("row", "on", "unit", "amount", "share", "reference", "title")


class Command(BaseCommand):
    help = "In các dòng làm nên một số liệu."

    def add_arguments(self, parser):
        add_question(parser)
        parser.add_argument("--csv", action="store_true")

    def handle(self, key, unit, since, until, map, **options):
        try:
            what, *question = asked(key, unit, since, until, map)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        if what.kind not in ("flow", "level"):
            raise CommandError(
                _("Tỷ lệ và chỉ số công bố không có dòng riêng; hãy mở tử số và mẫu số của nó.")
            )
        out = csv.writer(
            self.stdout, delimiter="," if options["csv"] else "\t", lineterminator="\n"
        )
        out.writerow(COLUMNS)
        for row in all_evidence(what, *question, Actor.system("command")):
            face = of_row(row)
            out.writerow([face[name] for name in COLUMNS])
