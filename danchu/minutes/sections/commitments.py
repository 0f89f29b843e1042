"""The section of commitments at the desk: list, form of a new one, acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.minutes import actions
from danchu.minutes.models import Commitment, Origin
from danchu.minutes.moves import (
    COMMITMENT,
    COMMITMENT_LIFE,
    REPORT,
    RESULT,
    RUNNING,
    State,
)
from danchu.minutes.queries.lists import WHICH, WHICH_ROWS, days_over, who_promised
from danchu.minutes.queries.promise_history import life_of
from danchu.minutes.sections.commitment_form import CommitmentForm
from danchu.minutes.words import STEP_WORDS
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import SeenForm
from danchu.subjects.fields import DayField, FilesField, lines_of_text
from danchu.subjects.filters import Choice, Last, Matching, Place, Since
from danchu.subjects.forms import DayForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import (
    Act,
    Link,
    New,
    Record,
    Section,
    ShownOnce,
    may_begin,
    message_of_state,
)
from danchu.subjects.verbs import SUPERVISE
from danchu.subjects.waiting import Wait

PUBLIC = _("Sẽ công khai: không nêu tên, địa chỉ của công dân.")


class SeenCommitmentForm(SeenForm, DayForm):
    """An act on a commitment whose terms and steps the reader has read."""

    def beside(self):
        return [*self.row.terms.order_by("pk"), *self.row.steps.order_by("pk")]


class FulfilForm(DayForm):
    wide = ("text", "files")
    text = lines_of_text(_("Đã làm gì, căn cứ vào đâu"), help_text=PUBLIC)
    files = FilesField(
        label=_("Tệp chứng minh"),
        required=False,
        help_text=_("Biên bản nghiệm thu, ảnh; PDF, ảnh, DOCX, XLSX."),
    )
    is_public = forms.BooleanField(label=_("Công khai các tệp này"), required=False)


class PostponeForm(SeenCommitmentForm):
    wide = ("reason",)
    due_on = DayField(label=_("Dời đến ngày"))
    reason = forms.CharField(label=_("Lý do"), max_length=300, help_text=PUBLIC)


class ConfirmForm(SeenCommitmentForm):
    wide = ("text",)
    text = lines_of_text(_("Nhận xét"), required=False, help_text=PUBLIC)


class DisputeForm(SeenCommitmentForm):
    wide = ("text",)
    text = lines_of_text(_("Điều gì chưa đạt"), help_text=PUBLIC)


class WithdrawForm(DayForm):
    wide = ("reason",)
    reason = forms.CharField(label=_("Vì sao ghi nhầm"), max_length=500, help_text=PUBLIC)


def facts(commitment, actor):
    """The context of a commitment's page, for officials: its history with every paper."""
    return life_of(commitment, every_paper=True)


def _rows(actor):
    rows = Commitment.objects.viewed_by(actor).select_related("owner")
    return rows.prefetch_related("owner__standings")


def _records(actor):
    return Commitment.objects.viewed_by(actor).select_related("owner", "asker", "obligation")


def _code_place_and_owner(line):
    return f"{line.row.code} · {line.where} · {who_promised(line.row)}"


def _overdue(line):
    days = days_over(line.row)
    return _("quá hạn %(days)s ngày") % {"days": days} if days else ""


TAGS = {State.KEPT: "confirmed", State.WITHDRAWN: "withdrawn", State.DISPUTED: "warning"}

LISTING = Listing(
    name="commitments",
    title=_("Cam kết"),
    lead=_(
        "Lời hứa tại đối thoại và trong câu trả lời: ai làm, đến ngày nào, đã làm gì, bên hỏi xác "
        "nhận ra sao."
    ),
    sorted_by="-made_on",
    rows=_rows,
    placed=lambda commitment: (commitment.unit_id, commitment.made_on),
    columns=(
        Column("code", _("Mã cam kết"), on_page=False),
        Column("title", _("Việc đã hứa"), sort="title", links=True, under=_code_place_and_owner),
        PLACE,
        Column("owner", _("Ai thực hiện"), lambda line: who_promised(line.row), on_page=False),
        Column("made_on", _("Ngày hứa"), sort="made_on"),
        Column(
            "due_on",
            _("Hạn"),
            sort="due_on",
            is_due=True,
            under=lambda line: _("đã dời") if line.row.postponed else "",
        ),
        state_column(tag=lambda line: TAGS.get(line.row.state, "draft"), under=_overdue),
        Column(
            "over", _("Quá hạn (ngày)"), lambda line: days_over(line.row) or None, on_page=False
        ),
        Column("in_time", _("Đúng hạn"), on_page=False),
        Column(
            "postponed", _("Số lần dời"), lambda line: line.row.postponed or None, on_page=False
        ),
    ),
    filters={
        "q": Matching(label=_("Mã cam kết hoặc từ trong nội dung")),
        "unit": Place(),
        "which": Choice(list(WHICH.items()), _("Cam kết"), conditions=WHICH_ROWS),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "origin": Choice(Origin.choices, _("Từ đâu"), "origin"),
        "since": Since("made_on", label=_("Hứa từ ngày")),
        "last": Last("made_on"),
    },
    file_name="cam-ket",
    empty=_("Không có cam kết nào."),
    advice=_(
        "Lời hứa đánh dấu trong biên bản đã duyệt và lời hứa trong câu trả lời sẽ hiện ở đây cùng "
        "hạn và kết quả."
    ),
)

COMMITMENTS = Section(
    one="commitment",
    verb=SUPERVISE,
    listing=LISTING,
    life=COMMITMENT_LIFE,
    waits=(
        Wait("fulfil", RUNNING, "draft", REPORT),
        Wait("confirm", (State.FULFILLED,), "confirm", RESULT, place="asker__unit"),
        Wait("confirm", (State.FULFILLED,), "confirm", RESULT, only={"asker": None}),
    ),
    links=(
        Link("desk_minutes", _("Biên bản")),
        Link("commitments", _("Trang công khai")),
    ),
    record=Record(
        template="minutes/commitment.html",
        rows=_records,
        facts=facts,
    ),
    new=New(
        title=_("Ghi cam kết"),
        word=_("Ghi cam kết"),
        form=CommitmentForm,
        create=actions.make_commitment,
        allows=may_begin("draft", COMMITMENT),
        denied=_("Chức trách của ông/bà không ghi cam kết."),
        saved=lambda commitment: _("Đã ghi cam kết %s.") % commitment.code,
        offline=True,
    ),
    acts=(
        Act(
            "fulfil", STEP_WORDS["fulfil"], actions.fulfil_commitment, FulfilForm, message_of_state
        ),
        Act(
            "postpone",
            STEP_WORDS["postpone"],
            actions.postpone_commitment,
            PostponeForm,
            message_of_state,
        ),
        Act(
            "confirm",
            STEP_WORDS["confirm"],
            actions.confirm_commitment,
            ConfirmForm,
            message_of_state,
        ),
        Act(
            "dispute",
            STEP_WORDS["dispute"],
            actions.dispute_commitment,
            DisputeForm,
            message_of_state,
        ),
        Act(
            "give_secret",
            STEP_WORDS["give_secret"],
            actions.give_secret,
            after=ShownOnce(lambda result: {"secret": result[1]}),
        ),
        Act(
            "withdraw",
            STEP_WORDS["withdraw"],
            actions.withdraw_commitment,
            WithdrawForm,
            message_of_state,
        ),
    ),
)
