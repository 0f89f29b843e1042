"""What a reader can conclude from published sums about the counts that were not published.

Interval propagation (bounds consistency) over linear equations of counts: from "whole = the sum of
these parts" follow a lower and an upper bound of each of its cells from those of the others, again
and again until nothing changes. Counts are not negative.
"""

from fractions import Fraction
from math import inf

THRESHOLD = 5


class Bounds:
    """The lower and upper bounds of cells, by name; `sums` are (whole, parts), all names."""

    def __init__(self, sums, known):
        self.sums = sums
        cells = {cell for whole, parts in sums for cell in (whole, *parts)} | known.keys()
        self.low = dict.fromkeys(cells, Fraction(0))
        self.high = dict.fromkeys(cells, inf)
        for cell, value in known.items():
            self.low[cell] = self.high[cell] = Fraction(value)
        self._propagate()

    def _propagate(self):
        changed = True
        while changed:
            changed = False
            for whole, parts in self.sums:
                changed |= self._tighten(whole, parts)

    def _tighten(self, whole, parts):
        low, high = self.low, self.high
        lowest = sum(low[part] for part in parts)
        highest = sum(high[part] for part in parts)
        changed = self._set(whole, lowest, highest)
        open_ended = [part for part in parts if high[part] == inf]
        for part in parts:
            if open_ended and open_ended != [part]:
                others = inf
            else:
                others = sum(high[one] for one in parts if one != part)
            changed |= self._set(part, low[whole] - others, high[whole] - (lowest - low[part]))
            lowest = sum(low[one] for one in parts)
        return changed

    def _set(self, cell, low, high):
        is_new = low > self.low[cell] or high < self.high[cell]
        self.low[cell] = max(low, self.low[cell])
        self.high[cell] = min(high, self.high[cell])
        assert self.low[cell] <= self.high[cell], f"{cell}: the published sums contradict"
        return is_new

    def tells(self, cell):
        """Whether a small count is told: that the cell is below the threshold, or that a cell
        that may be below it is not 0.
        """
        return self.high[cell] < THRESHOLD or 0 < self.low[cell] < THRESHOLD


def told(sums, known, hidden):
    """The hidden cells about which the known ones tell a small count: {cell: (low, high)}."""
    bounds = Bounds(sums, known)
    return {
        cell: (bounds.low[cell], bounds.high[cell])
        for cell in hidden
        if cell not in known and bounds.tells(cell)
    }
