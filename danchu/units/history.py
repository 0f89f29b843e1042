"""Where a unit came from and what became of it."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache

from danchu.kernel.boundaries import RANK
from danchu.units.models import Body, Decree, Standing, Succession, Unit
from danchu.units.names import names_on


@dataclass(frozen=True)
class Turn:
    """One step to another unit: `share` of the earlier went into the later (1 whole, None: no
    agreed share).
    """

    unit_id: int
    name: str
    kind: str
    level: str
    on: date
    share: int | Fraction | None
    basis: str
    decree: Decree | None


@dataclass(frozen=True)
class History:
    """A unit's life: `standings` in order of time; `origins` what it was made of; `successors` what
    it became; `dissolved` what ended and was taken up by it from a lower level, as districts by
    their province.
    """

    unit: Unit
    standings: list[Standing]
    origins: list[Turn] = field(default_factory=list)
    successors: list[Turn] = field(default_factory=list)
    dissolved: list[Turn] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)

    @property
    def name(self):
        """What it is called, or was called last."""
        return self.standings[-1].name if self.standings else "?"


def history_of(unit) -> History:
    """Everything a unit's page tells, in the same number of queries for any unit."""
    standings = list(Standing.objects.filter(unit=unit).select_related("decree").order_by("since"))
    told_on = cache(names_on)
    for standing in standings:  # the parent as it was called when this standing began
        told = told_on(standing.since).get(standing.parent_id)
        standing.under = told.name if told else ""
    steps = list(
        Succession.objects.filter(after=unit).select_related("decree").order_by("on", "pk")
    )
    came = [_turn(step, step.before_id, told_on) for step in steps]
    went = Succession.objects.filter(before=unit).select_related("decree").order_by("on", "pk")
    return History(
        unit=unit,
        standings=standings,
        origins=[turn for turn in came if RANK[turn.level] <= RANK[unit.level]],
        successors=[_turn(step, step.after_id, told_on) for step in went],
        dissolved=[turn for turn in came if RANK[turn.level] > RANK[unit.level]],
        bodies=list(
            Body.objects.filter(unit=unit).prefetch_related("standings").order_by("since", "pk")
        ),
    )


def _turn(step, other, told_on):
    told = told_on(step.on)[other]  # of the one that ended: what it was called last
    return Turn(
        other, told.name, told.kind, told.level, step.on, step.share, step.basis, step.decree
    )
