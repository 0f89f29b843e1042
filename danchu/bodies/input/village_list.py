"""A table of villages and residential groups: what opening all of them would do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.bodies.decrees import decree_of
from danchu.bodies.lives import VILLAGE
from danchu.kernel.text import fold, identity_key
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
from danchu.units.kinds import KINDS_OF, UnitKind
from danchu.units.models import Standing, Unit

LONGEST_NAME = 200
LONGEST_CODE = 12
COLUMNS = (
    *unit_columns(
        gettext_lazy("Mã của xã, phường, đặc khu, đủ số 0 đứng đầu."),
        "00004",
        gettext_lazy("Phường Ba Đình"),
    ),
    Column(
        "kind",
        gettext_lazy("Loại"),
        gettext_lazy("Thôn, Tổ dân phố, Khu phố, Ấp, Bản, Buôn…"),
        gettext_lazy("Tổ dân phố"),
        True,
    ),
    Column(
        "name",
        gettext_lazy("Tên"),
        gettext_lazy("Tên đầy đủ, ví dụ Tổ dân phố số 5."),
        gettext_lazy("Tổ dân phố số 5"),
        True,
    ),
    since_column(gettext_lazy("Từ ngày")),
    Column("code", gettext_lazy("Mã"), gettext_lazy("Mã riêng; có thể để trống.")),
    *decision_columns(gettext_lazy("12/NQ-HĐND")),
)


def read_villages(file, name, by):
    """The Outcome of an open binary file; `new` are the arguments of `open_village` with the id of
    the commune. Nothing is written. Refused where the file cannot be read at all.
    """
    table = Table(file, name, COLUMNS)
    lookup = Lookup(by)
    scope = by.scope("reorganise", VILLAGE)
    kinds = _kind_names()
    rows = [(row, _values(row, lookup, scope, kinds)) for row in table.rows()]
    names = {
        unit.pk: f"{unit.name} ({unit.code})"
        for unit in (values["unit"] for _row, values in rows)
        if unit
    }
    existing = _Existing(names)
    new, same = new_values(rows, existing)
    new = [{**values, "unit": values["unit"].pk} for values in new]
    return table.outcome(new, same, lambda values: names[values["unit"]])


def _kind_names():
    """{folded name or key: kind}"""
    kinds = [kind.value for kind in UnitKind if kind in KINDS_OF["village"]]
    return by_name(kinds, lambda kind: UnitKind(kind).label, str)


def _values(row, lookup, scope, kinds):
    """The arguments of `open_village`, with a UnitSpan; the row is not good where one is wrong."""
    since = row.read("since", day_of_cell)
    refusal = _("Ông/bà không có quyền lập thôn, tổ dân phố ở đơn vị này.")
    unit = unit_of_row(row, since, lookup, scope, refusal)
    if unit and unit.until is not None:
        row.report("unit_code", _("Xã, phường này đã kết thúc. Hãy dùng mã của nơi hiện nay."))
    kind = row.read("kind", text_of_cell)
    if kind is not None:
        kind = kinds.get(fold(kind))
        if kind is None:
            row.report("kind", _("Hãy ghi Thôn, Tổ dân phố, Khu phố, Ấp, Bản, Buôn…"))
    name = _text(row, "name", LONGEST_NAME)
    if name == "":
        row.report("name", _("Hãy nhập tên thôn, tổ dân phố."))
    decided_on = None
    if not is_empty(row.cells.get("decided_on", "")):
        decided_on = row.read("decided_on", day_of_cell)
    decision = row.read("decision", text_of_cell, "")
    decree = row.check(decree_of, unit.pk, decision, decided_on) if unit else ""
    return {
        "unit": unit,
        "kind": kind,
        "name": name,
        "since": since,
        "code": _text(row, "code", LONGEST_CODE),
        "decree": decree or "",
    }


def _text(row, key, most):
    text = row.read(key, text_of_cell)
    if text and len(text) > most:
        row.report(key, _("Dài quá %s ký tự. Hãy rút gọn.") % most)
    return text


class _Existing:
    """The villages of the communes, and those that earlier rows of the file open there."""

    def __init__(self, communes):
        rows = Standing.objects.filter(parent__in=list(communes), unit__level="village")
        self.names = {
            (parent, identity_key(name)): "there"
            for parent, name in rows.filter(until=None).values_list("parent_id", "name")
        }
        self.levels = dict(Unit.objects.filter(pk__in=list(communes)).values_list("pk", "level"))
        codes = Standing.objects.exclude(code="").filter(until=None)
        self.codes = set(codes.values_list("code", flat=True))

    def is_there(self, values):
        """Whether the commune has a village of the name, not from this file."""
        key = values["unit"].pk, identity_key(values["name"])
        return self.names.get(key) == "there"

    def accepts(self, row, values):
        """Whether the village can stand beside the others; else the row has Problems."""
        key = values["unit"].pk, identity_key(values["name"])
        if self.levels[values["unit"].pk] != "commune":
            row.report("unit_code", _("Thôn, tổ dân phố phải thuộc một xã, phường hoặc đặc khu."))
        if key in self.names:
            row.report("name", _("Trùng với dòng %s của tệp.") % self.names[key])
        if values["code"] and values["code"] in self.codes:
            row.report("code", _("Mã “{code}” đang dùng cho đơn vị khác.").format(**values))
        if row.is_good:
            self.names[key] = row.number
            self.codes.add(values["code"])
        return row.is_good
