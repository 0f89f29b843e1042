"""A petition as its readers are told of it: its clocks with the reason of each date, the way it
went from hand to hand.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from danchu.casework.models import Petition
from danchu.casework.querysets import SUBJECT
from danchu.kernel.days import today
from danchu.law.book import calendar_at
from danchu.law.deadline import due
from danchu.law.why import explain_due
from danchu.obligations.models import Obligation, State


@dataclass(frozen=True)
class Clock:
    """One clock: what is owed until when and why; `over` days it is overdue."""

    name: str
    due_on: date
    state: str
    word: str
    done_on: date | None
    why: str
    over: int
    uid: object

    @property
    def is_open(self):
        return self.state == State.OPEN


def clocks_told(petitions):
    """{petition pk: [Clock]} of several petitions in two questions and one for each version of
    the calendar.
    """
    told = _told(
        Obligation.objects.filter(
            subject_kind=SUBJECT, subject__in=[str(it.pk) for it in petitions]
        )
    )
    return {it.pk: told[str(it.pk)] for it in petitions}


def _told(rows):
    """{subject: [Clock]}, the first due first."""
    told = defaultdict(list)
    calendars = {}
    day = today()
    for row in rows.select_related("rule__text").order_by("due_on", "pk"):
        if row.calendar not in calendars:
            calendars[row.calendar] = calendar_at(row.calendar)
        rule = row.rule.rule
        calendar = calendars[row.calendar]
        over = (
            (day - row.due_on).days
            if row.state == State.OPEN and row.is_limit and row.due_on < day
            else 0
        )
        told[row.subject].append(
            Clock(
                rule.name,
                row.due_on,
                row.state,
                row.get_state_display(),
                row.done_on,
                explain_due(due(rule, row.event_on, calendar), calendar),
                over,
                row.uid,
            )
        )
    return told


def clocks_of_subject(kind, pk):
    """[Clock] of one thing that is no petition."""
    return _told(Obligation.objects.filter(subject_kind=kind, subject=str(pk)))[str(pk)]


def nearest(petitions):
    """{petition pk: the open Obligation due first}, in one question: for lists."""
    rows = (
        Obligation.objects.open()
        .filter(subject_kind=SUBJECT, subject__in=[str(it.pk) for it in petitions])
        .order_by("-due_on", "-pk")
    )
    return {int(row.subject): row for row in rows}


def way_of(petition):
    """The petition and those it became when it was handed over, the first first."""
    found = [petition]
    while (
        following := Petition.objects.filter(handed_from=found[-1])
        .select_related("unit", "body", "matter")
        .first()
    ) and len(found) < 20:
        found.append(following)
    return found
