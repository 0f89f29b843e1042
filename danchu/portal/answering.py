"""The public table of who answers petitions and how fast, by cohort: of the petitions received in
a year, whenever they were answered.
"""

from dataclasses import dataclass

from danchu.figures.blur import is_exact, last_release, seen_by_unit
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.addresses import year_in
from danchu.kernel.days import Period, today
from danchu.kernel.reading import reading
from danchu.portal.query import place_in
from danchu.portal.question import nation
from danchu.subjects.first_rows import FirstRows, first_rows
from danchu.units.maps import boundaries
from danchu.units.names import names_on

COLUMNS = ("files_received", "files_in_time", "files_late", "files_open")
BELOW = {
    "nation": "province",
    "province": "commune",
    "commune": "commune",
    "district": "commune",
    "village": "village",
}
LINES = 200


@dataclass(frozen=True)
class Answering:
    """`place` is the unit as typed; `lines` are (unit id, name, [value of each of COLUMNS, None
    where it is not public]).
    """

    unit: int
    name: str
    year: int
    years: list
    lines: FirstRows
    place: str


def answering(request):
    """The table for an address: of the units below `unit` (by default the nation), in `year` (by
    default the last of which the reader may see figures).
    """
    place = request.GET.get("unit", "").strip()
    day = today()
    top = place_in(request, place, day) if place else nation()
    newest = day.year
    if top is not None and not is_exact(INDICATORS[COLUMNS[0]], top.pk, request.actor):
        newest = last_release()
    year = year_in(request.GET.get("year"), 2020, newest) or newest
    years = list(range(newest, 2019, -1))
    if top is None or top.pk not in boundaries(day):
        return Answering(0, "", year, years, FirstRows([], 0), place)
    with reading():
        names = names_on(day)
        level = BELOW[top.level]
        tables = [
            {
                figure.unit_id: figure.value
                for figure in seen_by_unit(
                    INDICATORS[key], top.pk, Period.year(year), day, level, request.actor
                )
            }
            for key in COLUMNS
        ]
        units = first_rows(sorted(tables[0], key=lambda unit: -tables[0][unit]), LINES, request.GET)
        lines = units.each(
            lambda unit: (
                unit,
                names[unit].name if unit in names else "",
                [
                    table.get(unit, 0 if is_exact(INDICATORS[key], unit, request.actor) else None)
                    for key, table in zip(COLUMNS, tables, strict=True)
                ],
            )
        )
    return Answering(
        top.pk, names[top.pk].name if top.pk in names else "", year, years, lines, place
    )
