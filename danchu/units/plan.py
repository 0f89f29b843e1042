"""Reorganisation plans: read a file, check it, compute what it would change.
`actions.reorganise_units` applies it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from danchu.kernel.boundaries import Boundaries
from danchu.kernel.chronicle import UnitId
from danchu.kernel.parts import Amount
from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries
from danchu.units.models import Body
from danchu.units.names import Name, names_on
from danchu.units.plan_check import resolve
from danchu.units.plan_entries import Plan
from danchu.units.plan_file import parse_plan, read_plan
from danchu.units.plan_write import write
from danchu.units.sources_load import lock_map

__all__ = [
    "EFFECTS",
    "Effect",
    "FigureChange",
    "Plan",
    "MapChange",
    "effect",
    "parse_plan",
    "read_plan",
]


@dataclass(frozen=True)
class MapChange:
    """The map of the plan's day without and with the plan. `touched` are the units that end, begin
    or change.
    """

    on: date
    before: Boundaries
    after: Boundaries
    touched: frozenset[UnitId]
    names: dict[UnitId, Name]


@dataclass(frozen=True)
class FigureChange:
    """One published figure on the map of the plan's day: its value without and with the plan, and
    the amount that cannot be placed. `figure` and `unit` are names.
    """

    figure: str
    unit: str
    before: Amount | None
    after: Amount | None
    unplaced: Amount = 0


# Rooms above register how a reorganisation changes their published figures. The callables run while
# the plan is written, inside a transaction that is rolled back afterwards.
EFFECTS: list[Callable[[MapChange], Iterator[FigureChange]]] = []


@dataclass(frozen=True)
class Effect:
    """The result of a dry run, with names and numbers. `divided` are the units that are divided
    without agreed shares.
    """

    plan: Plan
    ended: list[str]
    begun: list[str]
    changed: list[tuple[str, str]]
    divided: list[str]
    closed_bodies: int
    figures: list[FigureChange] = field(default_factory=list)


class _Undo(Exception):
    """Ends the dry run: rolls its transaction back and carries the result out of it."""

    def __init__(self, effect: Effect) -> None:
        super().__init__()
        self.effect = effect


def effect(plan: Plan) -> Effect:
    """The result of a dry run: the plan is written, its effects are computed, and everything is
    rolled back. Refused, listing every problem, when the plan does not fit the map.
    """
    try:
        with transaction.atomic():
            lock_map()
            raise _Undo(_dry_run(plan))
    except _Undo as undo:
        return undo.effect


def _dry_run(plan: Plan) -> Effect:
    resolved_plan = resolve(plan)
    if resolved_plan.problems:
        raise Refused("\n".join(resolved_plan.problems))
    before = boundaries(plan.on)
    old_names = names_on(plan.on)
    open_bodies = _count_open_bodies(resolved_plan.ends, plan.on)
    _decree, new_ids = write(resolved_plan)
    after = boundaries(plan.on)
    names = names_on(plan.on)
    touched = (
        frozenset(resolved_plan.ends)
        | frozenset(resolved_plan.standings)
        | frozenset(new_ids.values())
    )
    map_change = MapChange(plan.on, before, after, touched, names)
    return Effect(
        plan,
        ended=[old_names[unit].name for unit in resolved_plan.ends],
        begun=[names[unit].name for unit in new_ids.values()],
        changed=[
            (_full_name(old_names, unit), _full_name(names, unit))
            for unit in resolved_plan.standings
        ],
        divided=sorted(
            {
                old_names[unit].name
                for unit, _after, share, _entry in resolved_plan.successions
                if share is None
            }
        ),
        closed_bodies=open_bodies,
        figures=[change for changes_of in EFFECTS for change in changes_of(map_change)],
    )


def _full_name(names: Mapping[UnitId, Name], unit: UnitId) -> str:
    """ "Phường Kép (07399), Tỉnh Bắc Ninh": everything that a change of standing can change."""
    name = names[unit]
    with_code = f"{name.name} ({name.code})" if name.code else name.name
    return f"{with_code}, {names[name.parent_id].name}" if name.parent_id else with_code


def _count_open_bodies(units: Collection[UnitId], day: date) -> int:
    """How many bodies of the units are still open on the day."""
    return Body.objects.filter(unit__in=list(units)).exclude(until__lte=day).count()
