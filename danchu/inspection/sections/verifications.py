"""Verifications on request: the list, a new request, and its acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.inspection import actions
from danchu.inspection.lives import VERIFICATION_LIFE, AskedState
from danchu.inspection.models import Asker, Verification
from danchu.inspection.moves import ROUND, VERIFICATION
from danchu.inspection.sections.shared import BOARDS, BoardForm
from danchu.kernel.days import show_day, today
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.fields import DayField, lines_of_text
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import DayForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, New, Record, Section, may_begin
from danchu.subjects.verbs import CHECK
from danchu.subjects.waiting import Wait


class VerificationForm(BoardForm):
    """One matter that one board is asked to verify."""

    kind = VERIFICATION
    wide = ("title", "content")
    uid = forms.UUIDField(widget=forms.HiddenInput)
    asker = forms.ChoiceField(label=_("Ai đề nghị"), choices=Asker.choices)
    asked_on = DayField(label=_("Ngày đề nghị"))
    until = DayField(label=_("Báo kết quả chậm nhất ngày"))
    title = forms.CharField(label=_("Việc cần xác minh"), max_length=200)
    content = lines_of_text(_("Nội dung cần làm rõ"), rows=5)

    def prepare(self):
        super().prepare()
        self.initial["asked_on"] = show_day(today())


class ResultForm(DayForm):
    wide = ("result",)
    result = lines_of_text(_("Kết quả xác minh"))


class DeclineForm(DayForm):
    wide = ("result",)
    result = lines_of_text(_("Lý do không xác minh"))


class WithdrawForm(DayForm):
    wide = ("result",)
    result = lines_of_text(_("Lý do rút"))


def _rows(actor):
    rows = Verification.objects.viewed_by(actor).select_related("board")
    return rows.prefetch_related("board__standings")


def _board(line):
    return line.row.board.name_on(line.row.asked_on)


LISTING = Listing(
    name="verifications",
    title=_("Xác minh theo đề nghị"),
    rows=_rows,
    placed=lambda verification: (verification.unit_id, verification.asked_on),
    columns=(
        Column("asked_on", _("Ngày đề nghị"), sort="asked_on"),
        Column(
            "title",
            _("Việc cần xác minh"),
            sort="title",
            links=True,
            under=lambda line: f"{_board(line)} · {line.where}",
        ),
        Column("asker", _("Ai đề nghị"), lambda line: line.row.get_asker_display()),
        Column("until", _("Báo trước ngày"), sort="until"),
        state_column(),
        Column("board", _("Ban"), _board, on_page=False),
        PLACE,
        Column("ended_on", _("Ngày báo"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "state": Choice(
            [*AskedState.choices, ("overdue", _("Quá hạn"))],
            _("Trạng thái"),
            "state",
            conditions={"overdue": lambda rows: rows.overdue(today())},
        ),
        "since": Since("asked_on"),
        "last": Last("asked_on"),
        "q": Words("title"),
    },
    file_name="xac-minh",
    empty=_("Chưa có việc nào."),
    advice=_("Việc được đề nghị Ban xác minh được ghi ở đây, với ngày phải báo kết quả."),
)

VERIFICATIONS = Section(
    one="verification",
    verb=CHECK,
    listing=LISTING,
    life=VERIFICATION_LIFE,
    waits=(Wait("tell", (AskedState.ASKED,), "confirm", ROUND),),
    above=BOARDS,
    record=Record(
        template="inspection/verification.html",
        rows=lambda actor: Verification.objects.viewed_by(actor).select_related("board"),
        facts=lambda verification, actor: {
            "board": verification.board.name_on(verification.asked_on)
        },
    ),
    new=New(
        title=_("Đề nghị Ban xác minh"),
        word=_("Đề nghị xác minh"),
        form=VerificationForm,
        create=actions.ask_verification,
        allows=may_begin("draft", VERIFICATION),
        denied=_("Ông/bà không có quyền đề nghị Ban xác minh."),
        offline=True,
    ),
    acts=(
        Act("tell", _("Báo kết quả xác minh"), actions.tell_result, ResultForm),
        Act("decline", _("Từ chối xác minh"), actions.decline_verification, DeclineForm),
        Act("withdraw", _("Rút đề nghị"), actions.withdraw_verification, WithdrawForm),
    ),
)
