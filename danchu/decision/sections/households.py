"""The roll of households at the desk: the list, a new one, its page, its acts. Names are typed into
the search only in the body of a request.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.decision import actions
from danchu.decision.input.household_list import may_write_some
from danchu.decision.lives import HOUSEHOLD_LIFE, ROLL, HouseholdState, household_state
from danchu.decision.models import Household
from danchu.decision.sections.household_form import (
    CorrectForm,
    HouseholdForm,
    LeaveForm,
    MoveForm,
)
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin
from danchu.subjects.verbs import DISCUSS

MAY_SEE = may_begin("view", ROLL)
NO_ROLL = _("Chức trách của ông/bà không xem danh sách hộ gia đình.")
NO_WRITING = _("Chức trách của ông/bà không ghi danh sách hộ gia đình.")
NOBODY = _("Chưa có người đại diện")
STATES = {
    HouseholdState.COUNTED: lambda rows: rows.filter(Q(until=None) | Q(until__gt=today())),
    HouseholdState.ENDED: lambda rows: rows.filter(until__lte=today()),
}
REPRESENTED = {
    "own": ~Q(representative="") & Q(ground=""),
    "other": ~Q(ground=""),
    "none": Q(representative=""),
}


def _rows(actor):
    require(MAY_SEE(actor), NO_ROLL)
    return Household.objects.viewed_by(actor)


def _facts(household, actor):
    """The context of the page of a household."""
    return {"changes": list(household.changes.order_by("made_at", "pk"))}


def _title(household):
    return _("Hộ số %s") % household.number


def _saved(household):
    return _("Đã ghi: %s.") % household_state(household).label


LISTING = Listing(
    name="households",
    title=_("Danh sách hộ gia đình"),
    lead=_("Hộ nào tính khi Nhân dân bàn và quyết định. Danh sách này không công khai."),
    rows=_rows,
    allows=MAY_SEE,
    denied=NO_ROLL,
    placed=lambda household: (household.unit_id, household.since),
    columns=(
        Column(
            "number",
            _("Số của hộ"),
            sort="number",
            within="unit_id",
            links=True,
            under=lambda line: line.where,
        ),
        Column("representative", _("Người đại diện"), under=lambda line: line.row.ground),
        Column("ground", _("Căn cứ đại diện"), on_page=False),
        Column("address", _("Địa chỉ")),
        PLACE,
        Column("since", _("Tính từ ngày"), sort="since"),
        Column("until", _("Thôi tính từ ngày"), on_page=False),
        state_column(lambda line: household_state(line.row).label),
    ),
    filters={
        "unit": Place(),
        "state": Choice(HouseholdState.choices, _("Trạng thái"), conditions=STATES),
        "represented": Choice(
            (
                ("own", _("Người của hộ")),
                ("other", _("Người khác thay mặt")),
                ("none", NOBODY),
            ),
            _("Người đại diện"),
            conditions=REPRESENTED,
        ),
        "since": Since("since"),
        "last": Last("since"),
        "q": Words("representative", "address", label=_("Tên hoặc địa chỉ"), is_of_names=True),
    },
    in_body=("q",),
    sorted_by="number",
    file_name="danh-sach-ho",
    empty=_("Chưa có hộ nào."),
    advice=_("Ghi từng hộ, hoặc nhập cả danh sách của thôn, tổ dân phố từ tệp."),
)

HOUSEHOLDS = Section(
    one="household",
    verb=DISCUSS,
    listing=LISTING,
    life=HOUSEHOLD_LIFE,
    template="decision/households.html",
    is_secret=True,
    links=(Link("desk_households_sheet_upload", _("Nhập từ tệp"), may_write_some),),
    record=Record(
        template="decision/household.html",
        rows=_rows,
        title=_title,
        state=lambda household: household_state(household).label,
        facts=_facts,
    ),
    new=New(
        title=_("Hộ mới trong danh sách"),
        word=_("Ghi một hộ"),
        form=HouseholdForm,
        create=actions.enter_household,
        allows=may_write_some,
        denied=NO_WRITING,
        carries=("unit", "since"),
    ),
    acts=(
        Act("correct", _("Sửa"), actions.correct_household, CorrectForm, saved=_saved),
        Act("move", _("Chuyển sang thôn khác"), actions.move_household, MoveForm, saved=_saved),
        Act("leave", _("Thôi tính"), actions.leave_roll, LeaveForm, saved=_saved),
    ),
)
