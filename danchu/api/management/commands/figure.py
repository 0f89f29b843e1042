"""danchu figure KEY --unit 01@2023-12-12 --since 2021-01-01 --until 2023-12-13 --map 2023-12-12
[--json]
"""

import json

from django.core.management.base import BaseCommand, CommandError

from danchu.api.asked import asked
from danchu.api.faces import of_figure
from danchu.figures.answer import figure
from danchu.kernel.refusals import Refused


def add_question(parser):
    parser.add_argument("key")
    parser.add_argument("--unit", required=True)
    parser.add_argument("--since", default="")
    parser.add_argument("--until", default="")
    parser.add_argument("--map", default="")


class Command(BaseCommand):
    help = "In một số liệu."

    def add_arguments(self, parser):
        add_question(parser)
        parser.add_argument("--json", action="store_true")

    def handle(self, key, unit, since, until, map, **options):
        try:
            found = figure(*asked(key, unit, since, until, map))
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        face = of_figure(found, None, withheld=False)
        if options["json"]:
            self.stdout.write(json.dumps(face, ensure_ascii=False, default=str))
        else:
            measure = "" if face["shown"].endswith("%") else f" {face['measure']['vi']}"
            self.stdout.write(f"{face['name']['vi']}: {face['shown']}{measure}")
