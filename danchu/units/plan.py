"""Reorganisations: read a file, check it, see what it would change. `actions.reorganise_units`
applies it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from danchu.kernel.boundaries import Amount, Boundaries
from danchu.kernel.chronicle import UnitId
from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries
from danchu.units.models import Body
from danchu.units.names import Name, names_on
from danchu.units.plan_check import check_plan, resolve
from danchu.units.plan_entries import Plan
from danchu.units.plan_file import parse_plan, read_plan
from danchu.units.plan_write import write
from danchu.units.sources_load import lock_map

__all__ = [
    "EFFECTS",
    "Effect",
    "FigureChange",
    "Plan",
    "Turnover",
    "check_plan",
    "effect",
    "parse_plan",
    "read_plan",
]


@dataclass(frozen=True)
class Turnover:
    """The map of the plan's day without and with the plan. `touched`: units that end, begin or
    change.
    """

    on: date
    before: Boundaries
    after: Boundaries
    touched: frozenset[UnitId]
    names: dict[UnitId, Name]


@dataclass(frozen=True)
class FigureChange:
    """One published figure on the map of the plan's day: what it was, what it becomes, and the
    amount that cannot be placed. `figure` and `unit` are names.
    """

    figure: str
    unit: str
    before: Amount | None
    after: Amount | None
    unplaced: Amount = 0


# Rooms above add what a reorganisation does to what they publish. The callables run while the plan
# is applied inside a transaction that is rolled back afterwards.
EFFECTS: list[Callable[[Turnover], Iterator[FigureChange]]] = []


@dataclass(frozen=True)
class Effect:
    """What a plan would do, in words and numbers. `divided` are the units divided without
    agreed shares.
    """

    plan: Plan
    ended: list[str]
    begun: list[str]
    changed: list[tuple[str, str]]
    divided: list[str]
    closed_bodies: int
    figures: list[FigureChange] = field(default_factory=list)


class _Undo(Exception):
    """Ends the dry run: rolls its transaction back and carries what was seen."""

    def __init__(self, effect: Effect) -> None:
        super().__init__()
        self.effect = effect


def effect(plan: Plan) -> Effect:
    """The dry run: everything is written, looked at and rolled back. Refused when the plan does
    not fit the map.
    """
    try:
        with transaction.atomic():
            lock_map()
            raise _Undo(_try_out(plan))
    except _Undo as undo:
        return undo.effect


def _try_out(plan: Plan) -> Effect:
    resolved = resolve(plan)
    if resolved.problems:
        raise Refused("\n".join(resolved.problems))
    before = boundaries(plan.on)
    old_names = names_on(plan.on)
    bodies = _open_bodies(resolved.ends)
    _decree, begun = write(resolved)
    after = boundaries(plan.on)
    names = names_on(plan.on)
    touched = frozenset(resolved.ends) | frozenset(resolved.standings) | frozenset(begun.values())
    turnover = Turnover(plan.on, before, after, touched, names)
    return Effect(
        plan,
        ended=[old_names[unit].name for unit in resolved.ends],
        begun=[names[unit].name for unit in begun.values()],
        changed=[
            (_full_name(old_names, unit), _full_name(names, unit)) for unit in resolved.standings
        ],
        divided=sorted(
            {
                old_names[unit].name
                for unit, _after, share, _entry in resolved.successions
                if share is None
            }
        ),
        closed_bodies=bodies,
        figures=[change for changes_of in EFFECTS for change in changes_of(turnover)],
    )


def _full_name(names: Mapping[UnitId, Name], unit: UnitId) -> str:
    """Phường Kép (07399), Tỉnh Bắc Ninh: all that a change of standing can change."""
    name = names[unit]
    with_code = f"{name.name} ({name.code})" if name.code else name.name
    return f"{with_code}, {names[name.parent_id].name}" if name.parent_id else with_code


def _open_bodies(units: Collection[UnitId]) -> int:
    """How many bodies of the units are open."""
    return Body.objects.filter(unit__in=list(units), until=None).count()
