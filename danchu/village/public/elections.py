"""Elections of heads: for everyone, from the posting on."""

from django.utils.translation import gettext_lazy as _

from danchu.subjects.listing import Listing
from danchu.subjects.sections import Record, Section
from danchu.subjects.verbs import DISCUSS
from danchu.village.lives import ELECTIONS_PUBLIC
from danchu.village.models import HeadElection
from danchu.village.naming import election_title
from danchu.village.sections.shared import (
    ELECTION_COLUMNS,
    ELECTIONS_TITLE,
    NO_WORDS,
    election_filters,
)
from danchu.village.shown import election_facts


def _rows(actor):
    return HeadElection.objects.public().select_related("decision")


def _facts(election, actor):
    """The context of the public page."""
    return election_facts(election)


LISTING = Listing(
    name="head-elections",
    title=ELECTIONS_TITLE,
    lead=_(
        "Ai ứng cử trưởng thôn, tổ trưởng tổ dân phố, bầu ngày nào, từng bước có đúng hạn, kết quả."
    ),
    rows=_rows,
    placed=lambda election: (election.unit_id, election.planned_on),
    columns=ELECTION_COLUMNS,
    filters=election_filters(ELECTIONS_PUBLIC, by_number=True),
    file_name="bau-truong-thon",
    empty=_("Chưa có cuộc bầu nào."),
    lacks={"q": NO_WORDS},
)

PUBLIC_ELECTIONS = Section(
    one="head_election",
    verb=DISCUSS,
    listing=LISTING,
    record=Record(
        template="village/public_election.html", rows=_rows, facts=_facts, title=election_title
    ),
)
