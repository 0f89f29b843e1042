"""Publishes the checkpoint of the journal and passes it on."""

from collections.abc import Callable

from danchu.journal.actions import publish_checkpoint
from danchu.journal.checkpoints import is_due
from danchu.journal.models import Checkpoint
from danchu.kernel.actor import Acting
from danchu.kernel.days import today

# Acts of rooms above that are called with each checkpoint that is published, and `by`.
RECEIVERS: list[Callable[..., object]] = []


def publish(*, by: Acting) -> Checkpoint:
    """Publish the checkpoint over all entries and pass it on."""
    checkpoint = publish_checkpoint(by=by)
    for receive in RECEIVERS:
        receive(checkpoint, by=by)
    return checkpoint


def publish_when_due(*, by: Acting) -> Checkpoint | None:
    """Publish the checkpoint of the day; None where there is one."""
    return publish(by=by) if is_due(today()) else None
