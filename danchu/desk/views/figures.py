"""The figures of the reader's place: every indicator of one year beside the year before."""

from datetime import date

from django.utils.translation import gettext as _

from danchu.desk.guard import official
from danchu.figures.answer import Figure
from danchu.figures.blur import seen_figure
from danchu.figures.catalogue import INDICATORS, unit_of_measure
from danchu.figures.comparison import has_unplaced, mark_words, marks_between
from danchu.kernel.addresses import number_in, year_in
from danchu.kernel.days import Period, today
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.kernel.words import language, local_name
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.people.offices_held import offices_of
from danchu.units.names import name_of

FIRST = 2004


@official
def figures(request):
    """The table of one unit and year; the unit is one where the reader holds an office."""
    offices = offices_of(request.actor)
    year = _year(request)
    unit = _unit(request, offices)
    rows = _rows(unit, year, request.actor) if unit else []
    return page(
        request,
        "desk/figures.html",
        offices=offices,
        unit=unit,
        year=year,
        rows=rows,
        note=_note(unit, year, rows) if unit else "",
        where=unit and name_of(unit, today()),
        years=range(today().year, today().year - 12, -1),
        since=date(year, 1, 1),
        last=Period.year(year).last,
    )


@official
def figures_csv(request):
    """The same table as CSV."""
    year = _year(request)
    unit = _unit(request, offices_of(request.actor))
    head = [
        _("Mã"),
        _("Chỉ tiêu"),
        _("Đơn vị tính"),
        str(year),
        str(year - 1),
        _("Trong đó bằng giấy"),
    ]
    lines = [
        [
            row["code"],
            row["name"],
            row["measure"],
            _cell(row["now"]),
            _cell(row["before"]),
            _cell(row["stated"]),
        ]
        for row in (_rows(unit, year, request.actor) if unit else ())
    ]
    return csv_answer(f"so-lieu-{year}", head, lines)


def _cell(value):
    if value is None:
        return None
    return str(value) if value.denominator == 1 else f"{float(value):.2f}".replace(".", ",")


def _year(request):
    text = request.GET.get("year", "")
    year = year_in(text, FIRST, today().year) if text else today().year
    if year is None:
        raise Refused(
            _("Năm phải từ %(first)s đến %(last)s.") % {"first": FIRST, "last": today().year},
            "year",
        )
    return year


def _unit(request, offices):
    own_units = [unit for _name, _where, unit in offices]
    number = number_in(request.GET.get("unit", ""))
    if number in own_units:
        return number
    return own_units[0] if own_units else None


def _rows(unit, year, actor):
    """One dict an indicator, in the order of the catalogue."""
    with reading():
        indicators = [indicator for indicator in INDICATORS.values() if indicator.kind != "outside"]
        return [
            _row(indicator, unit, year, actor)
            for indicator in sorted(
                indicators, key=lambda indicator: (indicator.code or "Z", indicator.key)
            )
        ]


def _note(unit, year, rows):
    """What must be said beside the two years, which the table compares: the law, and the map also
    where an amount of one of its rows cannot be placed.
    """
    some = next(iter(INDICATORS.values()))
    earlier, later = (Figure(some, unit, Period.year(y), today(), None) for y in (year - 1, year))
    marks = {mark for mark in marks_between(earlier, later) if mark != "method"}
    if any(row["is_unplaced"] for row in rows):
        marks.add("map")
    return mark_words(sorted(marks), language())


def _row(indicator, unit, year, actor):
    now, before = (
        seen_figure(indicator, unit, Period.year(y), today(), actor) for y in (year, year - 1)
    )
    return {
        "key": indicator.key,
        "code": indicator.code,
        "name": local_name(indicator),
        "measure": unit_of_measure(indicator),
        "ratio": indicator.kind == "ratio",
        "now": now.value,
        "before": before.value,
        "stated": now.stated,
        "is_unplaced": has_unplaced(before) or has_unplaced(now),
    }
