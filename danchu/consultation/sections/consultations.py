"""Consultations: the list, a new plan, the page of one, its acts."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.consultation import actions
from danchu.consultation.lives import CONSULTATION, CONSULTATION_LIFE, SUMMED_UP, State
from danchu.consultation.matters import Matter
from danchu.consultation.models import Consultation
from danchu.consultation.sections import forms
from danchu.consultation.sections.opinion_form import AnswerForm, ModerateForm
from danchu.consultation.sections.vote_form import AskedForm, AskForm, KeysForm, PaperVotesForm
from danchu.consultation.shown import desk_facts
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ReasonForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, ShownOnce, may_begin
from danchu.subjects.verbs import DISCUSS
from danchu.subjects.waiting import Wait


def _rows(actor):
    return Consultation.objects.viewed_by(actor).select_related("publication", "explanation_owed")


def _due_on(line):
    return line.row.publication and line.row.publication.due_on


LISTING = Listing(
    name="consultations",
    title=_("Lấy ý kiến Nhân dân"),
    rows=_rows,
    placed=lambda consultation: (consultation.unit_id, consultation.planned_on),
    columns=(
        Column("planned_on", _("Ngày kế hoạch"), sort="planned_on"),
        Column(
            "title", _("Hỏi về việc gì"), sort="title", links=True, under=lambda line: line.where
        ),
        Column("opened_on", _("Từ ngày")),
        Column("until", _("Đến ngày")),
        Column("due_on", _("Hạn công bố"), _due_on),
        state_column(),
        PLACE,
        Column("matter", _("Nội dung"), lambda line: line.row.get_matter_display(), on_page=False),
        Column("closed_on", _("Ngày kết thúc"), on_page=False),
        Column("is_long_enough", _("Đủ thời gian"), on_page=False),
        Column("published_on", _("Ngày công bố tổng hợp"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "matter": Choice(Matter.choices, _("Nội dung"), "matter"),
        "state": Choice(
            [*State.choices, ("short", _("Không đủ thời gian"))],
            _("Trạng thái"),
            "state",
            conditions={"short": Q(is_long_enough=False)},
        ),
        "since": Since("planned_on"),
        "last": Last("planned_on"),
        "q": Words("title"),
    },
    file_name="lay-y-kien",
    empty=_("Chưa có cuộc lấy ý kiến nào."),
    advice=_("Việc phải hỏi dân trước khi quyết định được ghi ở đây: kế hoạch, nội dung, kết quả."),
)

CONSULTATIONS = Section(
    one="consultation",
    verb=DISCUSS,
    listing=LISTING,
    life=CONSULTATION_LIFE,
    links=(
        Link("desk_opinions", _("Ý kiến của Nhân dân")),
        Link("desk_propositions", _("Câu để biểu quyết")),
    ),
    record=Record(
        template="consultation/consultation.html",
        rows=lambda actor: Consultation.objects.viewed_by(actor).select_related(
            "publication", "explanation_owed"
        ),
        facts=desk_facts,
    ),
    new=New(
        title=_("Cuộc lấy ý kiến mới"),
        word=_("Ghi kế hoạch lấy ý kiến"),
        form=forms.ConsultationForm,
        create=actions.plan_consultation,
        allows=may_begin("draft", CONSULTATION),
        denied=_("Chức trách của ông/bà không ghi kế hoạch lấy ý kiến."),
    ),
    acts=(
        Act("open", _("Bắt đầu lấy ý kiến"), actions.open_consultation, forms.OpenForm),
        Act("moderate", _("Duyệt nhiều ý kiến"), actions.moderate_opinions, ModerateForm),
        Act(
            "summarise",
            _("Ghi tổng hợp, giải trình đã ký"),
            actions.summarise_consultation,
            forms.SummariseForm,
        ),
        Act("answer", _("Trả lời nhiều ý kiến"), actions.answer_opinions, AnswerForm),
        Act("publish", _("Công bố tổng hợp"), actions.publish_summary, forms.PublishForm),
        Act("write", _("Ghi bản nội dung mới"), actions.write_content, forms.ContentForm),
        Act("send", _("Kế hoạch đã gửi"), actions.send_plan, forms.SendForm),
        Act("ask", _("Đặt câu hỏi"), actions.ask_question, AskForm),
        Act(
            "hand_out",
            _("Phát mã tham gia"),
            actions.hand_out_keys,
            KeysForm,
            saved=lambda keys: _("Đã phát mã. Hãy in trang này ngay: mã chỉ hiện một lần."),
            after=ShownOnce(lambda keys: {"keys": keys}),
        ),
        Act(
            "paper",
            _("Ghi phiếu biểu quyết trên giấy"),
            actions.enter_paper_votes,
            PaperVotesForm,
            saved=lambda voter: _("Đã ghi phiếu."),
        ),
        Act("count_asked", _("Có bao nhiêu người mỗi nhóm"), actions.count_asked, AskedForm),
        Act("close", _("Kết thúc lấy ý kiến"), actions.close_consultation, forms.CloseForm),
        Act("tell", _("Đã báo người chịu tác động"), actions.tell_addressees, forms.TellForm),
        Act("file", _("Đã đưa vào hồ sơ trình ký"), actions.file_answers, forms.FileForm),
        Act(
            "overrule",
            _("Cấp trên quyết định khác ý kiến đa số"),
            actions.overrule_opinions,
            forms.OverruleForm,
            is_aside=True,
        ),
        Act(
            "explain",
            _("Ghi giải trình của cấp trên"),
            actions.explain_decision,
            forms.ExplainForm,
        ),
        Act("cancel", _("Thôi lấy ý kiến"), actions.cancel_consultation, ReasonForm),
    ),
    waits=(
        Wait("open", (State.PLANNED,), "confirm", CONSULTATION, before=("tell", "write")),
        Wait("close", (State.OPEN,), "confirm", CONSULTATION, since="until"),
        Wait("summarise", (State.CLOSED,), "draft", CONSULTATION, before=("moderate", "answer")),
        Wait("publish", (State.SUMMARISED,), "confirm", CONSULTATION),
        Wait(
            "explain",
            SUMMED_UP,
            "draft",
            CONSULTATION,
            only={"explanation_owed__state": "open"},
        ),
    ),
)
