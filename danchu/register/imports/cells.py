"""One row of a table: its cells read into the fields of an event, each bad cell named."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from danchu.kernel.days import DAWN, parse_day, show_day
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, fold
from danchu.people.actor import EVERYWHERE, reaches
from danchu.register.checking import checked
from danchu.register.imports.columns import FORM_NAMES, KIND_NAMES
from danchu.register.imports.known import KnownUnit
from danchu.register.kinds import KINDS
from danchu.register.models import NUMBERS

MOST_SHOWN = 60
# Where the day or the unit of a row cannot be read, its other cells are still looked at, with
# these.
STAND_IN = date(2000, 1, 1)
COUNTED = frozenset(NUMBERS)
# A cell taken away from here with the mark that makes it text to a spreadsheet comes back without
# it.
_GUARDED = ("'=", "'+", "'-", "'@")


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that must be changed: the row as numbered in the file, the column's key, what
    stood there, what to do.
    """

    row: int
    column: str
    value: str
    message: str


def read_row(number, typed, known):
    """(fields with kind, unit and body, []) of a row typed as {column: cell}, or (None, its
    problems).
    """
    problems = []

    def told(column, message):
        problems.append(Problem(number, column, str(typed.get(column, ""))[:MOST_SHOWN], message))

    fields = _texts_and_numbers(typed, told)
    kind = _kind(typed, told)
    if kind and fields.get("form"):
        fields["form"] = _form(kind, fields["form"], told)
    day = _day(typed.get("held_on", ""), told)
    unit = _unit(typed.get("unit_code", ""), kind, day, known, told) if day else None
    body = _body(typed.get("body", ""), unit, day, known, told) if unit else None
    if kind:
        fields["held_on"] = day or STAND_IN
        here = unit or KnownUnit(0, DAWN, None)
        fields = _against_the_rules(
            kind, here, body, fields, told, {problem.column for problem in problems}
        )
    return (
        (None, problems) if problems else ({**fields, "kind": kind, "unit": unit, "body": body}, [])
    )


def _texts_and_numbers(typed, told):
    fields = {}
    for column, cell in typed.items():
        if column in COUNTED:
            fields[column] = _count(column, cell, told)
        elif column in ("reference", "title", "place", "note", "form"):
            fields[column] = clean(_text(cell))
    if not fields.get("reference"):
        told("reference", _("Hãy ghi số hiệu của việc trong sổ: nhờ đó nhập lại không bị trùng."))
    return fields


def _text(cell):
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    return text[1:] if text.startswith(_GUARDED) else text


def _count(column, cell, told):
    if isinstance(cell, (bool, date | datetime)):
        told(column, _("Ô này phải là số nguyên."))
        return 0
    if isinstance(cell, float):
        cell = int(cell) if cell.is_integer() else repr(cell)
    text = str(cell).strip()
    if not text:
        return 0
    try:
        return parse_count(text)
    except Refused as refusal:
        told(column, refusal.message)
        return 0


def _kind(typed, told):
    name = fold(_text(typed.get("kind", "")))
    if name not in KIND_NAMES:
        told("kind", _("Không có loại việc này. Hãy dùng mã hoặc tên trong bảng các loại việc."))
        return None
    return KIND_NAMES[name]


def _form(kind, text, told):
    found = FORM_NAMES[kind].get(fold(text))
    if not found:
        forms = ", ".join(KINDS[kind].forms) or _("để trống")
        told("form", _("Loại việc này không có hình thức đó. Hãy dùng: %s.") % forms)
    return found or ""


def _day(cell, told):
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return parse_day(clean(_text(cell)))
    except Refused as refusal:
        told("held_on", refusal.message)
        return None


def _unit(cell, kind, day, known, told):
    if isinstance(cell, int | float):
        told("unit_code", _("Mã đơn vị phải là ô dạng chữ (Text), để giữ số 0 đứng đầu."))
        return None
    code = clean(cell)
    unit = known.unit(code, day)
    if unit is None:
        told(
            "unit_code",
            _("Ngày %s không có đơn vị mang mã này. Hãy dùng mã có hiệu lực vào ngày đó.")
            % show_day(day),
        )
        return None
    if kind and not reaches(known.may_import.get(kind, EVERYWHERE), unit.pk):
        told("unit_code", _("Ông/bà không có quyền nhập loại việc này ở đơn vị này."))
        return None
    return unit


def _body(cell, unit, day, known, told):
    text = clean(_text(cell))
    if not text:
        return None
    found = known.bodies_called(unit, text, day)
    if len(found) != 1:
        no = _("Đơn vị không có cơ quan này vào ngày đó.")
        several = _("Đơn vị có nhiều cơ quan loại này. Hãy ghi tên cơ quan.")
        told("body", several if found else no)
        return None
    return found[0]


def _against_the_rules(kind, unit, body, fields, told, already):
    """The fields as they may stand in the book; every rule they break is told, not the first
    alone, each cell once.
    """
    fields = dict(fields)
    for _again in range(len(fields) + 1):
        try:
            return checked(kind, unit, body, fields)
        except Refused as refusal:
            column = {"unit": "unit_code"}.get(refusal.field, refusal.field)
            if column not in already:
                told(column, refusal.message)
            if refusal.field in COUNTED:
                fields[refusal.field] = 0
            elif refusal.field in ("place", "note", "reference"):
                fields[refusal.field] = ""
            elif refusal.field == "title":
                fields["title"] = "–"
            else:
                return None
    return None
