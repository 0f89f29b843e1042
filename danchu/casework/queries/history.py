"""The history of a petition: its clocks with the reason of each due day, and the petitions it
became by being handed over.
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
    """One clock: what is owed until when, and why until then; `over` days it is overdue."""

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


def clocks_of_petitions(petitions):
    """{petition pk: [Clock]} in two queries, and one for each version of the calendar."""
    clocks = _clocks_by_subject(
        Obligation.objects.filter(
            subject_kind=SUBJECT, subject__in=[str(petition.pk) for petition in petitions]
        )
    )
    return {petition.pk: clocks[str(petition.pk)] for petition in petitions}


def _clocks_by_subject(rows):
    """{subject: [Clock]}, the earliest due day first; empty for other subjects."""
    clocks = defaultdict(list)
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
        clocks[row.subject].append(
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
    return clocks


def clocks_of_subject(kind, pk):
    """[Clock] of a subject of the kind, such as a visit."""
    return _clocks_by_subject(Obligation.objects.filter(subject_kind=kind, subject=str(pk)))[
        str(pk)
    ]


def nearest_clocks(petitions):
    """{petition pk: the open Obligation due first}, in one query."""
    rows = (
        Obligation.objects.open()
        .filter(subject_kind=SUBJECT, subject__in=[str(petition.pk) for petition in petitions])
        .order_by("-due_on", "-pk")
    )
    return {int(row.subject): row for row in rows}


def handover_chain(petition):
    """[the petition, the one it became when it was handed over, and so on], at most 20."""
    chain = [petition]
    while (
        following := Petition.objects.filter(handed_from=chain[-1])
        .select_related("unit", "body", "matter")
        .first()
    ) and len(chain) < 20:
        chain.append(following)
    return chain
