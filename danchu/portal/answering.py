"""The public table of who answers petitions and how fast, by cohort: of the petitions received in
a year, whenever they were answered.
"""

from dataclasses import dataclass

from danchu.figures.answer import by_unit
from danchu.figures.blur import hidden_units
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.addresses import year_in
from danchu.kernel.days import Period, today
from danchu.kernel.reading import reading
from danchu.portal.question import nation
from danchu.units.maps import boundaries
from danchu.units.named import unit_named
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
    """`place` is the unit as typed; `lines` are (unit id, name, [value of each of COLUMNS], or None
    where the counts are hidden).
    """

    unit: int
    name: str
    year: int
    years: list
    lines: list
    place: str


def answering(request):
    """The table for an address: of the units below `unit` (by default the nation), in `year` (by
    default this one).
    """
    place = request.GET.get("unit", "").strip()
    day = today()
    top = unit_named(place, day) if place else nation()
    year = year_in(request.GET.get("year"), 2020, day.year) or day.year
    years = list(range(day.year, 2019, -1))
    if top is None or top.pk not in boundaries(day):
        return Answering(0, "", year, years, [], place)
    with reading():
        names = names_on(day)
        level = BELOW[top.level]
        tables = [
            {f.unit_id: f for f in by_unit(INDICATORS[key], top.pk, Period.year(year), day, level)}
            for key in COLUMNS
        ]
        hidden = set().union(
            *(hidden_units(list(table.values()), request.actor) for table in tables)
        )
        units = sorted(tables[0], key=lambda unit: -tables[0][unit].value)[:LINES]
        lines = [
            (
                unit,
                names[unit].name if unit in names else "",
                None
                if unit in hidden
                else [table[unit].value if unit in table else 0 for table in tables],
            )
            for unit in units
        ]
    return Answering(
        top.pk, names[top.pk].name if top.pk in names else "", year, years, lines, place
    )
