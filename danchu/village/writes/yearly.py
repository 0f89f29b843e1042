"""What each village owes once a year: its conference. About the village and the year, not about a
conference: it is owed before anybody plans one.
"""

from datetime import date

from danchu.law.book import book
from danchu.obligations.actions import excuse_obligation, meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.obligations.models import Obligation
from danchu.units.names import name_of
from danchu.village import stored

RULE = "conference.yearly"
SUBJECT = "village_year"
# From this day on of its year it is owed.
MONTH, DAY = 10, 1


def owed_of(year, units=None):
    """The obligations of villages to hold the conference of a year; of the villages `units`."""
    rows = Obligation.objects.filter(subject_kind=SUBJECT, event_on=date(year, MONTH, DAY))
    return rows if units is None else rows.filter(unit__in=units)


def owe_year(village, year, by):
    """The village owes the conference of the year; whether a rule says so."""
    event_on = date(year, MONTH, DAY)
    if not book().is_in_force(RULE, event_on):
        return False
    owe(
        by=by,
        unit=village,
        claimant=village.pk,
        rule_key=RULE,
        event_on=event_on,
        title=stored.YEAR_OWED.format(year=year, place=name_of(village, event_on)),
        subject_kind=SUBJECT,
        subject=f"{village.pk}-{year}",
    )
    return True


def meet_year(conference):
    """The conference of its year was held: the village owes none any more."""
    for duty in owed_of(conference.year, [conference.unit_id]).open():
        if conference.held_on >= duty.event_on:
            meet_obligation(duty, by=LAW, on=conference.held_on)
        else:
            excuse_obligation(duty, by=LAW, reason=stored.HELD_BEFORE, on=conference.held_on)
