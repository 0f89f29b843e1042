"""What the queue does for itself."""

from danchu.jobs.queue import queue
from danchu.jobs.writes.failures import forget_failures

KEPT_DAYS = 14


@queue.periodic(cron="23 * * * *")
@queue.task(name="jobs.tidy", lock="jobs.tidy", queueing_lock="jobs.tidy")
def tidy(timestamp):
    """Forget failed jobs, and what they said, after two weeks."""
    forget_failures(KEPT_DAYS)
