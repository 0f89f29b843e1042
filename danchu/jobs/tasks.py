"""The queue's own periodic job."""

from danchu.jobs.queue import queue
from danchu.jobs.writes.failures import forget_failures
from danchu.people.writes.sessions import remove_old_rows

KEPT_DAYS = 14


@queue.periodic(cron="23 * * * *")
@queue.task(name="jobs.tidy", lock="jobs.tidy", queueing_lock="jobs.tidy")
def tidy(timestamp):
    """Delete failed jobs and their errors after KEPT_DAYS, and expired sessions and counts.
    `timestamp`: when it was due.
    """
    forget_failures(KEPT_DAYS)
    remove_old_rows()
