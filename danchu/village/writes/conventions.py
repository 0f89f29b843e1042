"""A convention comes into force, and the one before it ends."""

from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.thresholds import explain_judgement, judge, threshold
from danchu.subjects.writes import next_number
from danchu.village import stored
from danchu.village.lives import ConventionState
from danchu.village.models import Convention, ConventionText, PastSuspension
from danchu.village.writes.owing import owe_by_committee

ATTENDANCE = "convention.attendance"
FORWARD = "convention.send_recognised"


def attendance_of(vote):
    """The Judgement of the attendance of a meeting on a convention; None of ballots, and where no
    rule was in force.
    """
    if not vote.is_meeting or not vote.households or not vote.held_on:
        return None
    if not book().is_in_force(ATTENDANCE, vote.held_on):
        return None
    return judge(vote.attending, vote.households, threshold(ATTENDANCE, vote.held_on))


def check_attendance(vote):
    """Refused where the meeting is not valid for lack of households."""
    judgement = attendance_of(vote)
    if judgement is not None and not judgement.passed:
        raise Refused(explain_judgement(judgement))


def begin_force(convention, on, document, by):
    """The convention counts from the day; the one that counted before it is replaced."""
    before = Convention.objects.select_for_update().filter(
        unit=convention.unit, state__in=[ConventionState.IN_FORCE, ConventionState.SUSPENDED]
    )
    for one in before.exclude(pk=convention.pk):
        one.state = ConventionState.REPLACED
        one.ended_on = on
        one.save(update_fields=["state", "ended_on"])
        record(by, "convention.replaced", one, unit=one.unit_id)
    convention.state = ConventionState.IN_FORCE
    convention.in_force_on = on
    convention.document = document
    convention.save(update_fields=["state", "in_force_on", "document"])
    record(by, "convention.recognised", convention, unit=convention.unit_id)
    title = stored.FORWARD_OWED.format(title=convention.title)
    owe_by_committee(convention, FORWARD, on, title, by)


def keep_suspension(convention, on):
    """Keep the days of the last suspension beside the one that begins on the day. Refused, on its
    field, before the last one was over.
    """
    if convention.resumed_on is None:
        return
    if on < convention.resumed_on:
        raise Refused(_("Không thể trước ngày cho thực hiện lại."), "on")
    PastSuspension.objects.create(
        convention=convention, since=convention.suspended_on, until=convention.resumed_on
    )


def end_force(convention, on, by, **fields):
    """The convention counts no more from the day."""
    fields = {"state": ConventionState.ANNULLED, "ended_on": on, **fields}
    for name, value in fields.items():
        setattr(convention, name, value)
    convention.save(update_fields=list(fields))
    record(by, "convention.ended", convention, unit=convention.unit_id)


def write_text(convention, text, on, by):
    """The next version of the text, which is of the day."""
    ConventionText.objects.create(
        convention=convention,
        number=next_number(convention.texts),
        text=text,
        written_on=on,
        made_by=by.key,
        made_at=now(),
    )
