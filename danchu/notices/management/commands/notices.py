"""danchu notices: send the waiting notices through the adapters of the settings, as `danchu serve`
does every minute.
"""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from danchu.notices.sending import send_all
from danchu.people.actor import Actor


class Command(BaseCommand):
    help = "Gửi các thông báo đang chờ cho công dân (thư điện tử, SMS, Zalo)."

    def handle(self, **options):
        sent, failed = send_all(by=Actor.system("dòng lệnh"))
        self.stdout.write(
            _("Đã gửi %(sent)s, chưa gửi được %(failed)s.") % {"sent": sent, "failed": failed}
        )
