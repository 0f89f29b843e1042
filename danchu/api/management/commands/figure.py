"""danchu figure KEY --unit 01@2023-12-12 --since 2021-01-01 --until 2023-12-13 --map 2023-12-12
[--own commune] [--json]: the value of a figure.
"""

import json

from django.core.management.base import BaseCommand, CommandError

from danchu.api.figure_question import figure_question
from danchu.api.representations import figure_json
from danchu.figures.answer import figure
from danchu.kernel.refusals import Refused


def add_question_arguments(parser):
    """The arguments that name a figure (danchu/api/figure_question.py)."""
    parser.add_argument("key")
    parser.add_argument("--unit", required=True)
    parser.add_argument("--since", default="")
    parser.add_argument("--until", default="")
    parser.add_argument("--map", default="")
    parser.add_argument("--own", default="")


class Command(BaseCommand):
    help = "In một số liệu."

    def add_arguments(self, parser):
        add_question_arguments(parser)
        parser.add_argument("--json", action="store_true")

    def handle(self, key, unit, since, until, map, own, **options):
        try:
            value = figure(*figure_question(key, unit, since, until, map), own)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        content = figure_json(value, None)
        if options["json"]:
            self.stdout.write(json.dumps(content, ensure_ascii=False, default=str))
        else:
            measure = "" if content["shown"].endswith("%") else f" {content['measure']['vi']}"
            self.stdout.write(f"{content['name']['vi']}: {content['shown']}{measure}")
