"""The periodic jobs of the queue itself and of the rooms below it."""

from danchu.jobs.queue import BACK_OFF, queue
from danchu.jobs.writes.failures import forget_failures
from danchu.journal.publishing import publish_when_due
from danchu.people.actor import Actor
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


@queue.periodic(cron="37 * * * *")
@queue.task(
    name="journal.checkpoint",
    lock="journal.checkpoint",
    queueing_lock="journal.checkpoint",
    retry=BACK_OFF,
)
def publish_daily(timestamp):
    """Publish the checkpoint of the day, in the first hour in which a worker runs, and pass it on
    to the witnesses.
    """
    publish_when_due(by=Actor.system("danchu serve"))
