"""Publishes the sensitive figures of a year, and totals for the period of a report: once, after it
has closed.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.figures.answer import by_unit, figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.models import Release, ReleasedFigure, ReleasedPeriod
from danchu.figures.released import release_day
from danchu.figures.report_periods import YearBesidePeriods, safe_period_value
from danchu.figures.suppression import Totals, Tree, safe_parts, safe_totals
from danchu.figures.tables import ReleasedTable, released_tables, table_of_total
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period, show_day, today
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused, require
from danchu.units.maps import boundaries

Numbers = dict[tuple[str, UnitId], Fraction]
LOCK = 2026112902  # advisory lock of whoever publishes: two that are safe alone may not be together


@transaction.atomic
def release_year(year: int, *, by: Acting) -> int:
    """Publish the tables of the year that were not published yet. Returns how many numbers are new.
    A table of which no number can be published is tried again next time.

    Denied without the right to seal reports of the whole country; Refused before the day of
    publication.
    """
    require(by.may("seal", "report", None), _("Ông/bà không có quyền công bố số liệu."))
    if today() < release_day(year):
        raise Refused(
            _("Số liệu năm {year} chỉ công bố từ ngày {day}, khi năm đã khép.").format(
                year=year, day=show_day(release_day(year))
            ),
            "year",
        )
    _lock()
    last = Period.year(year).last
    earlier = set(Release.objects.filter(year=year).values_list("table", flat=True))
    count = 0
    for table in released_tables():
        if table.key in earlier:
            continue
        with reading():  # each sum is read once: total and places are of one moment
            numbers = _numbers(table, year)
        if not numbers:
            continue
        release = Release.objects.create(
            table=table.key, year=year, map_day=last, released_on=today()
        )
        ReleasedFigure.objects.bulk_create(
            ReleasedFigure(release=release, key=key, unit_id=unit, value=str(value))
            for (key, unit), value in sorted(numbers.items())
        )
        count += len(numbers)
    if count:
        record(by, "figures.released", None, year=year)
    return count


@transaction.atomic
def release_periods(
    totals: Iterable[tuple[str, Period]], unit_id: UnitId, map_day: date, *, by: Acting
) -> int:
    """Publish totals of a province, (indicator, period of a report) each, on the map of `map_day`.
    Returns how many numbers are new. Left out is what cannot be published, now or ever
    (`report_periods.safe_period_value`), and what is no total of a table.

    Denied without the right to seal reports of the unit.
    """
    require(by.may("seal", "report", unit_id), _("Ông/bà không có quyền công bố số liệu."))
    _lock()
    count = 0
    for key, period in totals:
        table = table_of_total(key)
        with reading(anew=True):  # what was published a moment ago counts
            value = table and safe_period_value(table, unit_id, period, map_day)
        if value is None:
            continue
        ReleasedPeriod.objects.create(
            key=key,
            unit_id=unit_id,
            since=period.since,
            until=period.until,
            map_day=map_day,
            value=str(value),
            released_on=today(),
        )
        count += 1
    if count:
        record(by, "figures.released", None, unit=unit_id)
    return count


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _numbers(table: ReleasedTable, year: int) -> Numbers:
    """`{(key, unit): value}` of what the table publishes for the year."""
    period = Period.year(year)
    chart = boundaries(period.last)
    nations = chart.units_at("nation")
    if len(nations) != 1:
        return {}
    communes = {
        province: tuple(
            unit for unit in chart.within(province) if chart.level_of(unit) == "commune"
        )
        for province in chart.units_at("province")
    }
    tree = Tree(nations[0], communes)
    if table.parts:
        tree = Tree(nations[0], dict.fromkeys(communes, ()))
    totals = _totals(table.key, tree, period)
    beside = YearBesidePeriods.of(table, tree, period, totals)
    numbers = _published(table, tree, totals, beside)
    if table.twin and _totals(table.twin.key, tree, period) == totals:
        numbers |= _published(table.twin, tree, totals, beside)
    return numbers


def _published(
    table: ReleasedTable, tree: Tree, totals: Totals, beside: YearBesidePeriods
) -> Numbers:
    published = safe_totals(tree, totals, beside.closed)
    published = beside.safe_communes(table.key, tree, published)
    numbers = {(table.key, unit): value for unit, value in published.items()}
    for keys in table.parts:
        parts = [_totals(key, tree, beside.year) for key in keys]
        closed = beside.closed_parts(keys, parts)
        for unit, values in safe_parts(tree, totals, published, parts, closed).items():
            numbers |= {(key, unit): value for key, value in zip(keys, values, strict=True)}
    return numbers


def _totals(key: str, tree: Tree, period: Period) -> Totals:
    """The values of an indicator at all places of the tree, without those that are 0."""
    indicator = INDICATORS[key]
    levels = ("province", "commune") if any(tree.communes.values()) else ("province",)
    totals: Totals = {}
    for level in reversed(levels):
        for answer in by_unit(indicator, tree.nation, period, period.last, level):
            if not answer.own and answer.value:  # a province's own rows are not its total
                totals[answer.unit_id] = answer.value
    whole = figure(indicator, tree.nation, period, period.last).value
    return totals | ({tree.nation: whole} if whole else {})
