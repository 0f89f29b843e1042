"""The background jobs that send waiting notices every minute and publish the checkpoint of the
journal every day.
"""

from danchu.jobs.queue import BACK_OFF, queue
from danchu.journal.actions import publish_checkpoint
from danchu.journal.checkpoints import is_due
from danchu.kernel.days import today
from danchu.notices.actions import mail_checkpoint
from danchu.notices.sending import send_all
from danchu.people.actor import Actor


@queue.periodic(cron="* * * * *")
@queue.task(name="notices.send", lock="notices.send", queueing_lock="notices.send")
def send_notices(timestamp):
    """Send waiting notices; those that failed are retried in the next minute."""
    send_all(by=Actor.system("danchu serve"))


@queue.periodic(cron="37 * * * *")
@queue.task(
    name="journal.checkpoint",
    lock="journal.checkpoint",
    queueing_lock="journal.checkpoint",
    retry=BACK_OFF,
)
def publish_daily(timestamp):
    """Publish the checkpoint of the day, in the first hour in which a worker runs, and mail it to
    the witnesses.
    """
    if is_due(today()):
        by = Actor.system("danchu serve")
        mail_checkpoint(publish_checkpoint(by=by), by=by)
