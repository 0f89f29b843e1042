"""What the people are and were asked: for everyone, without an account."""

from django.utils.translation import gettext_lazy as _

from danchu.consultation.group_words import findings_of
from danchu.consultation.lives import State
from danchu.consultation.matters import Matter
from danchu.consultation.models import Consultation
from danchu.consultation.receiving import takes_from_portal, takes_votes
from danchu.consultation.results import first_results
from danchu.consultation.said import said_of
from danchu.consultation.shown import facts_of
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Column, Listing
from danchu.subjects.sections import Record, Section
from danchu.subjects.verbs import DISCUSS


def public_rows(actor):
    """The consultations that everyone may read."""
    return Consultation.objects.public().select_related("publication", "explanation_owed")


def provable_rows(actor):
    """Those whose every public field may be read now: a summary that was signed may not before it
    is published.
    """
    return public_rows(actor).exclude(state=State.SUMMARISED)


def _facts(consultation, actor):
    """The context of the page, without a summary that is not published yet."""
    return {
        **facts_of(consultation, actor),
        **said_of(consultation),
        **findings_of(consultation),
        "shows_summary": consultation.state == State.PUBLISHED,
        "takes_opinions": takes_from_portal(consultation),
        "takes_votes": takes_votes(consultation),
        **first_results(consultation),
        "opinion_page": "opinion",
        "opinion_list": "opinions",
    }


LISTING = Listing(
    name="consultations",
    title=_("Lấy ý kiến Nhân dân"),
    lead=_(
        "Dân được hỏi về việc gì, đến ngày nào, điều gì được tiếp thu, điều gì không và vì sao."
    ),
    rows=public_rows,
    placed=lambda consultation: (consultation.unit_id, consultation.planned_on),
    columns=(
        Column("planned_on", _("Ngày kế hoạch"), sort="planned_on"),
        Column(
            "title", _("Hỏi về việc gì"), sort="title", links=True, under=lambda line: line.where
        ),
        Column("opened_on", _("Từ ngày")),
        Column("until", _("Đến ngày"), is_due=True),
        state_column(),
        PLACE,
        Column("matter", _("Nội dung"), lambda line: line.row.get_matter_display(), on_page=False),
        Column("closed_on", _("Ngày kết thúc"), on_page=False),
        Column("published_on", _("Ngày công bố tổng hợp"), on_page=False),
    ),
    filters={
        "unit": Place(by_number=True),
        "matter": Choice(Matter.choices, _("Nội dung"), "matter"),
        "state": Choice(State.choices, _("Trạng thái"), "state"),
        "since": Since("planned_on"),
        "last": Last("planned_on"),
        "q": Words("title"),
    },
    file_name="lay-y-kien",
    empty=_("Chưa có cuộc lấy ý kiến nào."),
)

PUBLIC_CONSULTATIONS = Section(
    one="consultation",
    verb=DISCUSS,
    listing=LISTING,
    record=Record(template="consultation/public_consultation.html", rows=public_rows, facts=_facts),
)
