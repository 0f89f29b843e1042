"""Reorganisations: read a file, check it, see what it would do. `actions.reorganise_units` does
it.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db import transaction

from danchu.kernel.boundaries import Boundaries
from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries
from danchu.units.models import Body
from danchu.units.names import names_on
from danchu.units.plan_check import check_plan, resolve
from danchu.units.plan_file import Plan, parse_plan, read_plan
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

# Rooms above add what a reorganisation does to what they publish: callables that take a Turnover
# and yield FigureChange. They run while the plan is applied inside a transaction that is undone
# afterwards.
EFFECTS = []


@dataclass(frozen=True)
class Turnover:
    """The map of the plan's day without and with the plan. `touched`: units that end, begin or
    change.
    """

    on: date
    before: Boundaries
    after: Boundaries
    touched: frozenset
    names: dict


@dataclass(frozen=True)
class FigureChange:
    """One published figure on the map of the plan's day: what it was, what it becomes, what
    cannot be placed.
    """

    figure: str
    unit: str
    before: Fraction | int | None
    after: Fraction | int | None
    unplaced: Fraction | int = 0


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
    """Carries nothing: undoes the dry run's transaction."""


def effect(plan) -> Effect:
    """The dry run: everything is written, looked at and undone. Refused when the plan does not
    fit the map.
    """
    found = []
    try:
        with transaction.atomic():
            lock_map()
            found.append(_try_out(plan))
            raise _Undo
    except _Undo:
        return found[0]


def _try_out(plan):
    resolved = resolve(plan)
    if resolved.problems:
        raise Refused("\n".join(resolved.problems))
    before, old_names = boundaries(plan.on), names_on(plan.on)
    bodies = _open_bodies(resolved.ends)
    _decree, begun = write(resolved)
    after, names = boundaries(plan.on), names_on(plan.on)
    touched = frozenset(resolved.ends) | frozenset(resolved.standings) | frozenset(begun.values())
    turnover = Turnover(plan.on, before, after, touched, names)
    return Effect(
        plan,
        ended=[old_names[unit].name for unit in resolved.ends],
        begun=[names[unit].name for unit in begun.values()],
        changed=[(_told(old_names, unit), _told(names, unit)) for unit in resolved.standings],
        divided=sorted(
            {
                old_names[unit].name
                for unit, _after, share, _entry in resolved.successions
                if share is None
            }
        ),
        closed_bodies=bodies,
        figures=[change for look in EFFECTS for change in look(turnover)],
    )


def _told(names, unit):
    """Phường Kép (07399), Tỉnh Bắc Ninh: all that a change of standing can change."""
    name = names[unit]
    under = names[name.parent_id].name if name.parent_id else ""
    return ", ".join(
        filter(None, [f"{name.name} ({name.code})" if name.code else name.name, under])
    )


def _open_bodies(units):
    return Body.objects.filter(unit__in=list(units), until=None).count()
