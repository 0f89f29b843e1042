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


class Unruled(NamedTuple):
    """A group of open obligations with the same rule version, day of the event and due day: their
    `number`. No version of their rule is in force on the day of the event any more, so they keep
    their due day, by the version that was corrected.
    """

    rule: int
    event_on: date
    due_on: date
    number: int


class Foreseen(list):
    """The Moves that a change of the law would cause; `unruled` are the groups that it would leave
    without a rule.
    """

    def __init__(self, changes, groups):
        super().__init__(changes)
        self.unruled = groups


def moves(law, on=None):
    """The Moves that bring the open obligations in line with this book of the law, as of the day
    `on` (today).
    """
    keys = dict(RuleVersion.objects.values_list("pk", "key"))
    for rule, event_on, due_on, number in Obligation.objects.open().alike():
        try:
            due = law.due(keys[rule], event_on, on)
        except Refused:  # no rule is in force on its day any more: see unruled
            continue
        if (due.day, due.rule.number) != (due_on, rule):
            yield Move(rule, event_on, due_on, number, due.day, due.rule.number)


def unruled(law, key=""):
    """The Unruled groups of open obligations by this book of the law; with a `key` those of its
    rule.
    """
    keys = dict(RuleVersion.objects.values_list("pk", "key"))
    rows = Obligation.objects.open()
    for rule, event_on, due_on, number in (rows.filter(rule__key=key) if key else rows).alike():
        if not has_rule(law, keys[rule], event_on):
            yield Unruled(rule, event_on, due_on, number)


def has_rule(law, key, event_on):
    """Whether the book has a due day for an event of that day by the rule with this key."""
    try:
        law.due(key, event_on)
    except Refused:
        return False
    return True


def foresee(change):
    """What `change()` of the law would cause, as Foreseen. It is run in a transaction that is
    rolled back; its own refusals are raised.
    """
    before = set(unruled(book()))
    with transaction.atomic():
        change()
        supposed = book()
        transaction.set_rollback(True)
    return Foreseen(moves(supposed), [group for group in unruled(supposed) if group not in before])


def rows_of_groups(groups, most):
    """The open obligations of the Unruled groups, the earliest due first; at most `most`."""
    places = {(group.rule, group.event_on, group.due_on) for group in groups}
    rows = Obligation.objects.open().filter(
        rule__in={rule for rule, _event, _due in places},
        event_on__in={event for _rule, event, _due in places},
    )
    return list(
        islice(
            (
                row
                for row in rows.order_by("due_on", "pk").iterator(1000)
                if (row.rule_id, row.event_on, row.due_on) in places
            ),
            most,
        )
    )


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
