"""The daily task by which villages owe what the calendar brings."""

from danchu.jobs.queue import BACK_OFF, queue
from danchu.people.actor import Actor
from danchu.village.actions import owe_by_year


@queue.periodic(cron="41 1 * * *")
@queue.task(name="villages.owe", lock="villages.owe", retry=BACK_OFF)
def owe_yearly(timestamp):
    """Owe conferences of the year and elections at the end of terms; `timestamp`: when it was
    due.
    """
    owe_by_year(by=Actor.system("danchu serve"))
