"""People at the desk: who holds which office where, their page, what can be done with it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import day_of, show_instant, today
from danchu.people.actions import close_account, reactivate_account
from danchu.people.models import Account, Delegation, Holding
from danchu.people.offices_held import office_name
from danchu.staff import actions
from danchu.staff.lives import ACTIVE, CLOSED, PERSON_LIFE, account_state, open_reset
from danchu.staff.people_of import (
    delegable_rights,
    deputies_of,
    offices_beside,
    people_opened_by,
    people_under,
    unfinished,
    unfinished_delegations,
)
from danchu.staff.right_words import words_of_right
from danchu.staff.sections.fields import office_choices
from danchu.staff.sections.person_forms import (
    DelegationForm,
    DeputyForm,
    EndDelegationForm,
    EndForm,
    GiveForm,
    delegate,
    deputise,
    end,
    end_delegated,
    give,
)
from danchu.staff.words import ACCOUNT_STATES
from danchu.subjects.columns import state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ReasonForm
from danchu.subjects.listing import Column, Line, Listing
from danchu.subjects.sections import Act, Link, Record, Section, may_begin
from danchu.units.names import names_of

NO_OFFICE = "idle"


class HeldAt(Place):
    """People who hold or held an office at a place."""

    def filter(self, qs: QuerySet[Account], value: Any) -> QuerySet[Account]:
        if value is None:
            return qs
        holdings = Holding.objects.filter(unit__among=value)
        return qs.filter(pk__in=holdings.values("account"))


class OfOffice(Choice):
    """People who hold an office of a kind today."""

    def __init__(self) -> None:
        super().__init__((), _("Chức trách"), "office")

    def read_choices(self) -> Any:
        return office_choices()

    def filter(self, qs: QuerySet[Account], value: str) -> QuerySet[Account]:
        if not value:
            return qs
        holdings = Holding.objects.in_force(today()).filter(office_kind=value)
        return qs.filter(pk__in=holdings.values("account"))


def _idle(rows: QuerySet[Account]) -> QuerySet[Account]:
    holdings = Holding.objects.in_force(today())
    return rows.filter(is_active=True).exclude(pk__in=holdings.values("account"))


def _state_word(account: Account) -> Any:
    return ACCOUNT_STATES[account_state(account)]


def _tag(line: Line) -> str:
    return "" if line.row.is_active else "withdrawn"


def _facts(account: Account, actor: Any) -> dict[str, Any]:
    """What the person holds and held, delegates and was delegated, newest first."""
    day = today()
    holdings = list(
        account.holdings.select_related("office_kind", "deputy_of__account").order_by(
            "-since", "-pk"
        )
    )
    names = names_of({(row.unit_id, day) for row in holdings})
    deputies = deputies_of(holdings)
    lent = Delegation.objects.filter(to=account).select_related("giver__account")
    return {
        "holdings": [
            (
                office_name(row.office_kind),
                names[row.unit_id, day],
                row,
                _span_state(row, day),
                deputies.get(row.pk, ()),
            )
            for row in holdings
        ],
        "passed_on": [
            (words_of_right(row.verb, row.kind), row.to.name, row)
            for row in unfinished_delegations(account)
        ],
        "received": [
            (words_of_right(row.verb, row.kind), row.giver.account.name, row)
            for row in lent.filter(until__gt=day).order_by("since", "pk")
        ],
        "reset": (reset := open_reset(account)),
        "reset_at": reset and show_instant(reset.asked_at),
        "opened_on": day_of(account.created_at),
        "is_own": actor.account_id == account.pk,
        "may_see_list": actor.scope("appoint", "office") != frozenset(),
    }


def _span_state(holding: Holding, day: Any) -> Any:
    if holding.until is not None and holding.until <= max(day, holding.since):
        return _("đã hết")
    return _("sắp tới") if holding.since > day else _("đang giữ")


LISTING = Listing(
    name="people",
    title=_("Người và chức trách"),
    lead=_("Ai giữ chức trách nào, ở đâu. Mở tên một người để giao, kết thúc, ủy quyền."),
    rows=people_under,
    allows=may_begin("appoint", "office"),
    denied=_("Chức trách của ông/bà không giao chức trách cho người khác."),
    placed=lambda account: (account.seat, today()),
    more=offices_beside,
    columns=(
        Column("name", _("Họ và tên"), sort="name", links=True, under=lambda line: line.row.email),
        Column("email", _("Thư điện tử"), on_page=False),
        Column("offices", _("Chức trách hiện giữ"), lambda line: line.more.get("offices", "")),
        Column(
            "created_at",
            _("Mở tài khoản ngày"),
            lambda line: day_of(line.row.created_at),
            sort="created_at",
        ),
        state_column(lambda line: _state_word(line.row), tag=_tag),
    ),
    filters={
        "unit": HeldAt(),
        "office": OfOffice(),
        "state": Choice(
            (
                (ACTIVE, _("Đang mở")),
                (NO_OFFICE, _("Chưa giữ chức trách nào")),
                (CLOSED, _("Đã đóng")),
            ),
            _("Trạng thái"),
            conditions={
                ACTIVE: lambda rows: rows.filter(is_active=True),
                NO_OFFICE: _idle,
                CLOSED: lambda rows: rows.filter(is_active=False),
            },
        ),
        "since": Since("created_at", of_instants=True, label=_("Mở từ ngày")),
        "last": Last("created_at", of_instants=True, label=_("Mở đến ngày")),
        "q": Words("name", "email", label=_("Tên hoặc thư điện tử"), is_of_names=True),
    },
    in_body=("q",),
    sorted_by="name",
    file_name="nguoi-va-chuc-trach",
    empty=_("Không có ai."),
    advice=_("Mời người vào một chức trách ở trang “Giấy mời”."),
)

PEOPLE = Section(
    one="person",
    key="pk",
    listing=LISTING,
    life=PERSON_LIFE,
    template="staff/people.html",
    is_secret=True,
    links=(
        Link("desk_account_invitations", _("Giấy mời")),
        Link("desk_rights", _("Ai được làm gì")),
        Link("desk_setup", _("Thiết lập"), lambda actor: actor.may("appoint", "office", None)),
    ),
    record=Record(
        template="staff/person.html",
        rows=people_opened_by,
        title=lambda account: account.name,
        state=_state_word,
        facts=_facts,
    ),
    acts=(
        Act("give", _("Giao chức trách"), give, GiveForm),
        Act(
            "deputise",
            _("Cử người làm thay"),
            deputise,
            DeputyForm,
            offered=lambda account: unfinished(account).filter(deputy_of=None).exists(),
        ),
        Act(
            "end",
            _("Kết thúc chức trách"),
            end,
            EndForm,
            offered=lambda account: unfinished(account).exists(),
        ),
        Act(
            "delegate",
            _("Ủy quyền một việc"),
            delegate,
            DelegationForm,
            offered=lambda account: bool(delegable_rights(account)),
        ),
        Act(
            "end_delegation",
            _("Kết thúc ủy quyền"),
            end_delegated,
            EndDelegationForm,
            offered=lambda account: unfinished_delegations(account).exists(),
        ),
        Act(
            "ask_reset",
            _("Mất xác thực hai lớp: đề nghị gỡ"),
            actions.ask_reset,
            ReasonForm,
            warns=_("Người thứ hai phải xác nhận. Chủ tài khoản được báo qua thư."),
        ),
        Act(
            "confirm_reset",
            _("Xác nhận gỡ xác thực hai lớp"),
            actions.confirm_reset,
            warns=_("Hãy gặp hoặc gọi người ấy trước khi xác nhận."),
        ),
        Act("drop_reset", _("Bỏ đề nghị gỡ"), actions.drop_reset),
        Act(
            "close",
            _("Đóng tài khoản"),
            close_account,
            ReasonForm,
            warns=_("Mọi chức trách, ủy quyền và phiên làm việc của người này kết thúc ngay."),
        ),
        Act("reopen", _("Mở lại tài khoản"), reactivate_account, ReasonForm),
    ),
)
