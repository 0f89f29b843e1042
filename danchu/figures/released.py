"""What the public reads of sensitive figures: the numbers that were published, and sums of them."""

from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.db.models import DateField, F, Value

from danchu.figures.among import array
from danchu.figures.models import ReleasedFigure, ReleasedPeriod
from danchu.kernel.boundaries import Boundaries
from danchu.kernel.chronicle import WHOLE, UnitId
from danchu.kernel.days import Period
from danchu.kernel.reading import once
from danchu.units.maps import boundaries

# A year is published from this day of the next year on: (month, day).
RELEASED_FROM = (3, 1)
# More units than these are sent to the database only as far as anything of them is published.
MANY_UNITS = 4000
# Of each map that is in use, by the group and the day of another map (None: the whole sources):
# those of the nation are ten thousand, and take milliseconds.
_sources: WeakKeyDictionary[Boundaries, dict[tuple[UnitId, date | None], frozenset[UnitId]]] = (
    WeakKeyDictionary()
)


class Published(NamedTuple):
    """A published number, the last day of its publication, and the `rows` of which it is the sum:
    ("year:17" or "period:4", value), by the primary keys of ReleasedFigure and ReleasedPeriod.
    """

    value: Fraction
    day: date
    rows: tuple[tuple[str, Fraction], ...]


def sum_of(numbers: Collection[Published]) -> Published:
    """The sum of published numbers, at least one."""
    return Published(
        sum((number.value for number in numbers), Fraction(0)),
        max(number.day for number in numbers),
        tuple(row for number in numbers for row in number.rows),
    )


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
    """The published number of whole years, or of the period of a report, at a unit on a map. On a
    map on which the unit is the union of published ones it is their sum. None where any part of it
    is not published. One query for all periods in a read context.
    """
    return value_over(all_released(key, unit_id, map_day), period)


def all_released(key: str, unit_id: UnitId, map_day: date) -> dict[Period, Published]:
    """Every published number of an indicator at a unit on a map, by year and period."""
    numbers = once(
        ("released", key, unit_id, map_day),
        lambda: _values(key, [unit_id], map_day, None),
        lasts=(),
    )
    return numbers[unit_id]


def released_values(
    key: str, unit_ids: Iterable[UnitId], period: Period, map_day: date
) -> dict[UnitId, Published]:
    """`{unit: released_value}` of the units for which there is one, with one query."""
    numbers = _values(key, list(unit_ids), map_day, period)
    values = ((unit, value_over(by_period, period)) for unit, by_period in numbers.items())
    return {unit: value for unit, value in values if value is not None}


def value_over(by_period: dict[Period, Published], period: Period) -> Published | None:
    """The number of the period itself, else the sum over its years; None where a year is missing
    and for a period that is neither.
    """
    if period in by_period:
        return by_period[period]
    years = [Period.year(year) for year in whole_years(period) or ()]
    if not years or any(year not in by_period for year in years):
        return None
    return sum_of([by_period[year] for year in years])


def _values(
    key: str, unit_ids: list[UnitId], map_day: date, only: Period | None
) -> dict[UnitId, dict[Period, Published]]:
    """`{unit: {year or period: number}}`; `only`: of this period and its years."""
    chart = boundaries(map_day)
    sources = {unit: chart.sources(unit) for unit in unit_ids}
    if sum(map(len, sources.values())) > MANY_UNITS:
        published = _published_units()
        inside = (within.keys() & published for within in sources.values())
        units = published.intersection(unit_ids).union(*inside)
    else:
        units = frozenset(unit_ids).union(*sources.values())
    by_release: dict[tuple[Period, date, date], dict[UnitId, Published]] = {}
    rows = _rows(key, units, only)
    for kind, pk, unit, value, year, since, until, release_map, day in rows:
        period = _year(year) if kind == "year" else Period(since, until)
        numbers = by_release.setdefault((period, release_map, day), {})
        number = _exact(value)
        numbers[unit] = Published(number, day, ((f"{kind}:{pk}", number),))
    values: dict[UnitId, dict[Period, Published]] = {unit: {} for unit in unit_ids}
    covers: dict[tuple[UnitId, date, frozenset[UnitId]], list[UnitId]] = {}
    for (period, release_map, _day), numbers in by_release.items():
        there = boundaries(release_map)
        for unit in unit_ids:
            total = numbers.get(unit)
            if total is None and not numbers.keys().isdisjoint(sources[unit]):
                parts = frozenset(numbers.keys() & _whole_sources(unit, chart))
                name = unit, release_map, parts  # the same units, as a rule, of every year
                if name not in covers:
                    covers[name] = _cover(parts, unit, chart, there)
                total = sum_of([numbers[part] for part in covers[name]]) if covers[name] else None
            if total is not None:
                values[unit][period] = total
    return values


def _published_units() -> frozenset[UnitId]:
    """The units of which any number is published: some hundreds for a city, where the nation has
    sixteen thousand sources on the maps of all days. One query in a read context.
    """
    return once(
        "units of released figures",
        lambda: frozenset(
            ReleasedFigure.objects.values_list("unit")
            .union(ReleasedPeriod.objects.values_list("unit"))
            .values_list("unit", flat=True)
        ),
        lasts=(),
    )


@lru_cache(256)
def _year(year: int) -> Period:
    """The calendar year, one object for the thousands of rows of it."""
    return Period.year(year)


@lru_cache(8192)
def _exact(value: str) -> Fraction:
    """The value as a Fraction, cached because thousands of places share a few small numbers."""
    return Fraction(value)


def _rows(key: str, units: Collection[UnitId], only: Period | None) -> Iterable[tuple[Any, ...]]:
    """The published rows of an indicator at the units: (kind, pk, unit, value, year, since, until,
    day of the map, day of publication), in one query.
    """
    names = (
        "kind",
        "pk",
        "unit",
        "value",
        "in_year",
        "begins",
        "ends",
        "on_map",
        "published_on",
    )
    no_day = Value(None, output_field=DateField(null=True))
    ids = array(units)
    years = ReleasedFigure.objects.filter(key=key, unit__among=ids).annotate(
        kind=Value("year"),
        in_year=F("release__year"),
        begins=no_day,
        ends=no_day,
        on_map=F("release__map_day"),
        published_on=F("release__released_on"),
    )
    periods = ReleasedPeriod.objects.filter(key=key, unit__among=ids).annotate(
        kind=Value("period"),
        in_year=Value(0),
        begins=F("since"),
        ends=F("until"),
        on_map=F("map_day"),
        published_on=F("released_on"),
    )
    if only is not None:
        years = years.filter(release__year__in=list(whole_years(only) or ()))
        periods = periods.filter(since=only.since, until=only.until)
    return years.values_list(*names).union(periods.values_list(*names), all=True)


def _cover(
    published: frozenset[UnitId], group: UnitId, chart: Boundaries, there: Boundaries
) -> list[UnitId]:
    """Those of the published units, all wholly in the `group` of the map `chart`, that make it up
    on the map `there` of the release; [] where they do not cover it exactly.
    """
    whole, present = _whole_sources(group, chart), _sources_on(group, chart, there)
    # In sets: the nation has ten thousand sources.
    highest = [unit for unit in published if published.isdisjoint(there.ancestors(unit))]
    cover = [unit for unit in highest if not present.isdisjoint(there.within(unit))]
    if present.difference(*map(there.within, cover)):
        return []
    return [] if any(there.within(unit) - whole for unit in cover) else sorted(cover)


def _whole_sources(group: UnitId, chart: Boundaries) -> frozenset[UnitId]:
    """The units of any day that lie wholly in the group of a map."""
    by_map = _sources.setdefault(chart, {})
    if (group, None) not in by_map:
        shares = chart.sources(group).items()
        by_map[group, None] = frozenset(unit for unit, share in shares if share == WHOLE)
    return by_map[group, None]


def _sources_on(group: UnitId, chart: Boundaries, there: Boundaries) -> frozenset[UnitId]:
    """The sources of the group of a map that stand under a top unit of the map `there`."""
    by_map = _sources.setdefault(chart, {})
    if (group, there.day) not in by_map:
        standing = frozenset[UnitId]().union(*map(there.within, there.children(None)))
        by_map[group, there.day] = standing & chart.sources(group).keys()
    return by_map[group, there.day]
