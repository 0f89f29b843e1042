"""Publishes the checkpoint of the journal and passes it on, both or neither."""

from collections.abc import Callable

from django.db import transaction

from danchu.journal.actions import publish_checkpoint
from danchu.journal.checkpoints import is_due
from danchu.journal.models import Checkpoint
from danchu.journal.writes import hold_tree
from danchu.kernel.actor import Acting
from danchu.kernel.days import today

# Acts of rooms above that are called with each checkpoint that is published, and `by`.
RECEIVERS: list[Callable[..., object]] = []


@transaction.atomic
def publish(*, by: Acting) -> Checkpoint:
    """Publish the checkpoint over all entries and pass it on."""
    checkpoint = publish_checkpoint(by=by)
    for receive in RECEIVERS:
        receive(checkpoint, by=by)
    return checkpoint


@transaction.atomic
def publish_when_due(*, by: Acting) -> Checkpoint | None:
    """Publish the checkpoint of the day; None where there is one. Of two that run at once, as when
    a slow job counts as dead and is started again, the second waits and sees the first one's.
    """
    hold_tree()
    return publish(by=by) if is_due(today()) else None
