"""The one check before a sensitive total of a place is published, of a year or for the period of a
report: no small count may follow from it beside what is published already.

A period other than years is published of provinces only, of the total of a table only, where each
year that it touches is published at the place or of the table not at all, and where no place that
shares land with it, other than itself, has such a period. The arithmetic is in
`danchu.figures.spans`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from itertools import chain, combinations, product

from danchu.figures.among import array
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.models import Release, ReleasedFigure, ReleasedPeriod
from danchu.figures.released import all_released, value_over
from danchu.figures.spans import Cell, Spans, is_safe, tells_of
from danchu.figures.suppression import ZERO, Totals, Tree
from danchu.figures.tables import ReleasedTable
from danchu.kernel.chronicle import WHOLE, UnitId
from danchu.kernel.days import Period, today
from danchu.units.maps import boundaries

# Published numbers of years: {(indicator, unit, year): value}.
Numbers = Mapping[tuple[str, UnitId, Period], Fraction]
# A cell with the places that it is the sum of; () for one that is no sum of places.
PlacedCell = tuple[tuple[UnitId, ...], Cell]


@dataclass(frozen=True)
class Place:
    """What is published of a table at a province on a map: its `totals` by period, and the
    `numbers` of its parts and of the places inside it by year.
    """

    table: ReleasedTable
    unit_id: UnitId
    map_day: date
    totals: Mapping[Period, Fraction]
    numbers: Numbers = field(default_factory=dict)

    def beside(self, totals: Mapping[Period, Fraction], numbers: Numbers | None = None) -> "Place":
        """The place after more was published."""
        return Place(
            self.table,
            self.unit_id,
            self.map_day,
            {**self.totals, **totals},
            {**self.numbers, **(numbers or {})},
        )

    @property
    def is_safe(self) -> bool:
        """Whether no small count follows from what is published."""
        return is_safe(self.totals, (cell for _places, cell in self.cells()))

    def cells(self) -> Iterator[PlacedCell]:
        """Whatever is published in part: places inside, the units of other maps that they are in,
        parts of the total, and what two parts must have in common.
        """
        by_place: dict[UnitId, dict[Period, Fraction]] = {}
        for (key, unit, year), value in self.numbers.items():
            if key == self.table.key and unit != self.unit_id and year in self.totals:
                by_place.setdefault(unit, {})[year] = value
        for places in {(unit,) for unit in by_place} | set(self._unions(by_place)):
            yield places, _sum_cells([by_place[unit] for unit in places])
        for breakdowns in self.table.breakdowns:
            sums = [list(self._sums(keys)) for keys in breakdowns]
            for cell in chain.from_iterable(sums):
                yield (), cell
            for first, second in combinations(sums, 2):
                for one, other in product(first, second):
                    yield (), self._common(one, other)

    def _unions(self, places: Collection[UnitId]) -> Iterator[tuple[UnitId, ...]]:
        """The published places that lie in one unit of another map, together."""
        if not places:
            return
        years = [period.last for period in self.totals]
        days = {min(day, today()) for day in (*years, self.map_day, today())}
        for day, level in product(sorted(days), ("district", "commune")):
            chart = boundaries(day)
            members: dict[UnitId, list[UnitId]] = {}
            for unit in sorted(places):
                for group, share in chart.place(unit, level).items():
                    if share == WHOLE and chart.level_of(group) == level:
                        members.setdefault(group, []).append(unit)
            yield from map(tuple, members.values())

    def _sums(self, keys: tuple[str, ...]) -> Iterator[Cell]:
        """The sums of some of the parts of a breakdown; what is in none of them is a part too."""
        parts: dict[str, dict[Period, Fraction]] = {}
        for year, total in self.totals.items():
            values = {key: self.numbers.get((key, self.unit_id, year)) for key in keys}
            present = {key: value for key, value in values.items() if value is not None}
            if len(present) == len(keys):
                rest = total - sum(present.values(), ZERO)
                for key, value in {**present, "": rest}.items():
                    parts.setdefault(key, {})[year] = value
        for count in range(1, len(parts)):
            for names in combinations(sorted(parts), count):
                yield _sum_cells([parts[name] for name in names])

    def _common(self, one: Cell, other: Cell) -> Cell:
        """What two parts of different breakdowns have in common at least, where that is more than
        nothing.
        """
        least = {year: one[year] + other[year] - self.totals[year] for year in one if year in other}
        return {year: value for year, value in least.items() if value > 0}


def _sum_cells(cells: Iterable[Cell]) -> dict[Period, Fraction]:
    sums: dict[Period, Fraction] = {}
    for cell in cells:
        for year, value in cell.items():
            sums[year] = sums.get(year, ZERO) + value
    return sums


def place_of(table: ReleasedTable, unit_id: UnitId, map_day: date) -> Place:
    """What is published at the unit on the map, of years in which it had the same land."""
    chart = boundaries(map_day)
    totals = {
        period: number.value
        for period, number in all_released(table.key, unit_id, map_day).items()
        if period in _periods_of(table.key, unit_id) or _has_same_land(unit_id, map_day, period)
    }
    rows = ReleasedFigure.objects.filter(
        key__in=table.keys, unit__among=array({unit_id, *chart.sources(unit_id)})
    ).values_list("key", "unit", "release__year", "value")
    numbers = {
        (key, unit, Period.year(year)): Fraction(value)
        for key, unit, year, value in rows
        if Period.year(year) in totals
    }
    return Place(table, unit_id, map_day, totals, numbers)


def _periods_of(key: str, unit_id: UnitId) -> set[Period]:
    rows = ReleasedPeriod.objects.filter(key=key, unit=unit_id).values_list("since", "until")
    return {Period(since, until) for since, until in rows}


def _has_same_land(unit_id: UnitId, map_day: date, year: Period) -> bool:
    """Whether the unit had the same land on the map of the end of a year, or was not there: then
    its number is a sum of units that have that land.
    """
    sources = boundaries(year.last).sources(unit_id)
    return not sources or sources == boundaries(map_day).sources(unit_id)


def safe_period_value(
    table: ReleasedTable, unit_id: UnitId, period: Period, map_day: date
) -> Fraction | None:
    """The total to publish for the period of a report at a unit; None where it is published, is not
    over, or must not be published. What follows from published numbers is their sum, so that late
    rows contradict none of them; anything else is counted now.
    """
    chart = boundaries(map_day)
    if period.until > today() or unit_id not in chart or chart.level_of(unit_id) != "province":
        return None
    if value_over(all_released(table.key, unit_id, map_day), period) is not None:
        return None
    place = place_of(table, unit_id, map_day)
    touched = {
        Period.year(year)
        for year in Release.objects.filter(table=table.key).values_list("year", flat=True)
        if _overlap(Period.year(year), period)
    }
    if touched - place.totals.keys() or _other_places(table.key, unit_id, map_day):
        return None
    value = Spans(place.totals).value(period)
    if value is None:
        value = figure(INDICATORS[table.key], unit_id, period, map_day).value
    if value is None or not place.beside({period: value}).is_safe:
        return None
    return value


def _other_places(key: str, unit_id: UnitId, map_day: date, during: Period | None = None) -> bool:
    """Whether a place that shares land with the unit, and is not the unit with the same land, has a
    published period (one that touches `during`, where it is given).
    """
    return any(
        unit != unit_id or sources != boundaries(map_day).sources(unit_id)
        for unit, sources in _periods_spanning(key, unit_id, map_day, during)
    )


def _periods_spanning(
    key: str, unit_id: UnitId, map_day: date, during: Period | None = None
) -> Iterator[tuple[UnitId, Mapping[UnitId, object]]]:
    """(unit, its sources) of each published period at a place that shares land with the unit."""
    land = boundaries(map_day).sources(unit_id).keys()
    rows = ReleasedPeriod.objects.filter(key=key)
    if during is not None:
        rows = rows.filter(since__lt=during.until, until__gt=during.since)
    for unit, day in rows.values_list("unit", "map_day").distinct():
        sources = boundaries(day).sources(unit)
        if land & sources.keys():
            yield unit, sources


def _overlap(one: Period, other: Period) -> bool:
    return one.since < other.until and other.since < one.until


@dataclass(frozen=True)
class YearBesidePeriods:
    """The publication of a year of a table beside the periods that are published: the provinces
    that have such a period in the year, of which `closed` stay unpublished.
    """

    year: Period
    places: dict[UnitId, Place]
    closed: frozenset[UnitId]

    @classmethod
    def of(
        cls, table: ReleasedTable, tree: Tree, year: Period, totals: Totals
    ) -> "YearBesidePeriods":
        """For the totals of a year that is about to be published, on the map of its last day."""
        places: dict[UnitId, Place] = {}
        closed = set()
        for province in tree.communes:
            if not any(_periods_spanning(table.key, province, year.last, year)):
                continue
            place = place_of(table, province, year.last)
            places[province] = place.beside({year: totals.get(province, ZERO)})
            if _other_places(table.key, province, year.last, year) or not places[province].is_safe:
                closed.add(province)
        return cls(year, places, frozenset(closed))

    def safe_communes(self, key: str, tree: Tree, published: Totals) -> Totals:
        """`published` without so many communes that none tells a small count beside the periods:
        of each cell that would, the smallest goes.
        """
        safe = dict(published)
        for province, place in self.places.items():
            inside = {unit: safe[unit] for unit in tree.communes[province] if unit in safe}
            for unit in _telling(place, key, self.year, inside):
                del safe[unit]
        return safe

    def closed_parts(self, keys: tuple[str, ...], parts: list[Totals]) -> frozenset[UnitId]:
        """The provinces of which this breakdown would tell a small count beside the periods."""
        telling = set(self.closed)
        for province, place in list(self.places.items()):
            values = [part.get(province, ZERO) for part in parts]
            numbers = {
                (key, province, self.year): value for key, value in zip(keys, values, strict=True)
            }
            after = place.beside({}, numbers)
            if after.is_safe:
                self.places[province] = after  # the next breakdown is judged beside this one
            else:
                telling.add(province)
        return frozenset(telling)


def _telling(place: Place, key: str, year: Period, communes: Totals) -> set[UnitId]:
    """The communes to leave out of the published ones of a year."""
    left_out: set[UnitId] = set()
    spans = Spans(place.totals)
    while True:
        rest = {unit: value for unit, value in communes.items() if unit not in left_out}
        numbers = {(key, unit, year): value for unit, value in rest.items()}
        telling = {
            min((rest[unit], unit) for unit in places if unit in rest)[1]
            for places, cell in place.beside({}, numbers).cells()
            if rest.keys() & set(places) and tells_of(spans, cell)
        }
        if not telling:
            return left_out
        left_out |= telling
