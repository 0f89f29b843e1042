"""How much of one unit counts at others, where some of the shares of a division were left open.
Exact arithmetic; no Django, no database.
"""

from fractions import Fraction
from typing import NamedTuple

from danchu.kernel.chronicle import WHOLE, Share, UnitId

Amount = int | Fraction


class Part(NamedTuple):
    """How much of the rows of a unit counts at a group: `certain` whatever shares were left open,
    and at most `open` more.
    """

    certain: Amount
    open: Amount

    @property
    def share(self) -> Share:
        """The certain share; None where nothing is certain."""
        return self.certain or None


Parts = dict[UnitId, Part]
ALL = Part(WHOLE, 0)
NOTHING = Part(0, 0)


def combined(pieces: list[tuple[Parts, Share]]) -> Parts:
    """The parts of a unit from its pieces [(parts of the piece, share of the piece)].

    The pieces whose shares are not agreed (None) have together what the agreed ones leave. However
    that is divided, a group gets at least the least of what it has of such a piece, and at most the
    most. Both bounds are reached: all that was left open may lie in one piece.
    """
    if len(pieces) == 1:
        return pieces[0][0]
    agreed = [(parts, share) for parts, share in pieces if share is not None]
    open_pieces = [parts for parts, share in pieces if share is None]
    rest: Amount = WHOLE - sum(share for _parts, share in agreed) if open_pieces else 0
    parts_of_unit: Parts = {}
    for group in dict.fromkeys(group for parts, _share in pieces for group in parts):
        least: Amount = 0
        most: Amount = 0
        for parts, share in agreed:
            part = parts.get(group, NOTHING)
            least += share * part.certain
            most += share * (part.certain + part.open)
        if rest > 0:
            bounds = [parts.get(group, NOTHING) for parts in open_pieces]
            least += rest * min(part.certain for part in bounds)
            most += rest * max(part.certain + part.open for part in bounds)
        if most:
            parts_of_unit[group] = ALL if least == WHOLE else Part(least, most - least)
    return parts_of_unit
