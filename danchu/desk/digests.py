"""The mail of each working day: how much waits at the desk, never what or of whom."""

from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from danchu.desk import navigation
from danchu.desk.reminders import number_due
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.reading import reading
from danchu.law.book import book
from danchu.notices.actions import queue_digests
from danchu.notices.digests import to_be_written
from danchu.notices.models import Notice
from danchu.people.actor import Actor
from danchu.staff.letters import own_address

# Accounts whose mails are queued in one transaction: a run that is ended goes on behind them.
BATCH = 50


def write_digests(*, by: Acting, on: date | None = None) -> int:
    """Queue the mail of the day for everyone for whom something waits. Returns how many. Nothing on
    a day off. Each account is written to once a day, however often this runs.

    An account whose desk cannot be counted keeps no other's mail back: what went wrong is raised
    when all others are written to, and the next run tries again.
    """
    on = on or today()
    if not book().calendar.is_working(on):
        return 0
    number = 0
    errors: dict[int, Exception] = {}
    while accounts := list(to_be_written(on).exclude(pk__in=errors)[:BATCH]):
        texts = {}
        for account in accounts:
            try:
                texts[account.pk] = digest_of(account, on)
            except Exception as error:
                errors[account.pk] = error
        if texts:
            number += queue_digests(texts, by=by, on=on)
    for error in errors.values():
        raise error
    return number


def digest_of(account: Any, on: date) -> str:
    """The text of an account's mail; "" where nothing waits."""
    with reading(anew=True), override(settings.LANGUAGE_CODE):
        actor = Actor.of(account, on)
        overdue, soon, waiting = navigation.totals(navigation.numbers_of(actor))
        unread = Notice.objects.filter(account=account, seen_at=None).count()
        parts = [
            sentence % number
            for sentence, number in (
                (_("%s việc quá hạn"), overdue),
                (_("%s việc đến hạn trong 7 ngày"), soon),
                (_("%s việc chờ ông/bà"), waiting),
                (_("%s việc công khai theo lịch trong 7 ngày"), number_due(actor, on)),
                (_("%s thông báo chưa đọc"), unread),
            )
            if number
        ]
        if not parts:
            return ""
        return _("Ở bàn làm việc: %(parts)s. Mở %(desk)s\nKhông nhận thư này nữa: %(notices)s") % {
            "parts": "; ".join(parts),
            "desk": own_address(reverse("desk")),
            "notices": own_address(reverse("desk_notices")),
        }
