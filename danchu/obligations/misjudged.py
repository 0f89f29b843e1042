"""Obligations whose clock the product once began by a wrong rule or from a wrong day.

Rooms above declare how to find theirs. `rejudged` also finds what was closed under a row of the
law that was corrected since.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.law.book import Book, book
from danchu.law.deadline import Due, due
from danchu.law.models import RuleVersion
from danchu.obligations.models import Obligation, State


class Misjudged(NamedTuple):
    """An obligation, the key of the rule and the day of the event by which it should have been
    judged, and what was wrong.
    """

    obligation: Obligation
    key: str
    event_on: date
    reason: str


Finder = Callable[[], Iterable[Misjudged]]
_finders: list[Finder] = []


def declare(finder: Finder) -> None:
    """Register how a room finds its misjudged obligations; called once, when it is ready."""
    _finders.append(finder)


def misjudged() -> Iterator[Misjudged]:
    """The misjudged obligations of all rooms. A row may come again after it was revised."""
    for finder in _finders:
        yield from finder()


def right_due(law: Book, misjudgement: Misjudged) -> Due | None:
    """The due day by the right rule and event; None where no such rule was in force."""
    try:
        return law.due(misjudgement.key, misjudgement.event_on)
    except Refused:
        return None


def rejudged() -> Iterator[tuple[int, date, date, Due]]:
    """(rule version id, day of the event, due day, right Due) of the groups of closed obligations
    that were judged under a version that was corrected, where the due day differs.
    """
    law = book()
    corrected = RuleVersion.objects.exclude(replaced_at=None).in_bulk()
    rows = Obligation.objects.exclude(state=State.OPEN).filter(rule__in=corrected)
    for rule, event_on, due_on, _number in rows.alike():
        version = corrected[rule]
        # A version that was applied to an earlier event ruled it from its first day on.
        right = law.rule_if_any(version.key, max(event_on, version.since))
        if right is None or not right.is_deadline:
            continue
        rightly = due(right, event_on, law.calendar)
        if rightly.day != due_on:
            yield rule, event_on, due_on, rightly


def correction_words() -> str:
    """Why a due day differs that was computed under a corrected row."""
    return _("Dòng của luật đã được đính chính.")
