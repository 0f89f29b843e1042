"""What a change of the law would do to what is open, before it is done."""

from datetime import date
from itertools import islice
from typing import NamedTuple

from django.db import transaction

from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.models import RuleVersion
from danchu.obligations.models import Obligation


class Move(NamedTuple):
    """All open obligations of one rule, event and due day: `number` of them, and the day and
    version they go to.
    """

    rule: int
    event_on: date
    due_on: date
    number: int
    to_day: date
    to_rule: int


def moves(law, on=None):
    """The Moves from what is written to what this book says, seen from the day `on` (today)."""
    keys = dict(RuleVersion.objects.values_list("pk", "key"))
    for rule, event_on, due_on, number in Obligation.objects.open().alike():
        try:
            found = law.due(keys[rule], event_on, on)
        except Refused:  # no rule is in force on its day any more: it stays as it was judged
            continue
        if (found.day, found.rule.number) != (due_on, rule):
            yield Move(rule, event_on, due_on, number, found.day, found.rule.number)


def foresee(change):
    """The Moves that `change()` of the law would bring; it is tried, and nothing of it is kept.
    Refused as it is itself.
    """
    with transaction.atomic():
        change()
        supposed = book()
        transaction.set_rollback(True)
    return list(moves(supposed))


def moved_rows(found, most):
    """[(Obligation, the day it goes to)] of the moves to another day, the earliest due first;
    at most so many.
    """
    to_day = {(m.rule, m.event_on, m.due_on): m.to_day for m in found if m.to_day != m.due_on}
    rows = Obligation.objects.open().filter(
        rule__in={rule for rule, _event, _due in to_day},
        due_on__in={due for _rule, _event, due in to_day},
    )
    going = (
        (row, to_day.get((row.rule_id, row.event_on, row.due_on)))
        for row in rows.order_by("due_on", "pk").iterator(1000)
    )
    return list(islice(((row, day) for row, day in going if day), most))
