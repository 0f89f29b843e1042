"""The tables of the reports of a province: lines, totals that open to their rows, and as files."""

from itertools import islice

from django.http import Http404
from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS, full_name, unit_of_measure
from danchu.look.pages import page
from danchu.look.sheets import csv_answer, written, xlsx_answer
from danchu.portal.question import question_in, value_of
from danchu.subjects.report_tables import first_lines, table_lines, totals_of
from danchu.subjects.room import rooms
from danchu.units.names import names_of

MOST = 200
# The order of the forms.
NUMBERS = ("I", "II", "III", "VIII")


def report_tables():
    """The tables of all rooms, in the order of the forms."""
    tables = [table for room in rooms() for table in room.report_tables]
    return sorted(tables, key=lambda table: NUMBERS.index(table.number))


def _table(key):
    table = next((one for one in report_tables() if one.key == key), None)
    if table is None:
        raise Http404
    return table


def _arguments(question):
    return question.unit.pk, question.period, question.map_day, question.actor


def report_table(request, key):
    """The table of one unit and period: at most MOST lines, all in its files."""
    table = _table(key)
    question = question_in(request)
    totals = totals_of(table, *_arguments(question))
    lines, is_cut = first_lines(table_lines(table, *_arguments(question)), MOST)
    names = names_of({(line.unit, line.day) for line in lines})
    return page(
        request,
        "portal/report_table.html",
        table=table,
        tables=report_tables(),
        question=question,
        rows=[_row(table, line, names[line.unit, line.day]) for line in lines],
        is_cut=is_cut,
        below=[(column, _total(question, totals, column.total)) for column in table.columns],
        totals=[_total(question, totals, key) for key in table.totals],
    )


def _row(table, line, where):
    """(where, share, cells) of a line: a cell is (column, value, the uid of the page it opens)."""
    cells = []
    for column in table.columns:
        value = column.read(line)
        if column.is_said and not line.is_readable:
            value = _("không công khai")
        is_link = column.links and line.is_readable and line.page
        cells.append((column, value, line.row.uid if is_link else None))
    return {"where": where, "line": line, "cells": cells}


def _total(question, totals, key):
    """{name, value, measure, url} of a total; None for a column without one."""
    if not key:
        return None
    total = question.at(indicator=INDICATORS[key])
    return {
        "name": full_name(INDICATORS[key]),
        "measure": unit_of_measure(INDICATORS[key]),
        "value": value_of(totals[key]),
        "url": total.url(),
    }


def _lines_of_file(table, question):
    """The cells of the files: all lines, then the totals below their columns."""
    lines = table_lines(table, *_arguments(question))
    while piece := list(islice(lines, MOST)):
        names = names_of({(line.unit, line.day) for line in piece})
        for line in piece:
            yield [
                names[line.unit, line.day],
                *("" if value is None else value for value in _values(table, line)),
            ]
    totals = totals_of(table, *_arguments(question))
    yield [_("Tổng"), *(_number(totals, column.total) for column in table.columns)]
    for key in table.totals:
        yield [full_name(INDICATORS[key]), _number(totals, key)]


def _values(table, line):
    return (column.read(line) for column in table.columns)


def _number(totals, key):
    """The value of a total for a file: "" for none, words where it is hidden."""
    value = value_of(totals[key]) if key else None
    if value is None or isinstance(value, str):
        return value or ""
    return int(value) if value.denominator == 1 else float(value)


def _head(table):
    return [_("Nơi"), *(str(column.label) for column in table.columns)]


def report_table_csv(request, key):
    """The table as CSV."""
    table = _table(key)
    question = question_in(request)
    rows = written(_lines_of_file(table, question))
    return csv_answer(f"bieu-{table.number}", _head(table), rows, private=False)


def report_table_xlsx(request, key):
    """The table as XLSX."""
    table = _table(key)
    question = question_in(request)
    rows = written(_lines_of_file(table, question))
    return xlsx_answer(f"bieu-{table.number}", _head(table), rows, private=False)
