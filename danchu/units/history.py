"""The history of a unit: what it was made of, its names, and what it became."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from danchu.kernel.chronicle import RANK, Share, UnitId
from danchu.units.models import Body, Decree, Standing, Succession, Unit
from danchu.units.names import Name, names_on

NamesOn = Callable[[date], dict[UnitId, Name]]


@dataclass(frozen=True)
class HistoryStep:
    """One succession from or to another unit. `share` of the earlier went into the later unit (1:
    all of it; None: no agreed share).
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
    """All that is recorded of a unit. `standings` are in order of time, each with `.under`, the
    name of its parent then; `origins` are the units it was made of, `successors` those it became,
    `dissolved` lower units that ended in it, as districts did in their province.
    """

    unit: Unit
    standings: list[Standing]
    origins: list[HistoryStep] = field(default_factory=list)
    successors: list[HistoryStep] = field(default_factory=list)
    dissolved: list[HistoryStep] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its latest name."""
        return self.standings[-1].name if self.standings else "?"


def history_of(unit: Unit) -> History:
    """The History of the unit, in the same number of queries for any unit."""
    names_of_day: NamesOn = cache(names_on)
    standings = list(Standing.objects.filter(unit=unit).select_related("decree").order_by("since"))
    for standing in standings:
        names = names_of_day(standing.since)
        parent = names.get(standing.parent_id) if standing.parent_id else None
        standing.under = parent.name if parent else ""
    successions = Succession.objects.select_related("decree").order_by("on", "pk")
    origins = [_step_to(row, row.before_id, names_of_day) for row in successions.filter(after=unit)]
    successors = [
        _step_to(row, row.after_id, names_of_day) for row in successions.filter(before=unit)
    ]
    return History(
        unit=unit,
        standings=standings,
        origins=[step for step in origins if RANK[step.level] <= RANK[unit.level]],
        successors=successors,
        dissolved=[step for step in origins if RANK[step.level] > RANK[unit.level]],
        bodies=list(
            Body.objects.filter(unit=unit).prefetch_related("standings").order_by("since", "pk")
        ),
    )


def _step_to(row: Succession, unit_id: UnitId, names_of_day: NamesOn) -> HistoryStep:
    """The succession as a step to the unit `unit_id` at its other end."""
    name = names_of_day(row.on)[unit_id]  # of a unit that ended: its last name
    return HistoryStep(
        unit_id, name.name, name.kind, name.level, row.on, row.share, row.basis, row.decree
    )
