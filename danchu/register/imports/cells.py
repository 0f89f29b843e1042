"""Reads one row of a table into the fields of an event and reports each bad cell."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from danchu.kernel.days import DAWN
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.people.actor import EVERYWHERE, reaches
from danchu.register.checking import EMPTY, broken_rules
from danchu.register.imports.columns import FORM_NAMES, KIND_NAMES
from danchu.register.imports.lookup import UnitSpan
from danchu.register.imports.typed_cells import (
    count_of_cell,
    day_of_cell,
    is_empty,
    shown,
    text_of_cell,
)
from danchu.register.imports.units_written import unit_written
from danchu.register.kinds import KINDS
from danchu.register.models import NUMBERS

MOST_VALUE = 60
MOST_BODIES = 8
# Checks the other cells of a row whose day cannot be read.
STAND_IN = date(2000, 1, 1)
NUMBER_COLUMNS = frozenset(NUMBERS)
TEXT_COLUMNS = ("reference", "title", "place", "note", "form")
# The names of kinds and forms stand in thousands of rows.
_folded = lru_cache(maxsize=1_000)(fold)


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell to change: the row as numbered in the file, the key of the column, its value, and what
    to do.
    """

    row: int
    column: str
    value: str
    message: str


def fields_of(columns):
    """[name] of the fields but unit and body that `read_row` may give for rows of these columns."""
    return ["kind", "held_on", *(name for name in (*TEXT_COLUMNS, *NUMBERS) if name in columns)]


def read_row(number, row, lookup):
    """(fields with kind, unit and body, []) of a row {column: cell}, or (None, [Problem])."""
    problems = []

    def report(column, message):
        problems.append(Problem(number, column, shown(row.get(column, ""))[:MOST_VALUE], message))

    fields = _texts_and_numbers(row, report)
    kind = _kind(row, report)
    if kind and fields.get("form"):
        fields["form"] = _form(kind, fields["form"], report)
    day = _value(day_of_cell, "held_on", row.get("held_on", ""), report, None)
    unit = _unit(row, kind, day, lookup, report)
    body_name = _value(text_of_cell, "body", row.get("body", ""), report, "")
    body = _body(body_name, unit, day, lookup, report) if unit and body_name else None
    if kind:
        fields["held_on"] = day or STAND_IN
        here = unit or UnitSpan(0, DAWN, None)
        fields = _check_rules(
            kind, here, body, fields, report, {problem.column for problem in problems}
        )
    return (
        (None, problems) if problems else ({**fields, "kind": kind, "unit": unit, "body": body}, [])
    )


def _texts_and_numbers(row, report):
    fields = {}
    for column, cell in row.items():
        if column in NUMBER_COLUMNS:
            fields[column] = _value(count_of_cell, column, cell, report, 0)
        elif column in TEXT_COLUMNS:
            fields[column] = _value(text_of_cell, column, cell, report, "")
    if is_empty(row.get("reference", "")):
        report("reference", _("Hãy ghi số hiệu của việc trong sổ: nhờ đó nhập lại không bị trùng."))
    return fields


def _value(read, column, cell, report, instead):
    """What `read` makes of the cell; `instead`, with a problem reported, where it refuses."""
    if cell == "" and instead is not None:
        return instead  # most cells
    try:
        return read(cell)
    except Refused as refusal:
        report(column, refusal.message)
        return instead


def _kind(row, report):
    text = _value(text_of_cell, "kind", row.get("kind", ""), report, None)
    if text is None:
        return None
    if not text:
        report("kind", _("Hãy ghi mã hoặc tên loại việc, xem bảng các loại việc."))
        return None
    name = _folded(text)
    if name not in KIND_NAMES:
        report("kind", _("Không có loại việc này. Hãy dùng mã hoặc tên trong bảng các loại việc."))
        return None
    return KIND_NAMES[name]


def _form(kind, text, report):
    form = FORM_NAMES[kind].get(_folded(text))
    if not form:
        forms = ", ".join(KINDS[kind].forms) or _("để trống")
        report("form", _("Loại việc này không có hình thức đó. Hãy dùng: %s.") % forms)
    return form or ""


def _unit(row, kind, day, lookup, report):
    """The UnitSpan of a row. Without a day a code has no meaning; what is wrong with its cell is
    reported all the same.
    """
    text = _value(text_of_cell, "unit_code", row.get("unit_code", ""), report, None)
    name = _value(text_of_cell, "unit_name", row.get("unit_name", ""), report, None)
    if text == "":
        report("unit_code", _("Hãy ghi mã của đơn vị, đủ số 0 đứng đầu."))
    if not text or name is None or day is None:
        return None
    scope = lookup.may_import.get(kind, EVERYWHERE) if kind else EVERYWHERE
    try:
        unit = unit_written(text, name, day, lookup, scope)
    except Refused as refusal:
        for one in refusal.every:
            report(one.field or "unit_code", one.message)
        return None
    if not reaches(scope, unit.pk):
        report("unit_code", _("Ông/bà không có quyền nhập loại việc này ở đơn vị này."))
        return None
    return unit


def _body(name, unit, day, lookup, report):
    bodies = lookup.bodies_named(unit, name, day)
    if len(bodies) != 1:
        several = _("Đơn vị có nhiều cơ quan loại này. Hãy ghi tên cơ quan.")
        report("body", several if bodies else _no_body(unit, day, lookup))
        return None
    return bodies[0]


def _no_body(unit, day, lookup):
    names = lookup.body_names(unit, day)
    if not names:
        return _("Đơn vị không có cơ quan nào vào ngày đó. Hãy để trống.")
    return _(
        "Đơn vị không có cơ quan này vào ngày đó. Hãy ghi một trong các cơ quan sau, hoặc để "
        "trống: %s."
    ) % "; ".join(names[:MOST_BODIES])


def _check_rules(kind, unit, body, fields, report, reported):
    """The fields, or None. Reports every rule they break, once for each cell; `reported` are the
    columns that have a problem already, whose fields are not judged again.
    """
    judged = EMPTY | fields
    for name in reported:
        judged.pop(name, None)
    for refusal in broken_rules(kind, unit, body, judged):
        column = {"unit": "unit_code"}.get(refusal.field, refusal.field)
        if column not in reported:
            report(column, refusal.message)
            reported.add(column)
    return None if reported else fields
