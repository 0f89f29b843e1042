"""What villages still owe: their conference of the year, notices, postings, minutes and results
that are to be sent, the roll of their households.

Everybody reads what is about a record that everybody may read; the rest stands there for whoever
may view duties, and the rolls for whoever may view rolls, at the place.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from danchu.decision.lives import ROLL
from danchu.decision.models import Household
from danchu.decision.querysets import villages_within
from danchu.decision.writes.settling import SEND
from danchu.figures.among import array
from danchu.kernel.days import today
from danchu.obligations.models import Obligation
from danchu.people.actor import Actor
from danchu.units.kinds import Level
from danchu.units.maps import boundaries
from danchu.units.models import Unit
from danchu.units.names import names_of

# Rules of what everybody sees undone at the record itself: the conference of the year stands in
# table VIII, conventions, conferences and decisions on their own public pages.
PUBLIC = ("conference.yearly", "conference.notice", "convention.posting", SEND)


@dataclass(frozen=True)
class Owed:
    """One thing that a village owes, until when; `uid` of the duty, None where there is none."""

    village: int
    place: str
    what: str
    due_on: date | None = None
    uid: Any = None

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < today()


def owed_at(place: Unit, actor: Actor) -> list[tuple[Owed, ...]]:
    """What each village of a commune, or the village itself, owes and the actor may see: a tuple
    for each that owes something, those that are due first before the others.
    """
    villages = _villages_of(place)
    if not villages:
        return []
    names = names_of([(village, today()) for village in villages])
    rows = [*_duties(place, actor, villages, names), *_rolls(place, actor, villages, names)]
    rows.sort(key=lambda one: one.village)
    of_each = [
        tuple(sorted(own, key=_by_day)) for _key, own in groupby(rows, lambda one: one.village)
    ]
    return sorted(of_each, key=lambda own: (_by_day(own[0]), own[0].place))


def may_view_duties(place: Unit, actor: Actor) -> bool:
    """Whether the actor may open every duty of the place."""
    return actor.may("view", "obligation", place.pk)


def _by_day(one: Owed) -> tuple[bool, date]:
    return one.due_on is None, one.due_on or date.max


def _villages_of(place: Unit) -> list[int]:
    chart = boundaries(today())
    if place.pk not in chart or place.level not in (Level.COMMUNE, Level.VILLAGE):
        return []
    if place.level == Level.VILLAGE:
        return [place.pk]
    return [unit for unit in chart.children(place.pk) if chart.level_of(unit) == Level.VILLAGE]


def _duties(place: Unit, actor: Actor, villages: list[int], names: Any) -> Iterator[Owed]:
    rows = (
        Obligation.objects.open().filter(unit__among=array(tuple(villages))).select_related("rule")
    )
    if not may_view_duties(place, actor):
        rows = rows.filter(rule__key__in=PUBLIC)
    for row in rows.order_by("due_on", "pk"):
        what = f"{row.rule.name}: {row.title}" if row.rule.key == SEND else row.title
        yield Owed(row.unit_id, names[row.unit_id, today()], what, row.due_on, row.uid)


def _rolls(place: Unit, actor: Actor, villages: list[int], names: Any) -> Iterator[Owed]:
    """The villages without a household on their roll, where another of the commune has one."""
    if not actor.may("view", ROLL, place.pk):
        return
    village_of = {
        unit: village for village in villages for unit in villages_within(village, today())
    }
    rows = Household.objects.on(today()).filter(unit__among=array(tuple(village_of)))
    with_roll = {
        village_of[unit] for unit in rows.order_by().values_list("unit", flat=True).distinct()
    }
    for village in villages if with_roll else ():
        if village not in with_roll:
            what = _("Chưa lập danh sách hộ gia đình.")
            yield Owed(village, names[village, today()], what)
