"""The state of one notice around its delivery: claimed before an adapter is called, settled after.

Each is a transaction of its own, because what an adapter did cannot be rolled back.
"""

from datetime import timedelta

from django.db import transaction

from danchu.kernel.days import now
from danchu.notices.letters import Letter
from danchu.notices.models import Notice, State

MOST_TRIES = 5
# An adapter answers within seconds. A claim without an outcome for so long was interrupted.
INTERRUPTED = timedelta(minutes=10)


@transaction.atomic
def claim_next(beyond: int) -> Notice | None:
    """Claim the oldest waiting notice whose primary key is above `beyond` and that nobody else has
    claimed; None where there is none.
    """
    notice = (
        Notice.objects.filter(state=State.WAITING, tried_at=None, pk__gt=beyond)
        .select_for_update(skip_locked=True)
        .order_by("pk")
        .first()
    )
    if notice is not None:
        notice.tried_at = now()
        notice.save(update_fields=["tried_at"])
    return notice


@transaction.atomic
def settle_sent(notice: Notice, letter: Letter) -> None:
    """Store that the notice was sent, and forget its address."""
    notice.state = State.SENT
    notice.sent_at = now()
    notice.text = letter.masked[:500]
    _settle(notice)


@transaction.atomic
def settle_failed(notice: Notice) -> None:
    """Store one try without success; after MOST_TRIES the notice is given up."""
    notice.tries += 1
    if notice.tries >= MOST_TRIES:
        notice.state = State.FAILED
    _settle(notice)


@transaction.atomic
def give_up(notice: Notice) -> None:
    """Store that the notice is not to be sent any more."""
    notice.state = State.FAILED
    _settle(notice)


def _settle(notice):
    notice.tried_at = None
    notice.target = notice.target if notice.state == State.WAITING else ""
    values = {
        name: getattr(notice, name)
        for name in ("state", "sent_at", "tries", "tried_at", "target", "text")
    }
    # One that was dropped while it was being sent has no address any more: it stays dropped unless
    # it was sent.
    rows = Notice.objects.filter(pk=notice.pk)
    rows = rows if notice.state == State.SENT else rows.filter(state=State.WAITING)
    if not rows.update(**values):
        Notice.objects.filter(pk=notice.pk).update(tried_at=None)


@transaction.atomic
def give_up_interrupted() -> int:
    """Give up the notices whose sending was interrupted: whether they were sent is not known, and
    nobody is to get one twice. Returns their number.
    """
    rows = Notice.objects.filter(state=State.WAITING, tried_at__lt=now() - INTERRUPTED)
    return rows.update(state=State.FAILED, target="", tried_at=None)
