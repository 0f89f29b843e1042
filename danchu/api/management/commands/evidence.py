"""danchu evidence KEY with the arguments of `danchu figure`: the rows it is the sum of, separated
by tabs or, with --csv, by commas.
"""

from itertools import chain

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.api.figure_question import figure_question
from danchu.api.management.commands.figure import add_question_arguments
from danchu.api.representations import evidence_json
from danchu.figures.evidence import all_evidence
from danchu.figures.territory import sources_of
from danchu.kernel.csv_cells import csv_lines, safe_cell
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.people.actor import Actor

COLUMNS = ("row", "on", "unit", "amount", "share", "reference", "title")


class Command(BaseCommand):
    help = "In các dòng làm nên một số liệu."

    def add_arguments(self, parser):
        add_question_arguments(parser)
        parser.add_argument("--csv", action="store_true")

    def handle(self, key, unit, since, until, map, own, **options):
        try:
            indicator, *question = figure_question(key, unit, since, until, map)
            sources_of(question[0], question[2], own)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        if indicator.kind not in ("flow", "level"):
            raise CommandError(
                _("Tỷ lệ và chỉ số công bố không có dòng riêng; hãy mở tử số và mẫu số của nó.")
            )
        evidence = all_evidence(indicator, *question, Actor.system("command"), own=own)
        rows = (evidence_json(row) for row in evidence)
        cells = chain([COLUMNS], ([row[name] for name in COLUMNS] for row in rows))
        if options["csv"]:
            for line in csv_lines(cells, end=""):
                self.stdout.write(line)
            return
        for row in cells:
            self.stdout.write("\t".join(clean(safe_cell(cell)) for cell in row))
