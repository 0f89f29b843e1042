"""Yearly conferences of villages: for everyone, from the convocation on."""

from django.utils.translation import gettext_lazy as _

from danchu.subjects.listing import Listing
from danchu.subjects.sections import Record, Section
from danchu.subjects.verbs import DISCUSS
from danchu.village.lives import CONFERENCES_PUBLIC
from danchu.village.models import VillageConference
from danchu.village.naming import conference_title
from danchu.village.sections.shared import (
    CONFERENCE_COLUMNS,
    CONFERENCES_TITLE,
    NO_WORDS,
    conference_filters,
)
from danchu.village.shown import conference_facts


def _rows(actor):
    return VillageConference.objects.public()


def _facts(conference, actor):
    """The context of the public page."""
    return conference_facts(conference)


LISTING = Listing(
    name="village-conferences",
    title=CONFERENCES_TITLE,
    lead=_(
        "Hội nghị cuối năm của thôn, tổ dân phố: ngày họp, chín bước, việc đã quyết định và đã làm."
    ),
    rows=_rows,
    placed=lambda conference: (conference.unit_id, conference.planned_on),
    columns=CONFERENCE_COLUMNS,
    filters=conference_filters(CONFERENCES_PUBLIC, by_number=True),
    file_name="hoi-nghi-thon",
    empty=_("Chưa có hội nghị nào."),
    lacks={"q": NO_WORDS},
)

PUBLIC_CONFERENCES = Section(
    one="village_conference",
    verb=DISCUSS,
    listing=LISTING,
    record=Record(
        template="village/public_conference.html", rows=_rows, facts=_facts, title=conference_title
    ),
)
