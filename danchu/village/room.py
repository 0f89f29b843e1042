"""What the room of villages says of itself to every surface."""

from danchu.obligations.models import Obligation
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved
from danchu.village.indicators import INDICATORS
from danchu.village.models import Convention, VillageConference, VillageHead
from danchu.village.public.conferences import PUBLIC_CONFERENCES
from danchu.village.public.conventions import PUBLIC_CONVENTIONS
from danchu.village.public.elections import PUBLIC_ELECTIONS
from danchu.village.public.heads import PUBLIC_HEADS
from danchu.village.report_table import TABLE_EIGHT
from danchu.village.sections.conferences import CONFERENCES
from danchu.village.sections.conventions import CONVENTIONS
from danchu.village.sections.elections import ELECTIONS
from danchu.village.sections.heads import HEADS
from danchu.village.words import ACT_WORDS_OF

KINDS = ("head_election", "village_head", "convention", "village_conference", "village_year")
ROOM = Room(
    name="village",
    report_tables=(TABLE_EIGHT,),
    sections=(ELECTIONS, HEADS, CONVENTIONS, CONFERENCES),
    public=(PUBLIC_ELECTIONS, PUBLIC_HEADS, PUBLIC_CONVENTIONS, PUBLIC_CONFERENCES),
    words_of=ACT_WORDS_OF,
    indicators=INDICATORS,
    evidence={
        "convention": "convention",
        "village_conference": "village_conference",
        "village_head": "village_head",
    },
    proved={
        "village_head": Proved(
            rows=PUBLIC_HEADS.record.rows,
            page="village_head",
            title=PUBLIC_HEADS.record.title,
        ),
        "convention": Proved(
            rows=PUBLIC_CONVENTIONS.record.rows,
            page="convention",
            title=PUBLIC_CONVENTIONS.record.title,
            is_digested=lambda row: row.in_force_on is not None,
        ),
        "village_conference": Proved(
            rows=PUBLIC_CONFERENCES.record.rows,
            page="village_conference",
            title=PUBLIC_CONFERENCES.record.title,
            is_digested=lambda row: row.held_on is not None,
        ),
    },
    countable={
        "village_head": lambda: VillageHead.objects.all(),
        "convention": lambda: Convention.objects.recognised(),
        "village_conference": lambda: VillageConference.objects.held(),
        "obligation": lambda: Obligation.objects.filter(subject_kind__in=KINDS),
    },
)
