"""The background job that writes to followers."""

from danchu.following.daily import write_letters_of_day
from danchu.jobs.queue import BACK_OFF, queue
from danchu.kernel.days import VIETNAM, now

FIRST_HOUR = 7  # in Vietnam


@queue.periodic(cron="29 * * * *")
@queue.task(
    name="following.letters",
    lock="following.letters",
    queueing_lock="following.letters",
    retry=BACK_OFF,
)
def write_daily(timestamp):
    """Write to followers in the first hour of the day in which a worker runs; `timestamp`: when it
    was due.
    """
    if now().astimezone(VIETNAM).hour >= FIRST_HOUR:
        write_letters_of_day()
