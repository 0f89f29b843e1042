"""Preview of a change of the law: which open obligations would get another due day."""

from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from django.db import transaction

from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.law.book import book, uncertain_years
from danchu.law.models import RuleVersion
from danchu.obligations.models import Obligation

AHEAD = 92  # days before the end of a year from which the next calendar is asked for


class Move(NamedTuple):
    """A group of open obligations with the same rule version, day of the event and due day:
    their `number`, and the due day and rule version they would get.
    """

    rule: int
    event_on: date
    due_on: date
    number: int
    to_day: date
    to_rule: int


def moves(law, on=None):
    """The Moves that bring the open obligations in line with this book of the law, as of the day
    `on` (today).
    """
    keys = dict(RuleVersion.objects.values_list("pk", "key"))
    for rule, event_on, due_on, number in Obligation.objects.open().alike():
        try:
            due = law.due(keys[rule], event_on, on)
        except Refused:  # no rule is in force on its day any more: the obligation is not changed
            continue
        if (due.day, due.rule.number) != (due_on, rule):
            yield Move(rule, event_on, due_on, number, due.day, due.rule.number)


def foresee(change):
    """The Moves that `change()` of the law would cause. It is run in a transaction that is rolled
    back; its own refusals are raised.
    """
    with transaction.atomic():
        change()
        supposed = book()
        transaction.set_rollback(True)
    return list(moves(supposed))


def moved_rows(changes, most):
    """[(Obligation, its new due day)] of the Moves that change the due day, the earliest due first;
    at most `most`.
    """
    to_day = {(m.rule, m.event_on, m.due_on): m.to_day for m in changes if m.to_day != m.due_on}
    rows = Obligation.objects.open().filter(
        rule__in={rule for rule, _event, _due in to_day},
        due_on__in={due for _rule, _event, due in to_day},
    )
    pairs = (
        (row, to_day.get((row.rule_id, row.event_on, row.due_on)))
        for row in rows.order_by("due_on", "pk").iterator(1000)
    )
    return list(islice(((row, day) for row, day in pairs if day), most))


def years_to_enter(ahead=AHEAD):
    """The years whose calendar has to be entered now: it is missing or only a guess, and an open
    obligation is due in it, or it begins within `ahead` days.
    """
    days = Obligation.objects.open().dates("due_on", "year")
    near = (today(), today() + timedelta(days=ahead))
    return uncertain_years({day.year for day in (*days, *near)})
