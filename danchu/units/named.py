"""The unit named in an address or a form, and the recorded units whose rows count there."""

from datetime import date

from danchu.kernel.days import today
from danchu.units.find import find_units, unit_from
from danchu.units.maps import boundaries
from danchu.units.models import Unit


def unit_named(text: str, day: date | None = None) -> Unit:
    """The unit with an id, a CODE@DAY or a name as people type it: one that exists on `day` if any
    has the name, else one of any time. Refused, on "unit", when there is none.
    """
    if text.isdecimal() or "@" in text:
        return unit_from(text)
    units = find_units(text, day=day, limit=1) if day else []
    units = units or find_units(text, limit=1)
    return Unit.objects.get(pk=units[0].id) if units else unit_from(text)


def units_counted_at(text: str, day: date | None = None) -> frozenset[int]:
    """The ids of the recorded units whose rows count at the named unit on the map of `day` (today
    by default); only its own id if it is not on that map. Refused as `unit_named`.
    """
    day = day or today()
    unit = unit_named(text, day).pk
    chart = boundaries(day)
    return frozenset(chart.sources(unit)) if unit in chart else frozenset({unit})
