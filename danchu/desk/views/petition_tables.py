"""The inspection sector's tables of one unit and period, each number opening to its rows."""

from datetime import timedelta

from django.utils.translation import gettext as _

from danchu.casework.queries.official_tables import TABLES, table_rows, to_be_processed
from danchu.desk.guard import official
from danchu.figures.blur import is_hidden
from danchu.kernel.days import Period, parse_day, show_day, today
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.people.offices_held import offices_of
from danchu.units.find import find_units, unit_from


def _asked(request):
    """(unit id, its words, period) of the address; the reader's own unit this year where
    nothing is asked.
    """
    text = request.GET.get("unit", "").strip()
    day = today()
    if text:
        found = find_units(text, day=day, limit=1)
        unit = found[0].id if found else unit_from(text).pk
    else:
        held = offices_of(request.actor)
        unit, text = (held[0][2], held[0][1]) if held else (None, "")
    since = (
        parse_day(request.GET["since"]) if request.GET.get("since") else day.replace(month=1, day=1)
    )
    last = parse_day(request.GET["last"]) if request.GET.get("last") else day
    if last < since:
        raise Refused(
            _("Kỳ phải có ít nhất một ngày: ngày bắt đầu phải trước ngày kết thúc."), "last"
        )
    return unit, text, Period(since, last + timedelta(days=1))


@official
def tables(request):
    """All tables on one page."""
    unit, text, period = _asked(request)
    with reading():
        found = (
            [
                (table, rows := table_rows(table, unit, period, today()), to_be_processed(rows))
                for table in TABLES
            ]
            if unit
            else []
        )
    told = [
        (
            table,
            [
                (number, name, None if is_hidden(one, request.actor) else one)
                for number, name, one in rows
            ],
            must,
        )
        for table, rows, must in found
    ]
    return page(
        request,
        "desk/petition_tables.html",
        tables=told,
        unit=text,
        since=show_day(period.since),
        last=show_day(period.last),
        unit_id=unit,
        period=period,
        query=request.GET.urlencode(),
    )


@official
def tables_csv(request):
    """The same as a file: table, column, name, value."""
    unit, _text, period = _asked(request)
    rows = []
    with reading():
        for table in TABLES if unit else ():
            rows += [
                [
                    table.name,
                    number,
                    name,
                    "" if is_hidden(one, request.actor) or one.value is None else str(one.value),
                ]
                for number, name, one in table_rows(table, unit, period, today())
            ]
    return csv_answer("bieu-don-thu", [_("Biểu"), _("Cột"), _("Chỉ tiêu"), _("Số liệu")], rows)
