"""The register of receptions (form 03/TCD, thirteen columns) with the reception days: the list, the
forms of a new line, one line and its acts.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.casework import actions
from danchu.casework.actions.visits import SENT_BEFORE
from danchu.casework.lives import (
    BOOK,
    RECEPTION_DAY_LIFE,
    VISIT_LIFE,
    VisitState,
    needs_notice,
    visit_state,
)
from danchu.casework.models import ReceptionDay, Visit
from danchu.casework.models.reception import DayState, Form
from danchu.casework.natures import Nature
from danchu.casework.queries.history import clocks_of_subject
from danchu.casework.rules.refusals import reasons, refusal_text
from danchu.casework.sections.reception_form import (
    AnswerForm,
    IssueForm,
    RefusalForm,
    SealForm,
    VisitForm,
)
from danchu.casework.words import DETAILS
from danchu.kernel.days import show_day
from danchu.kernel.refusals import require
from danchu.subjects.columns import state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.first_rows import first_rows
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin
from danchu.subjects.verbs import SUPERVISE
from danchu.units.names import names_of

MOST_DAYS = 30
SHOWN_LETTERS = 120
NO_BOOK = _("Chức trách của ông/bà không xem sổ tiếp công dân.")
MAY_SEE = may_begin("view", BOOK)
MAY_WRITE = may_begin("draft", BOOK)
NO_WRITING = _("Chức trách của ông/bà không ghi sổ tiếp công dân.")
_UNANSWERED = Q(answered_on=None, noticed_on=None)
STATES = {
    VisitState.ANSWERED: Q(answered_on__isnull=False),
    VisitState.NOTICED: Q(answered_on=None, noticed_on__isnull=False),
    VisitState.REFUSED: _UNANSWERED & ~Q(refused_for=""),
    VisitState.RECEIVED: _UNANSWERED & Q(refused_for=""),
}


def viewed_rows(actor):
    """The lines the actor may view; Denied where they may view no register."""
    require(MAY_SEE(actor), NO_BOOK)
    return Visit.objects.viewed_by(actor).select_related("sealed")


def viewed_days(actor):
    """The reception days the actor may view; Denied where they may view no register."""
    require(MAY_SEE(actor), NO_BOOK)
    return ReceptionDay.objects.viewed_by(actor)


def beside(actor, rows):
    """The counters of the filtered lines, and the reception days as (day, place, the acts that the
    actor may do now with one that is planned).
    """
    days = first_rows(viewed_days(actor).with_booked_places().order_by("-on", "-pk"), MOST_DAYS)
    names = names_of({(day.unit_id, day.on) for day in days})
    return {
        "counters": rows.four_counters(),
        "days": days.each(
            lambda day: (
                day,
                names[day.unit_id, day.on],
                day.state == DayState.PLANNED and RECEPTION_DAY_LIFE.acts_of(day, actor),
            )
        ),
    }


def facts(visit, actor):
    """The context of the page of one line."""
    return {
        "clocks": clocks_of_subject("visit", visit.pk),
        "reason": reasons().get(visit.refused_for),
        "needs_notice": needs_notice(visit),
        "code_of_day": f"{visit.code} {show_day(visit.received_on)}",
    }


def _remarks(line):
    parts = []
    if line.row.is_group:
        parts.append(str(_("đoàn đông người")))
    if line.row.refused_for:
        parts.append(str(_("từ chối tiếp")))
    return " · ".join(parts)


def _short_content(line):
    text = line.row.content
    return text if len(text) <= SHOWN_LETTERS else f"{text[: SHOWN_LETTERS - 1]}…"


def _person(line):
    return ", ".join(filter(None, (line.row.who, line.row.address)))


def _note(line):
    return ". ".join(filter(None, (refusal_text(line.row), line.row.note)))


# The columns of the page; files have those of the legal form instead.
PAGE_COLUMNS = (
    Column("line", _("Số"), lambda line: str(line.row), links=True, in_files=False),
    Column(
        "received",
        _("Ngày tiếp"),
        lambda line: line.row.received_on,
        sort="received_on",
        under=lambda line: line.where,
        in_files=False,
    ),
    Column("who", _("Người được tiếp"), under=_remarks, in_files=False),
    Column(
        "said",
        DETAILS,
        _short_content,
        under=lambda line: f"{line.row.get_nature_display()} · {line.row.get_form_display()}",
        in_files=False,
    ),
    state_column(lambda line: visit_state(line.row).label, in_files=False),
    Column(
        "number_of_people",
        _("Số người"),
        lambda line: line.row.people,
        sort="people",
        in_files=False,
    ),
    Column("place", _("Nơi"), lambda line: line.where, on_page=False, in_files=False),
    Column("code", _("Mã"), on_page=False, in_files=False),
    Column(
        "form",
        _("Hình thức"),
        lambda line: line.row.get_form_display(),
        on_page=False,
        in_files=False,
    ),
)


def _of_form(name, label, value):
    return Column(name, label, value, on_page=False)


# The thirteen columns of form 03/TCD, in its order.
FORM_COLUMNS = (
    _of_form("number", _("Số thứ tự"), lambda line: line.row.number),
    _of_form("received_on", _("Ngày tiếp"), lambda line: line.row.received_on),
    _of_form("person", _("Họ tên, địa chỉ"), _person),
    _of_form("identity", _("Số giấy tờ"), lambda line: line.row.identity),
    _of_form("content", DETAILS, lambda line: line.row.content),
    _of_form("nature", _("Phân loại"), lambda line: line.row.get_nature_display()),
    _of_form("people", _("Số người"), lambda line: line.row.people),
    _of_form("handled_before", _("Cơ quan đã giải quyết"), lambda line: line.row.handled_before),
    _of_form("competent", _("Thuộc thẩm quyền"), lambda line: line.row.competent),
    _of_form("guidance", _("Hướng dẫn, trả lời"), lambda line: line.row.guidance),
    _of_form("handler", _("Chuyển cơ quan giải quyết"), lambda line: line.row.handler),
    _of_form("follow_up", _("Theo dõi kết quả"), lambda line: line.row.follow_up),
    _of_form("note", _("Ghi chú"), _note),
)

LISTING = Listing(
    name="reception",
    title=_("Sổ tiếp công dân"),
    rows=viewed_rows,
    allows=MAY_SEE,
    denied=NO_BOOK,
    placed=lambda visit: (visit.unit_id, visit.received_on),
    columns=PAGE_COLUMNS + FORM_COLUMNS,
    filters={
        "unit": Place(),
        "since": Since("received_on"),
        "last": Last("received_on", label=_("Đến hết ngày")),
        "form": Choice(Form.choices, _("Hình thức"), "form"),
        "nature": Choice(Nature.choices, _("Phân loại"), "nature"),
        "state": Choice(VisitState.choices, _("Trạng thái"), conditions=STATES),
        "owed": Choice(
            [("1", _("còn hẹn trả lời"))],
            _("Trả lời"),
            conditions={"1": lambda rows: rows.owed()},
        ),
        "came": Choice(
            [("received", _("được tiếp")), ("refused", _("bị từ chối tiếp"))],
            _("Được tiếp"),
            conditions={
                "received": lambda rows: rows.received(),
                "refused": lambda rows: rows.refused(),
            },
        ),
        "q": Words("content", label=_("Từ trong nội dung")),
    },
    file_name="so-tiep-cong-dan",
    files_sorted_by="received_on",
    empty=_("Chưa có lượt tiếp nào."),
)

RECEPTION = Section(
    one="visit",
    verb=SUPERVISE,
    listing=LISTING,
    life=VISIT_LIFE,
    template="casework/reception.html",
    beside=beside,
    is_secret=True,
    links=(
        Link("desk_new_refusal", _("Ghi lượt từ chối tiếp"), MAY_WRITE),
        Link("desk_new_reception_day", _("Thêm lịch tiếp"), MAY_WRITE),
        Link("desk_bookings", _("Lịch hẹn"), MAY_SEE),
    ),
    record=Record(
        template="casework/visit.html",
        rows=lambda actor: viewed_rows(actor).select_related("sealed", "petition", "booking"),
        title=str,
        state=lambda visit: visit_state(visit).label,
        facts=facts,
    ),
    new=New(
        title=_("Ghi lượt tiếp công dân"),
        word=_("Ghi lượt tiếp"),
        form=VisitForm,
        create=actions.receive_visitor,
        allows=MAY_WRITE,
        denied=NO_WRITING,
        again=SENT_BEFORE,
        carries=("unit", "received_on", "form"),
    ),
    acts=(
        Act("issue", _("Ghi đã ban hành thông báo"), actions.issue_refusal, IssueForm),
        Act("answer", _("Ghi câu trả lời"), actions.answer_visit, AnswerForm),
        Act("seal", _("Xác định là tố cáo, niêm phong danh tính"), actions.seal_visit, SealForm),
    ),
)

# The second form of a new line: a refused reception.
REFUSAL = New(
    title=_("Ghi lượt từ chối tiếp công dân"),
    word=_("Ghi lượt từ chối tiếp"),
    form=RefusalForm,
    create=actions.refuse_reception,
    allows=MAY_WRITE,
    denied=NO_WRITING,
    again=SENT_BEFORE,
)
