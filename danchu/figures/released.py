"""What the public reads of sensitive figures: the numbers that were published, and sums of them."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from danchu.figures.among import array
from danchu.figures.models import ReleasedFigure
from danchu.kernel.boundaries import Placing
from danchu.kernel.chronicle import WHOLE, UnitId
from danchu.kernel.days import Period
from danchu.kernel.reading import once
from danchu.units.maps import boundaries

# (value, day of publication)
Published = tuple[Fraction, date]
# A year is published from this day of the next year on: (month, day).
RELEASED_FROM = (3, 1)


def release_day(year: int) -> date:
    """The first day on which the sensitive figures of a year may be published."""
    return date(year + 1, *RELEASED_FROM)


def whole_years(period: Period) -> range | None:
    """The calendar years of which the period consists; None where it has other days."""
    begins, ends = period.since, period.until
    if (begins.month, begins.day) != (1, 1) or (ends.month, ends.day) != (1, 1):
        return None
    return range(begins.year, ends.year)


def released_value(key: str, unit_id: UnitId, period: Period, map_day: date) -> Published | None:
    """(the published number of whole years at a unit on a map, the last day of its publication).
    On a map on which the unit is the union of published ones it is their sum. None where any part
    of it is not published. One query for all periods in a read context.
    """
    numbers = once(
        ("released", key, unit_id, map_day), lambda: _values(key, [unit_id], map_day, None)
    )
    return _over(numbers[unit_id], period)


def released_values(
    key: str, unit_ids: Iterable[UnitId], period: Period, map_day: date
) -> dict[UnitId, Published]:
    """`{unit: released_value}` of the units for which there is one, with one query."""
    years = whole_years(period)
    if years is None:
        return {}
    numbers = _values(key, list(unit_ids), map_day, years)
    values = ((unit, _over(by_year, period)) for unit, by_year in numbers.items())
    return {unit: value for unit, value in values if value is not None}


def _over(by_year: dict[int, Published], period: Period) -> Published | None:
    """The sum over the years of the period; None where a year is missing."""
    years = whole_years(period)
    if not years or any(year not in by_year for year in years):
        return None
    values = [by_year[year] for year in years]
    return sum((value for value, _day in values), Fraction(0)), max(day for _value, day in values)


def _values(
    key: str, unit_ids: list[UnitId], map_day: date, years: range | None
) -> dict[UnitId, dict[int, Published]]:
    """`{unit: {year: (value, day of publication)}}`; `years` None: of all years."""
    chart = boundaries(map_day)
    sources = {unit: chart.sources(unit) for unit in unit_ids}
    units = {part for unit in unit_ids for part in (unit, *sources[unit])}
    rows = ReleasedFigure.objects.filter(key=key, unit__among=array(units))
    if years is not None:
        rows = rows.filter(release__year__in=list(years))
    by_release: dict[tuple[int, date, date], dict[UnitId, Fraction]] = {}
    for unit, value, year, release_map, released_on in rows.values_list(
        "unit", "value", "release__year", "release__map_day", "release__released_on"
    ):
        numbers = by_release.setdefault((year, release_map, released_on), {})
        numbers[unit] = Fraction(value)
    values: dict[UnitId, dict[int, Published]] = {unit: {} for unit in unit_ids}
    for (year, release_map, released_on), numbers in by_release.items():
        for unit in unit_ids:
            number = numbers.get(unit)
            if number is None:
                number = _sum_of_parts(numbers, sources[unit], release_map)
            if number is not None:
                values[unit][year] = number, released_on
    return values


def _sum_of_parts(
    numbers: dict[UnitId, Fraction], sources: Placing, release_map: date
) -> Fraction | None:
    """The sum of the published units that make up a unit of another map, whose `sources` are given;
    None where they do not cover it exactly.
    """
    chart = boundaries(release_map)
    whole = {unit for unit, share in sources.items() if share == WHOLE}
    published = numbers.keys() & whole
    cover = set()
    for unit in sources:
        if unit in chart and published:
            lineage = (unit, *chart.ancestors(unit))
            cover.add(next((one for one in reversed(lineage) if one in published), None))
    if not cover or None in cover:
        return None
    if any(chart.within(unit) - whole for unit in cover if unit is not None):
        return None
    return sum((numbers[unit] for unit in cover if unit is not None), Fraction(0))
