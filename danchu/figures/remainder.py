"""By how much the places of a list fall short of the whole, and why: amounts of units that were
divided without agreed shares count for the whole, but for none of its places.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from danchu.figures.catalogue import Indicator
from danchu.figures.sums import amounts, statements_within
from danchu.figures.territory import sources_of
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period
from danchu.kernel.reading import reading
from danchu.kernel.shortfall import unassigned
from danchu.units.maps import boundaries


class Remainder(NamedTuple):
    """`value` is the figure of the whole less the values of the list; `units` says of which former
    units it is: `{recorded unit: amount}`.
    """

    value: Fraction
    units: Mapping[UnitId, Fraction]


NONE = Remainder(Fraction(0), {})


@reading()
def remainder(
    indicator: Indicator, unit_id: UnitId, period: Period, map_day: date, level: str
) -> Remainder:
    """The Remainder of `by_unit` with the same arguments, whose sums it shares within a read
    context. Nothing for a ratio, which is never added up.
    """
    if indicator.kind not in ("flow", "level"):
        return NONE
    chart = boundaries(map_day)
    _shares, units = sources_of(unit_id, map_day)
    recorded: dict[UnitId, Fraction] = defaultdict(Fraction)
    for unit, amount in amounts(indicator, period, units).items():
        recorded[unit] += amount
    for row in statements_within(indicator, period, units):
        recorded[row.unit_id] += Fraction(row.amount)
    shares = unassigned(chart, unit_id, level, recorded)
    rests = {unit: recorded[unit] * share for unit, share in shares.items()}
    return Remainder(sum(rests.values(), Fraction(0)), rests)
