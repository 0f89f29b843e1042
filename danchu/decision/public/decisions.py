"""What households decide: for everyone, from the notice on, without a name of anybody."""

from django.utils.translation import gettext_lazy as _

from danchu.decision.lives import PUBLIC
from danchu.decision.models import HouseholdDecision
from danchu.decision.rules.items import ITEMS, item_words
from danchu.decision.scope_shown import scope_facts
from danchu.decision.sections.shared import (
    COLUMNS,
    EMPTY,
    FILE_NAME,
    TITLE,
    place_and_day,
    votes_beside,
)
from danchu.decision.votes_shown import votes_of
from danchu.subjects.filters import Choice, Last, Place, Since, Words
from danchu.subjects.listing import Listing
from danchu.subjects.sections import Record, Section
from danchu.subjects.verbs import DISCUSS


def _rows(actor):
    return HouseholdDecision.objects.public()


def _facts(decision, actor):
    """The context of the public page of a decision."""
    return {
        "item": item_words(decision.item),
        "votes": votes_of(decision, is_public=True),
        **scope_facts(decision),
    }


LISTING = Listing(
    name="decisions",
    title=TITLE,
    lead=_("Việc các hộ gia đình của thôn, tổ dân phố bàn và quyết định, kết quả và vì sao."),
    rows=_rows,
    placed=place_and_day,
    columns=COLUMNS,
    more=votes_beside,
    filters={
        "unit": Place(by_number=True),
        "item": Choice(ITEMS, _("Việc (Điều 15)"), "item"),
        "state": Choice([(state.value, state.label) for state in PUBLIC], _("Trạng thái"), "state"),
        "since": Since("proposed_on"),
        "last": Last("proposed_on"),
        "q": Words("title"),
    },
    file_name=FILE_NAME,
    empty=EMPTY,
)

PUBLIC_DECISIONS = Section(
    one="decision",
    verb=DISCUSS,
    listing=LISTING,
    record=Record(template="decision/public_decision.html", rows=_rows, facts=_facts),
)
