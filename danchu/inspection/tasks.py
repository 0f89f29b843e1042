"""The hourly task of due days: recount obligations, escalate, remind. Each step is idempotent, so
an interrupted task may be repeated.
"""

from danchu.inspection.actions import owe_reports
from danchu.jobs.queue import BackOff, queue
from danchu.notices.actions import tell_steps
from danchu.obligations.actions import recount_obligations, tell_overdue
from danchu.people.actor import Actor


@queue.periodic(cron="7 * * * *")
@queue.task(name="due_days.round", lock="due_days.round", retry=BackOff(first=300, most=3))
def due_days_round(timestamp):
    """Run all steps. One that fails keeps no other back; its error is raised at the end, and the
    task is tried again. `timestamp` is the Unix time at which the task was due.
    """
    by = Actor.system("danchu serve")
    errors = []
    for step in (recount_obligations, _tell_all_overdue, owe_reports, tell_steps):
        try:
            step(by=by)
        except Exception as error:
            errors.append(error)
    if errors:
        raise errors[0]


def _tell_all_overdue(*, by):
    while tell_overdue(by=by):
        pass
