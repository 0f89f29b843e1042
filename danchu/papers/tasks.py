"""The hourly task that deletes what uploads have left behind."""

from danchu.jobs.queue import queue
from danchu.papers.store import sweep_store


@queue.periodic(cron="41 * * * *")
@queue.task(name="papers.sweep", lock="papers.sweep", queueing_lock="papers.sweep")
def sweep(timestamp):
    """Sweep the store of papers. `timestamp`: when it was due."""
    sweep_store()
