"""The hourly task by which duties to disclose arise from what rooms recorded."""

from danchu.disclosure.actions import arise_contents
from danchu.jobs.queue import BACK_OFF, queue
from danchu.people.actor import Actor


@queue.periodic(cron="23 * * * *")
@queue.task(name="disclosures.arise", lock="disclosures.arise", retry=BACK_OFF)
def arise(timestamp):
    """Open what is owed and not written down yet; `timestamp`: when it was due."""
    arise_contents(by=Actor.system("danchu serve"))
