"""The declaration of this room for all surfaces."""

from danchu.disclosure.indicators import INDICATORS
from danchu.disclosure.models import Content, Contest
from danchu.disclosure.public import PUBLIC_CONTENTS
from danchu.disclosure.reminding import reminders_for
from danchu.disclosure.report_table import TABLE_ONE
from danchu.disclosure.sections.catalogue import ITEMS, PUBLIC_ITEMS
from danchu.disclosure.sections.contents import CONTENTS
from danchu.disclosure.sections.contests import CONTESTS
from danchu.disclosure.sections.council import COUNCIL_REPORTS
from danchu.disclosure.sections.places import PLACES
from danchu.disclosure.sections.plans import PLANS, PUBLIC_PLANS
from danchu.disclosure.sections.requests import REQUESTS
from danchu.disclosure.words import (
    ACT_WORDS,
    CONTEST_WORDS,
    COUNCIL_WORDS,
    ITEM_WORDS,
    PLACE_WORDS,
    PLAN_WORDS,
    REQUEST_WORDS,
)
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

ROOM = Room(
    name="disclosure",
    report_tables=(TABLE_ONE,),
    sections=(CONTENTS, CONTESTS, PLANS, REQUESTS, COUNCIL_REPORTS, PLACES, ITEMS),
    public=(PUBLIC_CONTENTS, PUBLIC_PLANS, PUBLIC_ITEMS),
    words=ACT_WORDS,
    words_of={
        "posting_place": PLACE_WORDS,
        "disclosure_item": ITEM_WORDS,
        "disclosure_contest": CONTEST_WORDS,
        "disclosure_plan": PLAN_WORDS,
        "council_report": COUNCIL_WORDS,
        "information_request": REQUEST_WORDS,
    },
    indicators=INDICATORS,
    evidence={
        "disclosure": "disclosure",
        "posting": "disclosure",
        "disclosure_due": "disclosure",
        "disclosure_contest": "disclosure",
    },
    proved={
        "disclosure": Proved(
            rows=PUBLIC_CONTENTS.record.rows,
            page="disclosure",
            title=PUBLIC_CONTENTS.record.title,
        ),
        "disclosure_contest": Proved(
            rows=lambda actor: Contest.objects.all(), page="", title=lambda contest: contest.title
        ),
    },
    countable={
        "disclosure": lambda: Content.objects.known(),
        "disclosure_contest": lambda: Contest.objects.all(),
    },
    reminders=(reminders_for,),
)
