"""Publishes the sensitive figures of a year: once, after it has closed."""

from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.figures.answer import by_unit, figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.models import Release, ReleasedFigure
from danchu.figures.released import release_day
from danchu.figures.suppression import Totals, Tree, safe_parts, safe_totals
from danchu.figures.tables import ReleasedTable, released_tables
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import Period, show_day, today
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused, require
from danchu.units.maps import boundaries

Numbers = dict[tuple[str, UnitId], Fraction]


@transaction.atomic
def release_year(year: int, *, by: Acting) -> int:
    """Publish the tables of the year that were not published yet; how many numbers are new. A table
    of which no number can be published is tried again next time.

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
    numbers = _published(table, tree, period, totals)
    if table.twin and _totals(table.twin.key, tree, period) == totals:
        numbers |= _published(table.twin, tree, period, totals)
    return numbers


def _published(table: ReleasedTable, tree: Tree, period: Period, totals: Totals) -> Numbers:
    published = safe_totals(tree, totals)
    numbers = {(table.key, unit): value for unit, value in published.items()}
    for keys in table.parts:
        parts = [_totals(key, tree, period) for key in keys]
        for unit, values in safe_parts(tree, totals, published, parts).items():
            numbers |= {(key, unit): value for key, value in zip(keys, values, strict=True)}
    return numbers


def _totals(key: str, tree: Tree, period: Period) -> Totals:
    """The values of an indicator at all places of the tree, without those that are 0."""
    indicator = INDICATORS[key]
    levels = ("province", "commune") if any(tree.communes.values()) else ("province",)
    totals: Totals = {}
    for level in reversed(levels):
        for answer in by_unit(indicator, tree.nation, period, period.last, level):
            if answer.unit_id != tree.nation and answer.value:
                totals.setdefault(answer.unit_id, answer.value)
    whole = figure(indicator, tree.nation, period, period.last).value
    return totals | ({tree.nation: whole} if whole else {})
