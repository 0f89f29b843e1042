"""Background jobs: write one export; delete expired exports."""

from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from danchu.exports.actions import remove_exports
from danchu.exports.writes.pieces import fail, write
from danchu.jobs.queue import BACK_OFF, queue
from danchu.people.actor import Actor


@queue.task(name="exports.write", retry=BACK_OFF, pass_context=True)
def write_export(context, export):
    """Write the export with this primary key, resuming where an earlier run stopped."""
    try:
        write(export, context.should_abort)
    except JobAborted:
        raise
    except Exception:
        if context.job.attempts >= BACK_OFF.most:
            fail(export, _("Không ghi được tệp sau nhiều lần thử. Hãy báo người quản trị."))
        raise


@queue.periodic(cron="41 * * * *")
@queue.task(name="exports.remove", lock="exports.remove", queueing_lock="exports.remove")
def remove_old_exports(timestamp):
    """Delete the files of expired exports."""
    remove_exports(by=Actor.system("danchu serve"))
