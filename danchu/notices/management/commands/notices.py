"""danchu notices: send what waits, through the adapters of the settings. Run it every minute."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from danchu.notices.actions import BATCH, send_waiting
from danchu.notices.models import Notice, State
from danchu.people.actor import Actor


class Command(BaseCommand):
    help = "Gửi các thông báo đang chờ cho công dân (thư điện tử, SMS, Zalo)."

    def handle(self, **options):
        sent = failed = beyond = 0
        while waiting := list(
            Notice.objects.filter(state=State.WAITING, pk__gt=beyond)
            .order_by("pk")
            .values_list("pk", flat=True)[:BATCH]
        ):
            # What could not be sent waits for the next run: this one goes on beyond it.
            done, left = send_waiting(by=Actor.system("dòng lệnh"), beyond=beyond)
            sent, failed, beyond = sent + done, failed + left, waiting[-1]
        self.stdout.write(
            _("Đã gửi %(sent)s, chưa gửi được %(failed)s.") % {"sent": sent, "failed": failed}
        )
