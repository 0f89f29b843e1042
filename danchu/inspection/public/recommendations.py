"""Recommendations of boards with their answers, for everyone, without an account."""

from django.utils.translation import gettext_lazy as _

from danchu.inspection.models import Recommendation
from danchu.inspection.moves import PUBLIC, State
from danchu.kernel.days import today
from danchu.minutes.models import Commitment, Origin
from danchu.obligations.columns import due_column
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Link, Record, Section
from danchu.subjects.verbs import CHECK


def days_overdue(recommendation):
    """By how many days the answer is overdue; 0 when it is not, or no rule set a time limit."""
    if recommendation.state != State.SENT or recommendation.obligation is None:
        return 0
    return max(0, (today() - recommendation.obligation.due_on).days)


def state_of(recommendation):
    """The name of the state, or by how many days the answer is overdue."""
    days = days_overdue(recommendation)
    if days:
        return _("quá hạn %(days)s ngày") % {"days": days}
    return recommendation.get_state_display()


def facts(recommendation, actor):
    """The context of the page: who answered, whether in time, and what was promised."""
    day = recommendation.received_on
    return {
        "board": recommendation.board.name_on(day),
        "answerer": recommendation.answerer.name_on(day),
        "outcome": _outcome(recommendation),
        "promises": Commitment.objects.counted().of(Origin.RECOMMENDATION, recommendation.uid),
    }


def _outcome(recommendation):
    """Whether it was answered in time, in words."""
    if recommendation.obligation is None:
        return _("không có hạn theo luật")
    return _("đúng hạn") if recommendation.in_time else _("muộn")


def _rows(actor):
    return Recommendation.objects.filter(state__in=PUBLIC).select_related("obligation")


LISTING = Listing(
    name="recommendations",
    title=_("Kiến nghị của Ban Thanh tra nhân dân"),
    lead=_("Việc đã kiến nghị, ai phải trả lời đến ngày nào, trả lời ra sao và đã khắc phục chưa."),
    rows=_rows,
    placed=lambda recommendation: (recommendation.unit_id, recommendation.received_on),
    columns=(
        Column("received_on", _("Ngày nhận"), sort="received_on"),
        Column(
            "title", _("Kiến nghị về việc"), sort="title", links=True, under=lambda line: line.where
        ),
        due_column(_("Hạn trả lời")),
        state_column(
            lambda line: state_of(line.row),
            tag=lambda line: "warning" if days_overdue(line.row) else "",
        ),
        PLACE,
        Column("asks", _("Đề nghị"), lambda line: line.row.get_asks_display(), on_page=False),
        Column("asked_on", _("Ngày đề nghị trả lời"), on_page=False),
        Column("answered_on", _("Ngày trả lời"), on_page=False),
        Column("answer", _("Trả lời"), lambda line: line.row.answer_words, on_page=False),
    ),
    filters={
        "unit": Place(by_number=True),
        "state": Choice(
            [(key, name) for key, name in State.choices if key in PUBLIC], _("Trạng thái"), "state"
        ),
        "since": Since("received_on", label=_("Nhận từ ngày")),
        "last": Last("received_on"),
        "q": Words("title"),
    },
    file_name="kien-nghi",
    empty=_("Chưa có kiến nghị nào."),
    advice=_("Kiến nghị đã gửi sẽ hiện ở đây cùng câu trả lời."),
)

PUBLIC_RECOMMENDATIONS = Section(
    one="recommendation",
    verb=CHECK,
    listing=LISTING,
    above=("recommendations", _("Kiến nghị")),
    links=(Link("projects", _("Dự án do cộng đồng giám sát")),),
    record=Record(
        template="inspection/public_recommendation.html",
        rows=lambda actor: _rows(actor).select_related("board", "answerer", "project"),
        state=lambda recommendation: state_of(recommendation),
        facts=facts,
    ),
)
