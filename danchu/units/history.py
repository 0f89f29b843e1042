"""Where a unit came from and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from danchu.kernel.chronicle import RANK, Share, UnitId
from danchu.units.models import Body, Decree, Standing, Succession, Unit
from danchu.units.names import Name, names_on

NamesOn = Callable[[date], dict[UnitId, Name]]


@dataclass(frozen=True)
class Turn:
    """One step to another unit: `share` of the earlier went into the later (1 whole, None: no
    agreed share).
    """

    unit_id: UnitId
    name: str
    kind: str
    level: str
    on: date
    share: Share
    basis: str
    decree: Decree | None


@dataclass(frozen=True)
class History:
    """A unit's life: `standings` in order of time, each with `.under`, the name of its parent then;
    `origins` what it was made of; `successors` what it became; `dissolved` the lower units that
    ended in it, as districts in their province.
    """

    unit: Unit
    standings: list[Standing]
    origins: list[Turn] = field(default_factory=list)
    successors: list[Turn] = field(default_factory=list)
    dissolved: list[Turn] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What it is called, or was called last."""
        return self.standings[-1].name if self.standings else "?"


def history_of(unit: Unit) -> History:
    """All that a unit's page shows, in the same number of queries for any unit."""
    names_of_day: NamesOn = cache(names_on)
    standings = list(Standing.objects.filter(unit=unit).select_related("decree").order_by("since"))
    for standing in standings:
        names = names_of_day(standing.since)
        parent = names.get(standing.parent_id) if standing.parent_id else None
        standing.under = parent.name if parent else ""
    steps = Succession.objects.select_related("decree").order_by("on", "pk")
    origins = [_turn(step, step.before_id, names_of_day) for step in steps.filter(after=unit)]
    successors = [_turn(step, step.after_id, names_of_day) for step in steps.filter(before=unit)]
    return History(
        unit=unit,
        standings=standings,
        origins=[turn for turn in origins if RANK[turn.level] <= RANK[unit.level]],
        successors=successors,
        dissolved=[turn for turn in origins if RANK[turn.level] > RANK[unit.level]],
        bodies=list(
            Body.objects.filter(unit=unit).prefetch_related("standings").order_by("since", "pk")
        ),
    )


def _turn(step: Succession, other: UnitId, names_of_day: NamesOn) -> Turn:
    """The step as seen from the unit at its other end, which is the one told of by name."""
    name = names_of_day(step.on)[other]  # of one that ended: what it was called last
    return Turn(
        other, name.name, name.kind, name.level, step.on, step.share, step.basis, step.decree
    )
