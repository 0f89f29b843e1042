"""A table of people: what inviting all of them would do."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, BinaryIO

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold, sort_key
from danchu.people.giving import may_give
from danchu.people.models import Account, Holding, OfficeKind
from danchu.people.offices_held import office_name
from danchu.people.writes.accounts import valid_name
from danchu.register.imports.lookup import Lookup
from danchu.register.imports.tables import (
    Column,
    Outcome,
    Row,
    Table,
    by_name,
    new_values,
    since_column,
    unit_columns,
)
from danchu.register.imports.typed_cells import (
    day_of_cell,
    is_empty,
    telephone_of_cell,
    text_of_cell,
)
from danchu.register.imports.units_of_rows import unit_of_row
from danchu.staff.checking import check_days, valid_contact, valid_grounds
from danchu.staff.first import FIRST_OFFICES, is_first, why_not
from danchu.staff.models import Invitation
from danchu.staff.words import InvitationState
from danchu.units.maps import boundaries
from danchu.units.models import Unit

# Stands for a reason where the installation gives the office, once in a file.
FIRST = "first"
COLUMNS = (
    Column(
        "name",
        gettext_lazy("Họ và tên"),
        gettext_lazy("Như trong quyết định."),
        gettext_lazy("Nguyễn Thị Hạnh"),
        True,
    ),
    Column(
        "email",
        gettext_lazy("Thư điện tử"),
        gettext_lazy("Địa chỉ đăng nhập, mỗi người một địa chỉ. Không có thì ghi điện thoại."),
        "hanh@coquan.gov.vn",
    ),
    Column(
        "phone",
        gettext_lazy("Điện thoại"),
        gettext_lazy("Cần khi không có thư điện tử; người ấy tự ghi địa chỉ đăng nhập lúc nhận."),
        "0912345678",
    ),
    Column(
        "office",
        gettext_lazy("Chức trách"),
        gettext_lazy("Tên chức trách như ở trang “Mời người”."),
        gettext_lazy("Công chức văn phòng Ủy ban nhân dân"),
        True,
    ),
    *unit_columns(
        gettext_lazy("Mã đơn vị hành chính có hiệu lực vào ngày bắt đầu, đủ số 0 đứng đầu."),
        "00070",
        gettext_lazy("Phường Hoàn Kiếm"),
    ),
    since_column(gettext_lazy("Từ ngày")),
    Column(
        "last",
        gettext_lazy("Đến hết ngày"),
        gettext_lazy("Ngày cuối giữ chức trách; để trống nếu chưa định."),
    ),
    Column(
        "grounds",
        gettext_lazy("Căn cứ"),
        gettext_lazy("Số quyết định, ngày, cơ quan ban hành."),
        gettext_lazy("12/QĐ-UBND"),
        True,
    ),
)


def read_people(file: BinaryIO, name: str, by: Any) -> Outcome:
    """The Outcome of an open binary file; `new` are the arguments of `invite` with the keys of the
    office and the unit. Nothing is written. Refused where the file cannot be read at all.
    """
    table = Table(file, name, COLUMNS)
    lookup = Lookup(by)
    offices = _offices()
    rows = [(row, _values(row, lookup, offices, by)) for row in table.rows()]
    existing = _Existing(by, [values for _row, values in rows])
    new, same = new_values(rows, existing)
    words = {
        (name, kind.pk, unit.pk): f"{name}: {office_name(kind)}, {unit.name} ({unit.code})"
        for name, kind, unit in (
            (values["name"], values["office_kind"], values["unit"]) for values in new
        )
    }
    new = [
        {**values, "office_kind": values["office_kind"].pk, "unit": values["unit"].pk}
        for values in new
    ]
    return table.outcome(
        new, same, lambda values: words[values["name"], values["office_kind"], values["unit"]]
    )


def _offices() -> dict[str, OfficeKind]:
    """{folded name or key: OfficeKind}"""
    kinds = OfficeKind.objects.order_by("pk")
    return by_name(kinds, office_name, lambda kind: kind.pk)


def _values(row: Row, lookup: Lookup, offices: Mapping[str, OfficeKind], by: Any) -> dict[str, Any]:
    """The arguments of `invite`, with a UnitSpan; the row is not good where one is wrong."""
    since = row.read("since", day_of_cell)
    last = None
    if not is_empty(row.cells.get("last", "")):
        last = row.read("last", day_of_cell)
    denied = _("Ông/bà không có quyền giao chức trách ở đơn vị này.")
    unit = unit_of_row(row, since, lookup, by.scope("appoint", "office"), denied)
    until = last + timedelta(days=1) if last else None
    if unit and since:
        row.check(_check_days, unit, since, until)
    contact = _contact(row)
    text = row.read("name", text_of_cell)
    grounds = row.read("grounds", text_of_cell)
    return {
        "name": row.check(valid_name, text) if text is not None else None,
        **contact,
        "office_kind": _office(row, offices),
        "unit": unit,
        "since": since,
        "until": until,
        "grounds": row.check(valid_grounds, grounds) if grounds is not None else None,
    }


def _check_days(unit: Any, since: Any, until: Any) -> None:
    try:
        check_days(unit, since, until)
    except Refused as refusal:
        raise Refused(refusal.message, "last" if refusal.field == "until" else "since") from None


def _contact(row: Row) -> dict[str, str]:
    email = row.read("email", text_of_cell)
    phone = row.read("phone", telephone_of_cell)
    if email is None or phone is None:
        return {"email": "", "phone": ""}
    return row.check(valid_contact, email, phone) or {"email": "", "phone": ""}


def _office(row: Row, offices: Mapping[str, OfficeKind]) -> OfficeKind | None:
    text = row.read("office", text_of_cell)
    if text is None:
        return None
    kind = offices.get(fold(text))
    if kind is None:
        names = sorted({office_name(one) for one in offices.values()}, key=sort_key)
        row.report(
            "office", _("Không có chức trách này. Hãy ghi một trong: %s.") % "; ".join(names)
        )
    return kind


class _Existing:
    """The accounts, offices and invitations of the people of a table, what the actor may give, and
    what earlier rows of the file invite to.
    """

    def __init__(self, by: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        self.by = by
        emails = {values["email"] for values in rows if values["email"]}
        phones = {values["phone"] for values in rows if values["phone"]}
        accounts = Account.objects.filter(email__in=emails)
        self.is_open = dict(accounts.values_list("email", "is_active"))
        lasting = Q(until=None) | Q(until__gt=today())
        self.holdings = set(
            Holding.objects.filter(lasting, account__email__in=emails).values_list(
                "account__email", "office_kind", "unit"
            )
        )
        waiting = Invitation.objects.filter(state=InvitationState.OPEN).filter(
            Q(email__in=emails) | Q(email="", phone__in=phones)
        )
        self.invited = {
            (email or phone, kind, unit)
            for email, phone, kind, unit in waiting.values_list(
                "email", "phone", "office_kind", "unit"
            )
        }
        self.rows: dict[tuple[str, str, int], int] = {}
        self.first: dict[tuple[str, int], int] = {}
        self.reasons: dict[tuple[str, int], str] = {}
        self.chart = boundaries(today())

    def is_there(self, values: Mapping[str, Any]) -> bool:
        """Whether the person holds the office there, or is invited to it, not by this file."""
        key = _key(values)
        return key in self.invited or key in self.holdings

    def accepts(self, row: Row, values: Mapping[str, Any]) -> bool:
        """Whether the person can be invited beside the others; else the row has Problems."""
        key = _key(values)
        if self.is_open.get(values["email"]) is False:
            row.report("email", _("Tài khoản dùng địa chỉ này đã đóng: hãy nhờ quản trị mở lại."))
        if key in self.rows:
            column = "email" if values["email"] else "phone"
            row.report(column, _("Trùng với dòng %s của tệp.") % self.rows[key])
        reason = self._why_not(values["office_kind"], values["unit"].pk)
        if reason:
            row.report("office", reason)
        if row.is_good:
            self.rows[key] = row.number
            kind = values["office_kind"].pk
            if kind in FIRST_OFFICES:
                self.first[kind, values["unit"].pk] = row.number
        return row.is_good

    def _why_not(self, kind: OfficeKind, unit_id: int) -> str:
        """Why the actor may not invite to the office there, "" where they may; after the earlier
        rows of the file.
        """
        pair = kind.pk, unit_id
        if pair not in self.reasons:
            self.reasons[pair] = self._reason(kind, unit_id)
        if self.reasons[pair] == FIRST:
            for place in (unit_id, *self.chart.ancestors(unit_id)):
                if (kind.pk, place) in self.first:
                    return (
                        _(
                            "Dòng %s đã mời người đầu tiên giữ chức trách này ở đây hoặc ở cấp "
                            "trên. Hãy bỏ dòng này; người ấy nhận xong sẽ mời tiếp."
                        )
                        % self.first[kind.pk, place]
                    )
            return ""
        return self.reasons[pair]

    def _reason(self, kind: OfficeKind, unit_id: int) -> str:
        if may_give(self.by, kind, unit_id):
            return ""
        unit = Unit.objects.get(pk=unit_id)
        return FIRST if is_first(self.by, kind, unit) else why_not(self.by, kind, unit)


def _key(values: Mapping[str, Any]) -> tuple[str, str, int]:
    """Who is invited to which office where."""
    return values["email"] or values["phone"], values["office_kind"].pk, values["unit"].pk
