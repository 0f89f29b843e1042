"""danchu checkpoint publish | list | keys | cosign FILE | proof NUMBER or KIND:KEY: the published
heads of the journal, and the proof of an entry or of one record against them.
"""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from danchu.journal.actions import add_cosignatures
from danchu.journal.checkpoints import inclusion_proof
from danchu.journal.digest_proof import row_proof
from danchu.journal.models import Checkpoint
from danchu.journal.publishing import publish
from danchu.journal.signing import checkpoint_keys, log_name
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor


class Command(BaseCommand):
    help = "Dấu kiểm của sổ nhật ký: công bố, liệt kê, in khóa, thêm chữ ký bên chứng kiến."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["publish", "list", "keys", "cosign", "proof"])
        parser.add_argument(
            "what",
            nargs="?",
            default="",
            help="tệp dấu kiểm; số dòng, hoặc LOẠI:KHÓA của bản ghi (event:12)",
        )

    def handle(self, act, what, **options):
        try:
            getattr(self, f"_{act}")(what)
        except (Refused, OSError, ValueError) as failure:
            raise CommandError(str(getattr(failure, "message", failure))) from failure
        except LookupError as failure:
            raise CommandError(_("Chưa có dấu kiểm nào phủ dòng hay bản ghi này.")) from failure

    def _publish(self, _what):
        checkpoint = publish(by=Actor.system("dòng lệnh"))
        self.stdout.write(checkpoint.note, ending="")

    def _list(self, _what):
        for row in Checkpoint.objects.order_by("-size"):
            self.stdout.write(f"{row.size}\t{show_day(row.at)}\t{row.cosignatures.count()}")

    def _keys(self, _what):
        for key, _private in checkpoint_keys(log_name()):
            self.stdout.write(key.vkey)

    def _cosign(self, what):
        names = add_cosignatures(
            Path(what).read_text(encoding="utf-8"), by=Actor.system("dòng lệnh")
        )
        self.stdout.write(_("Chữ ký mới: %s.") % (", ".join(names) or _("không có")))

    def _proof(self, what):
        kind, _colon, key = what.rpartition(":")
        if kind:
            self._show(row_proof(kind, int(key)))
            return
        number = int(what)
        covering = Checkpoint.objects.filter(size__gte=number).order_by("size").first()
        if covering is None:
            raise LookupError(number)
        self._show(inclusion_proof(number, covering.size))

    def _show(self, proof):
        self.stdout.write(json.dumps(proof, ensure_ascii=False, indent=1))
