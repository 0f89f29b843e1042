"""The background job that sends waiting notices every minute."""

from danchu.jobs.queue import queue
from danchu.notices.sending import send_all
from danchu.people.actor import Actor


@queue.periodic(cron="* * * * *")
@queue.task(name="notices.send", lock="notices.send", queueing_lock="notices.send")
def send_notices(timestamp):
    """Send waiting notices; those that failed are retried in the next minute."""
    send_all(by=Actor.system("danchu serve"))
