"""Heads of villages: for everyone, those who serve and those who did."""

from django.utils.translation import gettext_lazy as _

from danchu.decision.lives import PUBLIC
from danchu.subjects.listing import Listing
from danchu.subjects.sections import Record, Section
from danchu.subjects.verbs import DISCUSS
from danchu.village.lives import head_state
from danchu.village.models import VillageHead
from danchu.village.sections.shared import (
    HEAD_COLUMNS,
    HEADS_TITLE,
    NO_NAMES,
    head_filters,
)


def _rows(actor):
    return VillageHead.objects.all()


def _facts(head, actor):
    """The context of the public page."""
    rows = head.releases.select_related("decision").order_by("-pk")
    return {"releases": [one for one in rows if one.decision.state in PUBLIC]}


LISTING = Listing(
    name="village-heads",
    title=HEADS_TITLE,
    lead=_("Ai là trưởng thôn, tổ trưởng tổ dân phố, từ ngày nào, nhiệm kỳ đến đâu."),
    rows=_rows,
    placed=lambda head: (head.unit_id, head.since),
    columns=HEAD_COLUMNS,
    filters=head_filters(by_number=True),
    file_name="truong-thon",
    empty=_("Chưa ghi trưởng thôn, tổ trưởng nào."),
    lacks={"q": NO_NAMES},
)

PUBLIC_HEADS = Section(
    one="village_head",
    verb=DISCUSS,
    listing=LISTING,
    record=Record(
        template="village/public_head.html",
        rows=_rows,
        facts=_facts,
        title=lambda head: head.name,
        state=lambda head: head_state(head).label,
    ),
)
