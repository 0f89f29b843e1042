"""danchu setup [--when-empty]: print the address at which an empty installation is set up."""

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.people.models import Account
from danchu.staff.actions import open_set_up
from danchu.staff.letters import own_address


class Command(BaseCommand):
    help = "In địa chỉ thiết lập của bản cài đặt còn trống: dùng một lần, trong nửa giờ."

    def add_arguments(self, parser):
        parser.add_argument(
            "--when-empty",
            action="store_true",
            help="như danchu serve: không in gì khi đã có tài khoản, không in địa chỉ vào tệp",
        )

    def handle(self, *, when_empty, **options):
        if when_empty and Account.objects.exists():
            return
        if when_empty and not self.stdout.isatty():
            # What is not a terminal may be kept: the journal of systemd, a log file.
            self.stdout.write(
                "  Chưa ai có tài khoản. Để thiết lập, chạy trên máy này: danchu setup (nobody has "
                "an account: run danchu setup at a terminal)"
            )
            return
        try:
            secret = open_set_up(by=Actor.system("danchu setup"))
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from None
        self.stdout.write(
            "  Thiết lập tại (set up at), dùng một lần, trong nửa giờ:\n    "
            + own_address(reverse("set_up_by", args=[secret]))
        )
