"""What people said, and what they were answered: for everyone, without an account."""

from django.utils.translation import gettext_lazy as _

from danchu.consultation.models import Opinion
from danchu.consultation.receiving import takes_from_portal
from danchu.consultation.shown import passage_of, title_of
from danchu.consultation.voices import Result, Stance
from danchu.subjects.columns import PLACE
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Record, Section
from danchu.subjects.verbs import DISCUSS


def public_opinions(actor):
    """The opinions that everyone may read."""
    rows = Opinion.objects.public()
    return rows.select_related("consultation", "content", "answer", "parent")


def _facts(opinion, actor):
    """The context of the page: the passage, what others replied, whether replies are taken."""
    return {
        "passage": passage_of(opinion),
        "replies": list(opinion.replies.public().order_by("received_on", "pk")),
        "takes_opinions": opinion.parent_id is None and takes_from_portal(opinion.consultation),
    }


LISTING = Listing(
    name="opinions",
    title=_("Ý kiến của Nhân dân"),
    lead=_("Dân nói gì khi được hỏi, cơ quan tiếp thu hay không và vì sao."),
    rows=public_opinions,
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
        PLACE,
    ),
    filters={
        "unit": Place(by_number=True),
        "stance": Choice(Stance.choices, _("Đồng ý hay không"), "stance"),
        "state": Choice(Result.choices, _("Trả lời"), "result"),
        "since": Since("received_on"),
        "last": Last("received_on"),
        "q": Words("text"),
    },
    file_name="y-kien",
    empty=_("Chưa có ý kiến nào."),
)

PUBLIC_OPINIONS = Section(
    one="opinion",
    verb=DISCUSS,
    listing=LISTING,
    record=Record(
        template="consultation/public_opinion.html",
        rows=public_opinions,
        title=title_of,
        facts=_facts,
        state=lambda opinion: opinion.get_result_display() or _("Chưa trả lời"),
    ),
)
