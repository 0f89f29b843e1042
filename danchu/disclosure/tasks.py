"""The hourly task by which duties to disclose arise from what rooms recorded."""

from danchu.disclosure.actions import (
    arise_by_calendar,
    arise_contents,
    forget_requesters,
    lapse_contests,
    write_council_reports,
)
from danchu.jobs.queue import BACK_OFF, queue
from danchu.people.actor import Actor


@queue.periodic(cron="23 * * * *")
@queue.task(name="disclosures.arise", lock="disclosures.arise", retry=BACK_OFF)
def arise(timestamp):
    """Open what is owed and not written down yet; `timestamp`: when it was due."""
    arise_contents(by=Actor.system("danchu serve"))


@queue.periodic(cron="11 * * * *")
@queue.task(name="disclosures.lapse", lock="disclosures.lapse", retry=BACK_OFF)
def lapse(timestamp):
    """Note which contests were not answered in time; `timestamp`: when it was due."""
    while lapse_contests(by=Actor.system("danchu serve")):
        pass


@queue.periodic(cron="29 * * * *")
@queue.task(name="disclosures.calendar", lock="disclosures.calendar", retry=BACK_OFF)
def arise_on_days(timestamp):
    """Open what the plan, the law and the end of a quarter bring; `timestamp`: when it was due."""
    arise_by_calendar(by=Actor.system("danchu serve"))


@queue.periodic(cron="37 1 * * *")
@queue.task(name="disclosures.report", lock="disclosures.report", retry=BACK_OFF)
def write_reports(timestamp):
    """Write the reports to the Councils of periods that are over; `timestamp`: when it was due."""
    write_council_reports(by=Actor.system("danchu serve"))


@queue.periodic(cron="47 2 * * *")
@queue.task(name="disclosures.forget", lock="disclosures.forget", retry=BACK_OFF)
def forget_askers(timestamp):
    """Forget who asked for information when it is no longer needed; `timestamp`: when it was
    due.
    """
    while forget_requesters(by=Actor.system("danchu serve")):
        pass
