"""Opinions at the desk: the list, a new one, its page, its acts."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.consultation import actions
from danchu.consultation.input.opinion_list import may_write_some
from danchu.consultation.lives import CONSULTATION
from danchu.consultation.models import Opinion
from danchu.consultation.near_texts import MOST_COMPARED, near_ones
from danchu.consultation.numbered import spans_of
from danchu.consultation.sections.batch_form import waiting_on_page
from danchu.consultation.sections.consultations import CONSULTATIONS
from danchu.consultation.sections.opinion_form import OneAnswerForm, OpinionForm
from danchu.consultation.shown import passage_of, title_of
from danchu.consultation.voices import (
    OPINION,
    OPINION_LIFE,
    OpinionState,
    Result,
    Stance,
    Way,
)
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.forms import ReasonForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Act, Link, New, Record, Section, may_begin
from danchu.subjects.verbs import DISCUSS
from danchu.subjects.waiting import Wait


def _rows(actor):
    rows = Opinion.objects.viewed_by(actor)
    return rows.select_related("consultation", "content", "answer", "parent")


def _facts(opinion, actor):
    """The context of the page: the passage, the replies that were let in, and the numbers of the
    opinions that say nearly the same, to be answered together; "" where no other does.
    """
    replies = opinion.replies.filter(state=OpinionState.COUNTED)
    texts = opinion.consultation.opinions.opinions().exclude(pk=opinion.pk)
    newest = texts.order_by("-pk").values_list("number", "text")[:MOST_COMPARED]
    near = near_ones(opinion.text, newest)
    return {
        "passage": passage_of(opinion),
        "replies": list(replies.order_by("received_on", "pk")),
        "alike": spans_of([opinion.number, *near]) if near else "",
    }


LISTING = Listing(
    name="opinions",
    title=_("Ý kiến của Nhân dân"),
    rows=_rows,
    placed=lambda opinion: (opinion.unit_id, opinion.received_on),
    columns=(
        Column("received_on", _("Ngày nhận"), sort="received_on"),
        Column(
            "title",
            _("Ý kiến"),
            lambda line: title_of(line.row),
            links=True,
            under=lambda line: f"{line.row.consultation.title} · {line.where}",
        ),
        Column("number", _("Số"), sort="number", on_page=False),
        Column("stance", _("Đồng ý hay không"), lambda line: line.row.get_stance_display()),
        Column("result", _("Trả lời"), lambda line: line.row.get_result_display()),
        state_column(),
        PLACE,
        Column(
            "consultation",
            _("Hỏi về việc gì"),
            lambda line: line.row.consultation.title,
            on_page=False,
        ),
        Column("passage", _("Đoạn"), on_page=False),
        Column(
            "way", _("Đến bằng cách nào"), lambda line: line.row.get_way_display(), on_page=False
        ),
        Column("people", _("Số người"), on_page=False),
    ),
    filters={
        "unit": Place(),
        "stance": Choice(Stance.choices, _("Đồng ý hay không"), "stance"),
        "way": Choice(Way.choices, _("Đến bằng cách nào"), "way"),
        "state": Choice(
            [*OpinionState.choices, ("unanswered", _("Chưa trả lời")), *Result.choices],
            _("Trạng thái"),
            "state",
            conditions={
                "unanswered": lambda rows: rows.unanswered(),
                **{result: Q(result=result) for result in Result.values},
            },
        ),
        "since": Since("received_on"),
        "last": Last("received_on"),
        "q": Words("text"),
    },
    file_name="y-kien",
    empty=_("Chưa có ý kiến nào."),
    advice=_("Ý kiến trên giấy, qua điện thoại, tại cuộc họp, do Mặt trận ghi hộ được ghi ở đây."),
)

OPINIONS = Section(
    one="opinion",
    verb=DISCUSS,
    listing=LISTING,
    template="desk/batch_list.html",
    on_page=waiting_on_page,
    life=OPINION_LIFE,
    above=("desk_consultations", CONSULTATIONS.listing.title),
    record=Record(template="consultation/opinion.html", rows=_rows, title=title_of, facts=_facts),
    new=New(
        title=_("Ý kiến mới"),
        word=_("Ghi ý kiến"),
        form=OpinionForm,
        create=actions.enter_opinion,
        allows=may_begin("draft", OPINION),
        denied=_("Chức trách của ông/bà không ghi ý kiến của Nhân dân."),
        carries=("consultation", "received_on", "way"),
    ),
    links=(Link("desk_opinions_sheet_upload", _("Nhập phiếu từ tệp"), may_write_some),),
    goes_on=("admit", "hide", "answer"),
    acts=(
        Act("admit", _("Duyệt: cho mọi người đọc"), actions.admit_opinion),
        Act("answer", _("Trả lời"), actions.answer_opinion, OneAnswerForm),
        Act("hide", _("Ẩn ý kiến"), actions.hide_opinion, ReasonForm),
        Act("restore", _("Tính lại ý kiến"), actions.restore_opinion),
    ),
    waits=(Wait("admit", (OpinionState.WAITING,), "draft", CONSULTATION),),
)
