"""Sends every waiting notice, batch by batch, each batch in a transaction of its own."""

from danchu.kernel.actor import Acting
from danchu.notices.actions import BATCH, send_waiting
from danchu.notices.models import Notice, State


def send_all(*, by: Acting) -> tuple[int, int]:
    """Send every waiting notice once; returns (sent, failed). Failed ones wait for the next run."""
    sent = failed = beyond = 0
    while waiting := list(
        Notice.objects.filter(state=State.WAITING, pk__gt=beyond)
        .order_by("pk")
        .values_list("pk", flat=True)[:BATCH]
    ):
        batch_sent, batch_failed = send_waiting(by=by, beyond=beyond)
        sent += batch_sent
        failed += batch_failed
        beyond = waiting[-1]
    return sent, failed
