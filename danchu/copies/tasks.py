"""Background job: takes away old copies of pages and old changes."""

from danchu.copies.writes import sweep
from danchu.jobs.queue import BACK_OFF, queue


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="copies.sweep", lock="copies.sweep", queueing_lock="copies.sweep", retry=BACK_OFF)
def sweep_copies(timestamp):  # type: ignore[no-untyped-def]  # called by the queue
    """`timestamp` is the Unix time at which the task was due."""
    sweep()
