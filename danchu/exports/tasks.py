"""The jobs of exports: writing one, and removing those whose days are over."""

from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from danchu.exports.actions import remove_exports
from danchu.exports.writes.pieces import fail, write
from danchu.jobs.queue import BACK_OFF, queue
from danchu.people.actor import Actor


@queue.task(name="exports.write", retry=BACK_OFF, pass_context=True)
def write_export(context, export):
    """Write the export of this id, from where it was left."""
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
    """Remove the files whose days are over."""
    remove_exports(by=Actor.system("danchu serve"))
