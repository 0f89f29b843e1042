"""Village conventions with all versions of their text: for everyone, from the posting on."""

from django.utils.translation import gettext_lazy as _

from danchu.subjects.listing import Listing
from danchu.subjects.sections import Record, Section
from danchu.subjects.verbs import DISCUSS
from danchu.village.lives import CONVENTIONS_PUBLIC
from danchu.village.models import Convention
from danchu.village.sections.shared import (
    CONVENTION_COLUMNS,
    CONVENTIONS_TITLE,
    convention_filters,
)
from danchu.village.shown import convention_facts


def _rows(actor):
    return Convention.objects.public().select_related("decision")


def _facts(convention, actor):
    """The context of the public page."""
    return convention_facts(convention)


LISTING = Listing(
    name="conventions",
    title=CONVENTIONS_TITLE,
    lead=_(
        "Hương ước, quy ước của thôn, tổ dân phố: dự thảo đang niêm yết, bản đang dùng, bản trước."
    ),
    rows=_rows,
    placed=lambda convention: (convention.unit_id, convention.proposed_on),
    columns=CONVENTION_COLUMNS,
    filters=convention_filters(CONVENTIONS_PUBLIC, by_number=True),
    file_name="huong-uoc",
    empty=_("Chưa có hương ước, quy ước nào."),
)

PUBLIC_CONVENTIONS = Section(
    one="convention",
    verb=DISCUSS,
    listing=LISTING,
    record=Record(template="village/public_convention.html", rows=_rows, facts=_facts),
)
