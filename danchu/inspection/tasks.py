"""The hourly round of due days: counted again, told, reminded. Each step does everything at most
once, so a round that was cut off is begun again without harm.
"""

from danchu.inspection.actions import owe_reports
from danchu.jobs.queue import BackOff, queue
from danchu.notices.actions import tell_steps
from danchu.obligations.actions import recount_obligations, tell_overdue
from danchu.people.actor import Actor


@queue.periodic(cron="7 * * * *")
@queue.task(name="due_days.round", lock="due_days.round", retry=BackOff(first=300, most=3))
def due_days_round(timestamp):
    """Go through all due days. `timestamp`: the second it was due, by the clock."""
    by = Actor.system("danchu serve")
    recount_obligations(by=by)
    while tell_overdue(by=by):
        pass
    owe_reports(by=by)
    tell_steps(by=by)
