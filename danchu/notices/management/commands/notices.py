"""danchu notices: send what waits, through the adapters of the settings. Run it every minute."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from danchu.notices.actions import BATCH, send_waiting
from danchu.people.actor import Actor


class Command(BaseCommand):
    help = "Gửi các thông báo đang chờ cho công dân (thư điện tử, SMS, Zalo)."

    def handle(self, **options):
        sent = failed = 0
        while True:
            done, left = send_waiting(by=Actor.system("dòng lệnh"))
            sent, failed = sent + done, failed + left
            if left or done < BATCH:
                break
        self.stdout.write(_("Đã gửi %(sent)s, chưa gửi được %(failed)s.") % {"sent": sent, "failed": failed})
