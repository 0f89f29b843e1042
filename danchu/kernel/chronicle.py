"""Units, their parents and successions through all time: what the map of any day is drawn from.

Pure: no Django, no database.
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


def exact_share(over: int | None, under: int | None) -> Share:
    """The share over/under; None where either is unknown."""
    if over is None or under is None:
        return None
    return WHOLE if over == under else Fraction(over, under)


class UnknownUnit(LookupError):
    """A unit the chronicle does not know: the caller's map is older than its rows."""


class Chronicle:
    """Units, their parents and successions through all time.

    `units`: (unit, level, since, until); `standings`: (unit, parent, since, until), in order of
    time for each unit; `successions`: (before, after, share), on the day `before` ends. `until` is
    None while it lasts.
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
        self.hangings: dict[UnitId, list[tuple[date, date | None, UnitId | None]]] = {}
        for unit, parent, since, until in standings:
            self.hangings.setdefault(unit, []).append((since, until, parent))
        self.after: dict[UnitId, list[tuple[UnitId, Share]]] = {}
        self.before: dict[UnitId, list[UnitId]] = {}
        for before, after, share in successions:
            self.after.setdefault(before, []).append((after, share))
            # A district dissolved into its province lay in the province already, so it is not one
            # of the units that the province was made of.
            if RANK[self.levels[before]] <= RANK[self.levels[after]]:
                self.before.setdefault(after, []).append(before)
        changes = {day for span in self.spans.values() for day in span}
        changes.update(day for rows in self.hangings.values() for row in rows for day in row[:2])
        self.turns = sorted(day for day in changes if day is not None)

    def era(self, day: date) -> int:
        """A number that two days share when no unit, parent or succession changed between them."""
        return bisect_right(self.turns, day)

    def parent_on(self, unit: UnitId, day: date) -> UnitId | None:
        """The parent on that day, else the last one before it, else the first one after it."""
        rows = self.hangings.get(unit)
        if not rows:
            return None
        parent = rows[0][2]
        for since, _, candidate in rows:
            if since > day:
                break
            parent = candidate
        return parent
