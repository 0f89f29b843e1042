"""Everything that waits is sent, a batch at a time."""

from danchu.notices.actions import BATCH, send_waiting
from danchu.notices.models import Notice, State


def send_all(*, by):
    """(sent, failed) of one run over all that waits; what failed waits for the next run."""
    sent = failed = beyond = 0
    while waiting := list(
        Notice.objects.filter(state=State.WAITING, pk__gt=beyond)
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    ):
        done, left = send_waiting(by=by, beyond=beyond)
        sent = sent + done
        failed = failed + left
        beyond = waiting[-1]
    return sent, failed
