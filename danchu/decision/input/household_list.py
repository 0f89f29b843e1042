"""A table of households of villages: what writing all of them would do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.decision.input.household_fields import clean_household
from danchu.decision.lives import ROLL
from danchu.decision.models import Household
from danchu.kernel.days import show_day
from danchu.register.imports.tables import Column, Table, new_values, since_column
from danchu.register.imports.typed_cells import count_of_cell, day_of_cell, text_of_cell
from danchu.subjects.fields import unit_at
from danchu.units.names import names_of

MOST_ROWS = 20_000
COLUMNS = (
    Column(
        "unit",
        gettext_lazy("Thôn, tổ dân phố"),
        gettext_lazy("Tên hoặc mã của thôn, tổ dân phố."),
        gettext_lazy("Tổ dân phố số 5"),
        True,
    ),
    Column(
        "number",
        gettext_lazy("Số của hộ"),
        gettext_lazy("Số thứ tự của hộ trong thôn, mỗi hộ một số."),
        "12",
        True,
    ),
    Column(
        "representative",
        gettext_lazy("Người đại diện"),
        gettext_lazy("Họ và tên; để trống là hộ không có người đại diện."),
        gettext_lazy("Trần Văn An"),
    ),
    Column(
        "ground",
        gettext_lazy("Căn cứ đại diện"),
        gettext_lazy("Chỉ ghi khi người khác thay mặt hộ, ví dụ: hộ thống nhất cử."),
    ),
    Column(
        "address",
        gettext_lazy("Địa chỉ"),
        gettext_lazy("Có thể để trống."),
        gettext_lazy("Ngõ 5, số 12"),
    ),
    since_column(gettext_lazy("Tính từ ngày")),
)


def may_write_some(actor):
    """Whether the actor may write the roll of some village."""
    return actor.scope("draft", ROLL) != frozenset()


def read_households(file, name, by):
    """The Outcome of an open binary file; `new` are the fields of households with the id of the
    village. Nothing is written. Refused where the file cannot be read at all.
    """
    table = Table(file, name, COLUMNS, most=MOST_ROWS)
    villages = _Villages(by.scope("draft", ROLL))
    rows = [(row, _values(row, villages)) for row in table.rows()]
    places = {values["unit"] for _row, values in rows if values["unit"] is not None}
    new, same = new_values(rows, _Existing(places))
    new = [{**values, "unit": values["unit"].pk} for values in new]
    names = names_of({(values["unit"], values["since"]) for values in new})
    return table.outcome(new, same, lambda values: names[values["unit"], values["since"]])


class _Villages:
    """The village that a cell means on a day; each text is looked up once."""

    def __init__(self, scope):
        self.scope = scope
        self.meant = {}

    def at(self, text, day):
        if (text, day) not in self.meant:
            self.meant[text, day] = unit_at(text, day, self.scope)
        return self.meant[text, day]


def _values(row, villages):
    """The fields of a household; the row is not good where one is wrong."""
    since = row.read("since", day_of_cell)
    text = row.read("unit", text_of_cell, "")
    unit = row.check(villages.at, text, since, column="unit") if since and text else None
    if since and not text and row.is_good:
        row.report("unit", _("Hãy chọn một thôn hoặc tổ dân phố."))
    values = {
        "unit": unit,
        "number": row.read("number", count_of_cell),
        "since": since,
        **{key: row.read(key, text_of_cell, "") for key in ("representative", "ground", "address")},
    }
    if not row.is_good:
        return values
    return row.check(clean_household, **values) or values


class _Existing:
    """The households of the villages, and those that earlier rows of the file begin there."""

    def __init__(self, villages):
        rows = Household.objects.filter(unit__in=villages).order_by("pk")
        self.there = {}
        for one in rows:
            self.there.setdefault((one.unit_id, one.number), []).append(one)
        self.of_file = {}

    def is_there(self, values):
        """Whether the household stands in the roll with all of these fields."""
        key = values["unit"].pk, values["number"]
        return any(
            all(getattr(one, name) == value for name, value in values.items() if name != "unit")
            for one in self.there.get(key, ())
        )

    def accepts(self, row, values):
        """Whether the number is free from its day on; else the row has a Problem."""
        key = values["unit"].pk, values["number"]
        if key in self.of_file:
            row.report("number", _("Trùng với dòng %s của tệp.") % self.of_file[key])
        for one in self.there.get(key, ()):
            if one.until is None or one.until > values["since"]:
                row.report(
                    "number",
                    _("Danh sách đã có hộ số này, tính từ %s. Hãy sửa ở trang của hộ.")
                    % show_day(one.since),
                )
        if row.is_good:
            self.of_file[key] = row.number
        return row.is_good
