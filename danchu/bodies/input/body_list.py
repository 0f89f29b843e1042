"""A table of bodies: what opening all of them would do."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.text import fold
from danchu.people.actor import EVERYWHERE
from danchu.register.imports.lookup import Lookup
from danchu.register.imports.tables import (
    Column,
    Table,
    by_name,
    decision_columns,
    new_values,
    since_column,
    unit_columns,
)
from danchu.register.imports.typed_cells import day_of_cell, is_empty, text_of_cell
from danchu.register.imports.units_of_rows import unit_of_row
from danchu.units.bodies_at import BodiesAt, overlap
from danchu.units.body_checks import (
    check_kind_and_day,
    checked_code,
    checked_decision,
    checked_name,
)
from danchu.units.kinds import BodyKind, right_over
from danchu.units.models import BodyCode

COLUMNS = (
    *unit_columns(
        gettext_lazy("Mã đơn vị hành chính có hiệu lực vào ngày thành lập, đủ số 0 đứng đầu."),
        "00004",
        gettext_lazy("Phường Ba Đình"),
    ),
    Column(
        "kind",
        gettext_lazy("Loại tổ chức"),
        gettext_lazy("Tên loại như trong danh sách, ví dụ Ủy ban nhân dân, Trường học."),
        gettext_lazy("Ủy ban nhân dân"),
        True,
    ),
    Column(
        "name",
        gettext_lazy("Tên tổ chức"),
        gettext_lazy("Tên đầy đủ, tối đa 250 ký tự."),
        gettext_lazy("Ủy ban nhân dân phường Ba Đình"),
        True,
    ),
    since_column(gettext_lazy("Thành lập từ ngày")),
    Column(
        "code",
        gettext_lazy("Mã định danh"),
        gettext_lazy("Theo Quyết định 20/2020/QĐ-TTg; có thể để trống."),
        "H26.15",
    ),
    *decision_columns(gettext_lazy("12/QĐ-UBND")),
)


def read_bodies(file, name, by):
    """The Outcome of an open binary file; `new` are the arguments of `open_body` with the id of the
    unit. Nothing is written. Refused where the file cannot be read at all.
    """
    table = Table(file, name, COLUMNS)
    lookup = Lookup(by)
    kinds = _kind_names()
    rows = [(row, _values(row, lookup, kinds, by)) for row in table.rows()]
    existing = _Existing({values["unit"].pk for _row, values in rows if values["unit"]})
    new, same = new_values(rows, existing)
    names = {
        unit.pk: f"{unit.name} ({unit.code})"
        for unit in (values["unit"] for _row, values in rows)
        if unit
    }
    new = [{**values, "unit": values["unit"].pk} for values in new]
    return table.outcome(new, same, lambda values: names[values["unit"]])


def _kind_names():
    """{folded name or key: kind}"""
    return by_name(BodyKind.values, lambda kind: BodyKind(kind).label, str)


def _values(row, lookup, kinds, by):
    """The arguments of `open_body`, with a UnitSpan; the row is not good where one is wrong."""
    kind = _kind(row, kinds)
    since = row.read("since", day_of_cell)
    scope = by.scope("reorganise", right_over(kind)) if kind else EVERYWHERE
    denied = _("Ông/bà không có quyền lập tổ chức loại này ở đơn vị này.")
    unit = unit_of_row(row, since, lookup, scope, denied)
    if unit and kind and since:
        row.check(check_kind_and_day, unit, kind, since)
    name = row.read("name", text_of_cell)
    if name is not None:
        name = row.check(checked_name, name)
    code = row.read("code", text_of_cell, "")
    decided_on = None
    if not is_empty(row.cells.get("decided_on", "")):
        decided_on = row.read("decided_on", day_of_cell)
    decision = row.read("decision", text_of_cell, "")
    ground = row.check(checked_decision, decision, decided_on)
    return {
        "unit": unit,
        "kind": kind,
        "name": name,
        "since": since,
        "code": row.check(checked_code, code),
        "decision": ground.number if ground else "",
        "decided_on": ground.day if ground else None,
    }


def _kind(row, kinds):
    text = row.read("kind", text_of_cell)
    if text is None:
        return None
    kind = kinds.get(fold(text))
    if kind is None:
        labels = "; ".join(str(one.label) for one in BodyKind)
        row.report("kind", _("Không có loại tổ chức này. Hãy ghi một trong: %s.") % labels)
    return kind


class _Existing:
    """What there is at the units, and what earlier rows of the file open there."""

    def __init__(self, units):
        self.bodies = BodiesAt(units)
        self.codes = defaultdict(list)
        for code, since, until in BodyCode.objects.values_list("code", "since", "until"):
            self.codes[code].append((since, until))

    def is_there(self, values):
        """Whether the unit has a body of this kind and name on the day, not from this file."""
        unit = values["unit"]
        row = self.bodies.same_name(unit.pk, values["name"], values["since"], unit.until)
        return bool(row and row.body > 0 and row.kind == values["kind"])

    def accepts(self, row, values):
        """Whether the body can stand beside the others; else the row has Problems."""
        unit = values["unit"]
        since = values["since"]
        row.check(self.bodies.check_kind, unit.pk, values["kind"], since, unit.until)
        row.check(self.bodies.check_name, unit.pk, values["name"], since, unit.until)
        spans = self.codes[values["code"]] if values["code"] else []
        if any(overlap(since, unit.until, *span) for span in spans):
            row.report("code", _("Mã định danh này đang là của tổ chức khác, hoặc ở dòng khác."))
        if row.is_good:
            self.bodies.add(unit.pk, -row.number, values["kind"], values["name"], since, unit.until)
            spans.append((since, unit.until))
        return row.is_good
