"""danchu petitions orphans | succeed: the running petitions of units that have ended, counted or
given to the units that answer them now.
"""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from danchu.casework.actions import succeed_petitions
from danchu.casework.models import Petition
from danchu.kernel.days import today
from danchu.people.actor import Actor


class Command(BaseCommand):
    help = (
        "Đơn đang giải quyết của đơn vị đã sáp nhập, giải thể: xem còn bao nhiêu, hoặc "
        "chuyển hết đến đơn vị kế tục."
    )

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["orphans", "succeed"])

    def handle(self, act, **options):
        if act == "orphans":
            self.stdout.write(
                _("Số đơn đang giải quyết ở đơn vị không còn: %s.")
                % Petition.objects.orphaned(today()).count()
            )
            return
        number, unresolved_codes = succeed_petitions(by=Actor.system("dòng lệnh"))
        self.stdout.write(_("Đã chuyển %s đơn đến đơn vị kế tục.") % number)
        for code in unresolved_codes:
            self.stdout.write(
                _("%s: nơi này được chia cho nhiều đơn vị, cần người chọn nơi nhận.") % code
            )
