"""Background jobs: long exports of hot-lines are taken in; who booked a place is forgotten when it
is no longer needed.
"""

from django.utils.translation import gettext as _
from procrastinate.exceptions import JobAborted

from danchu.casework.actions import forget_bookings
from danchu.casework.input.call_run import run_calls
from danchu.casework.models import CallRun
from danchu.casework.writes.call_runs import TAKE_IN, end_run
from danchu.jobs.queue import BACK_OFF, queue
from danchu.people.actor import Actor


@queue.periodic(cron="53 * * * *")
@queue.task(name="bookings.forget", lock="bookings.forget", queueing_lock="bookings.forget")
def forget_old_bookings(timestamp):
    """Remove the persons of bookings whose reception is long over; `timestamp`: when it was due."""
    while forget_bookings(by=Actor.system("danchu serve")):
        pass


@queue.task(name=TAKE_IN, retry=BACK_OFF, pass_context=True)
def take_in_calls(context, run):
    """Take in the calls of the run with this primary key, where an earlier attempt stopped."""
    try:
        run_calls(run, context.should_abort)
    except JobAborted:
        raise
    except Exception:
        if context.job.attempts >= BACK_OFF.most:
            words = _(
                "Không nhận hết được sau nhiều lần thử. Hãy gửi lại tệp để nhận phần còn lại."
            )
            end_run(CallRun.objects.get(pk=run), words)
        raise
