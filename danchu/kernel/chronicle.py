"""Units, their parents and successions through all time, from which the map of any day is computed.

No Django, no database.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

WHOLE = 1
LEVELS = ("nation", "province", "district", "commune", "village")
RANK = {level: rank for rank, level in enumerate(LEVELS)}

UnitId = int
# A share is WHOLE, a Fraction between 0 and 1, or None where a division has no agreed share.
Share = int | Fraction | None


def exact_share(numerator: int | None, denominator: int | None) -> Share:
    """The share numerator/denominator; None where either is None."""
    if numerator is None or denominator is None:
        return None
    return WHOLE if numerator == denominator else Fraction(numerator, denominator)


class UnknownUnit(LookupError):
    """A unit that is not in the chronicle: the caller's map is older than its rows."""


class Chronicle:
    """Units, their parents and successions through all time.

    `units` are (unit, level, since, until); `standings` are (unit, parent, since, until), in order
    of time for each unit; `successions` are (before, after, share), on the day `before` ends.
    `until` is exclusive, None without an end.
    """

    def __init__(
        self,
        units: Iterable[tuple[UnitId, str, date, date | None]],
        standings: Iterable[tuple[UnitId, UnitId | None, date, date | None]],
        successions: Iterable[tuple[UnitId, UnitId, Share]],
    ) -> None:
        self.spans: dict[UnitId, tuple[date, date | None]] = {}
        self.levels: dict[UnitId, str] = {}
        for unit, level, since, until in units:
            self.spans[unit] = since, until
            self.levels[unit] = level
        # {unit: [(since, until, parent)]}
        self.parents: dict[UnitId, list[tuple[date, date | None, UnitId | None]]] = {}
        for unit, parent, since, until in standings:
            self.parents.setdefault(unit, []).append((since, until, parent))
        self.successors: dict[UnitId, list[tuple[UnitId, Share]]] = {}
        self.predecessors: dict[UnitId, list[UnitId]] = {}
        for before, after, share in successions:
            self.successors.setdefault(before, []).append((after, share))
            # A district that was dissolved into its province lay in the province already, so it is
            # not one of the units from which the province was made.
            if RANK[self.levels[before]] <= RANK[self.levels[after]]:
                self.predecessors.setdefault(after, []).append(before)
        changes = {day for span in self.spans.values() for day in span}
        changes.update(day for rows in self.parents.values() for row in rows for day in row[:2])
        self.change_days = sorted(day for day in changes if day is not None)

    def era(self, day: date) -> int:
        """The number of changes up to the day: equal for days with no change of a unit, parent or
        succession between them.
        """
        return bisect_right(self.change_days, day)

    def parent_on(self, unit: UnitId, day: date) -> UnitId | None:
        """The parent on that day, else the last before it, else the first after it; None where the
        unit never had one.
        """
        rows = self.parents.get(unit)
        if not rows:
            return None
        parent = rows[0][2]
        for since, _, candidate in rows:
            if since > day:
                break
            parent = candidate
        return parent
