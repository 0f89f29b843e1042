"""The background job that writes the mail of the day."""

from danchu.desk.digests import write_digests
from danchu.jobs.queue import BACK_OFF, queue
from danchu.kernel.days import VIETNAM, now
from danchu.people.actor import Actor

FIRST_HOUR = 7  # in Vietnam


@queue.periodic(cron="11 * * * *")
@queue.task(name="desk.digests", lock="desk.digests", queueing_lock="desk.digests", retry=BACK_OFF)
def write_daily(timestamp):
    """Write to everyone for whom something waits, in the first hour of the working day in which a
    worker runs.
    """
    if now().astimezone(VIETNAM).hour >= FIRST_HOUR:
        write_digests(by=Actor.system("danchu serve"))
