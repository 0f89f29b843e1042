"""Obligations whose clock the product once began by a wrong rule or from a wrong day.

Rooms above declare how to find theirs. `rejudged` also finds what was closed under a row of the
law that was corrected or ended since, or by a calendar that was a guess or set again since.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import F, Max, Q
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.law.book import Book, book
from danchu.law.deadline import Due, due
from danchu.law.models import CalendarVersion, RuleVersion
from danchu.obligations.models import Obligation, ObligationQuerySet, State


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


class Rejudged(NamedTuple):
    """A group of closed obligations with the same rule version, day of the event and due day, the
    right Due, and why it differs.
    """

    rule: int
    event_on: date
    due_on: date
    rightly: Due
    reason: str


def rejudged() -> Iterator[Rejudged]:
    """Closed obligations whose due day would be another one by the present law, in groups: their
    version was corrected since, or had been ended by a later one, or a calendar of their years was
    set again. A group may come for several reasons.
    """
    law = book()
    closed_rows = Obligation.objects.exclude(state=State.OPEN)
    corrected = RuleVersion.objects.exclude(replaced_at=None)
    # A version that was applied to an earlier event ruled it from its first day on.
    yield from _judged_by(law, closed_rows.filter(rule__in=corrected), correction_words())
    judged_rows = closed_rows.exclude(state=State.EXCUSED).filter(rule__replaced_at=None)
    ended_rows = judged_rows.filter(rule__until__lte=F("event_on"))
    yield from _judged_by(law, ended_rows, _("Phiên bản mới của quy tắc đã áp dụng từ ngày ấy."))
    yield from _judged_by(law, judged_rows.filter(_by_another_calendar()), calendar_words())


def _judged_by(law: Book, rows: ObligationQuerySet, reason: str) -> Iterator[Rejudged]:
    """The groups of the rows whose due day differs from that by the present law."""
    versions = RuleVersion.objects.filter(pk__in=rows.order_by().values("rule")).in_bulk()
    for rule, event_on, due_on, _number in rows.alike():
        version = versions[rule]
        right = law.rule_if_any(version.key, max(event_on, version.since))
        if right is None or not right.is_deadline:
            continue
        rightly = due(right, event_on, law.calendar)
        if rightly.day != due_on:
            yield Rejudged(rule, event_on, due_on, rightly, reason)


def _by_another_calendar() -> Q:
    """The condition for obligations of which a year was set again after their due day was worked
    out.
    """
    latest = CalendarVersion.objects.order_by().values_list("year").annotate(Max("number"))
    condition = Q(pk__in=[])
    for year, number in latest:
        condition |= Q(calendar__lt=number) & (Q(due_on__year=year) | Q(event_on__year=year))
    return condition


def correction_words() -> str:
    """Why a due day differs that was computed under a corrected row."""
    return _("Dòng của luật đã được đính chính.")


def calendar_words() -> str:
    """Why a due day differs that was computed by another calendar."""
    return _("Lịch làm việc của năm được ghi lại.")
