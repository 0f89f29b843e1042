"""Recommendations: the list, a new one, and its acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from danchu.inspection import actions
from danchu.inspection.models import Recommendation
from danchu.inspection.moves import (
    ANSWER,
    RECOMMENDATION,
    RECOMMENDATION_LIFE,
    REMEDY,
    SENDING,
    Asks,
    State,
    answer_choices,
)
from danchu.inspection.promised import recommendation_promise_url
from danchu.inspection.sections.recommendation_form import (
    EditRecommendationForm,
    RecommendationForm,
)
from danchu.inspection.sections.shared import RecoveredForm
from danchu.kernel.days import show_day, today
from danchu.law.book import book
from danchu.law.rule import amount_words
from danchu.minutes.models import Commitment, Origin
from danchu.obligations.columns import due_column
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.editing import SeenForm
from danchu.subjects.fields import DayField, lines_of_text
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import DayForm, ReasonForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, New, Record, Section, may_begin, message_of_state
from danchu.subjects.verbs import CHECK
from danchu.subjects.waiting import Wait


class SendForm(SeenForm):
    sent_on = DayField(label=_("Ngày gửi"))
    received_on = DayField(label=_("Ngày nhận"))
    asked_on = DayField(label=_("Đề nghị trả lời trước hết ngày"), required=False)

    def prepare(self):
        self.initial["sent_on"] = self.initial["received_on"] = show_day(today())
        self.initial["asked_on"] = self.row.asked_on and show_day(self.row.asked_on)


class ReturnForm(SeenForm, ReasonForm):
    """Back to the board, with the reason."""


class AnswerForm(DayForm):
    wide = ("text",)
    answer = forms.ChoiceField(label=_("Kết luận"))
    text = lines_of_text(_("Nội dung, sẽ công khai"))

    def prepare(self):
        super().prepare()
        self.fields["answer"].choices = answer_choices(self.row)


class RemedyForm(RecoveredForm):
    wide = ("text",)
    text = lines_of_text(_("Nội dung, sẽ công khai"))

    def prepare(self):
        super().prepare()
        if not self.row.project_id:
            del self.fields["reduced"]


def is_overdue(recommendation):
    """Whether its answer is overdue today."""
    obligation = recommendation.obligation
    return (
        recommendation.state == State.SENT
        and obligation is not None
        and obligation.due_on < today()
    )


def facts(recommendation, actor):
    """The context of the page of a recommendation."""
    day = recommendation.found_on
    return {
        "board": recommendation.board.name_on(day),
        "answerer": recommendation.answerer.name_on(day),
        "limit": _answer_limit(recommendation),
        "promises": Commitment.objects.counted().of(Origin.RECOMMENDATION, recommendation.uid),
        "new_promise": recommendation_promise_url(recommendation, actor),
        "is_overdue": is_overdue(recommendation),
    }


def _answer_limit(recommendation):
    """The time limit to answer from the day it is received, with its article; "" where it was sent
    already or the law sets none today.
    """
    rule = book().rule_if_any(actions.ANSWER_RULES[recommendation.board.kind], today())
    if rule is None or recommendation.sent_on:
        return ""
    return _("%(limit)s kể từ ngày nhận (%(source)s)") % {
        "limit": amount_words(rule),
        "source": rule.source,
    }


def _state(line):
    return _("Quá hạn") if is_overdue(line.row) else line.row.get_state_display()


LISTING = Listing(
    name="recommendations",
    title=_("Kiến nghị"),
    rows=lambda actor: Recommendation.objects.viewed_by(actor).select_related("obligation"),
    placed=lambda recommendation: (recommendation.unit_id, recommendation.found_on),
    columns=(
        Column("found_on", _("Ngày phát hiện"), sort="found_on"),
        Column(
            "title", _("Kiến nghị về việc"), sort="title", links=True, under=lambda line: line.where
        ),
        due_column(_("Hạn trả lời")),
        state_column(_state),
        Column("number", _("Số văn bản"), on_page=False),
        PLACE,
        Column("asks", _("Đề nghị"), lambda line: line.row.get_asks_display(), on_page=False),
        Column("asked_on", _("Ngày đề nghị trả lời"), on_page=False),
        Column("sent_on", _("Ngày gửi"), on_page=False),
        Column("answered_on", _("Ngày trả lời"), on_page=False),
        Column("answer", _("Trả lời"), lambda line: line.row.answer_words, on_page=False),
        Column("money", _("Tiền thu hồi (đồng)"), on_page=False),
        Column("land", _("Đất thu hồi (m²)"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "asks": Choice(Asks.choices, _("Đề nghị"), "asks"),
        "since": Since("found_on"),
        "last": Last("found_on"),
        "q": Words("title"),
    },
    file_name="kien-nghi",
    empty=_("Chưa có kiến nghị nào."),
    advice=_("Kiến nghị soạn xong được Mặt trận xác nhận rồi mới gửi."),
)


def _records(actor):
    return Recommendation.objects.visible_to(actor).select_related(
        "board", "answerer", "answerer__unit", "obligation", "project", "violation"
    )


RECOMMENDATIONS = Section(
    one="recommendation",
    verb=CHECK,
    listing=LISTING,
    life=RECOMMENDATION_LIFE,
    waits=(
        Wait("confirm", (State.DRAFTED,), "confirm", RECOMMENDATION),
        Wait("send", (State.CONFIRMED,), "draft", SENDING),
        Wait("answer", (State.SENT,), "draft", ANSWER, place="answerer__unit"),
        Wait("report_remedy", (State.ANSWERED,), "draft", ANSWER, place="answerer__unit"),
        Wait("settle", (State.REMEDIED,), "confirm", REMEDY),
    ),
    record=Record(
        template="inspection/recommendation.html",
        rows=_records,
        facts=facts,
    ),
    new=New(
        title=_("Soạn kiến nghị"),
        word=_("Soạn kiến nghị"),
        form=RecommendationForm,
        create=actions.draft_recommendation,
        allows=may_begin("draft", RECOMMENDATION),
        denied=_("Chức trách của ông/bà không soạn kiến nghị."),
        saved=lambda recommendation: _("Đã lưu bản nháp."),
        offline=True,
    ),
    acts=(
        Act(
            "edit",
            _("Sửa bản nháp"),
            actions.edit_recommendation,
            EditRecommendationForm,
            saved=lambda recommendation: _("Đã lưu bản nháp."),
            own_page=True,
        ),
        Act(
            "confirm",
            _("Mặt trận xác nhận"),
            actions.confirm_recommendation,
            SeenForm,
            saved=message_of_state,
        ),
        Act(
            "return", _("Trả lại Ban"), actions.return_recommendation, ReturnForm, message_of_state
        ),
        Act("send", _("Gửi kiến nghị"), actions.send_recommendation, SendForm, message_of_state),
        Act(
            "answer",
            _("Trả lời kiến nghị"),
            actions.answer_recommendation,
            AnswerForm,
            message_of_state,
        ),
        Act(
            "report_remedy",
            _("Báo khắc phục xong"),
            actions.report_remedy,
            RemedyForm,
            message_of_state,
        ),
        Act(
            "settle",
            _("Xác nhận đã giải quyết"),
            actions.settle_recommendation,
            DayForm,
            message_of_state,
        ),
        Act(
            "dispute_remedy",
            _("Chưa khắc phục"),
            actions.dispute_remedy,
            ReasonForm,
            message_of_state,
        ),
        Act(
            "withdraw",
            _("Rút kiến nghị"),
            actions.withdraw_recommendation,
            ReasonForm,
            message_of_state,
        ),
    ),
)
