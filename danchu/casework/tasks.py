"""The hourly task of bookings: who they were of is forgotten when it is no longer needed."""

from danchu.casework.actions import forget_bookings
from danchu.jobs.queue import queue
from danchu.people.actor import Actor


@queue.periodic(cron="53 * * * *")
@queue.task(name="bookings.forget", lock="bookings.forget", queueing_lock="bookings.forget")
def forget_old_bookings(timestamp):
    """Remove the persons of bookings whose reception is long over; `timestamp`: when it was due."""
    while forget_bookings(by=Actor.system("danchu serve")):
        pass
