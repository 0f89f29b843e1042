"""Propositions at the desk: the list, the page of one, its acts."""

from django.utils.translation import gettext_lazy as _

from danchu.consultation import actions
from danchu.consultation.lives import CONSULTATION
from danchu.consultation.models import Proposition
from danchu.consultation.proposition_life import PROPOSITION_LIFE, Kind, PropositionState
from danchu.consultation.sections.consultations import CONSULTATIONS
from danchu.kernel.days import day_of
from danchu.subjects.columns import PLACE, state_column
from danchu.subjects.filters import Choice, Place, Words
from danchu.subjects.forms import ReasonForm
from danchu.subjects.listing import Column, Listing
from danchu.subjects.scoped import within
from danchu.subjects.sections import Act, Record, Section
from danchu.subjects.verbs import DISCUSS
from danchu.subjects.waiting import Wait


def _rows(actor):
    rows = within(Proposition.objects.all(), actor.scope("view", CONSULTATION))
    return rows.select_related("consultation")


LISTING = Listing(
    name="propositions",
    title=_("Câu để biểu quyết"),
    rows=_rows,
    placed=lambda proposition: (proposition.unit_id, day_of(proposition.made_at)),
    columns=(
        Column("number", _("Số"), sort="number"),
        Column(
            "text",
            _("Câu"),
            links=True,
            under=lambda line: f"{line.row.consultation.title} · {line.where}",
        ),
        Column("kind", _("Của ai"), lambda line: line.row.get_kind_display(), sort="kind"),
        state_column(),
        PLACE,
    ),
    filters={
        "unit": Place(),
        "kind": Choice(Kind.choices, _("Của ai"), "kind"),
        "state": Choice(PropositionState.choices, _("Trạng thái"), "state"),
        "q": Words("text"),
    },
    lacks={
        "since": "its days are those of the consultation, which its list narrows",
        "last": "its days are those of the consultation, which its list narrows",
    },
    sorted_by="number",
    file_name="cau-bieu-quyet",
    empty=_("Chưa có câu nào."),
    advice=_("Câu hỏi được ghi ở trang của cuộc lấy ý kiến; người dân nêu phát biểu qua cổng."),
)

PROPOSITIONS = Section(
    one="proposition",
    verb=DISCUSS,
    listing=LISTING,
    life=PROPOSITION_LIFE,
    above=("desk_consultations", CONSULTATIONS.listing.title),
    goes_on=("admit", "hide"),
    record=Record(
        template="consultation/proposition.html",
        rows=_rows,
        title=lambda proposition: proposition.text,
    ),
    acts=(
        Act("admit", _("Duyệt: đưa ra biểu quyết"), actions.admit_proposition),
        Act("hide", _("Ẩn câu này"), actions.hide_proposition, ReasonForm),
    ),
    waits=(Wait("admit", (PropositionState.WAITING,), "draft", CONSULTATION),),
)
