"""What the room of decisions of households says of itself to every surface."""

from danchu.decision.disclosing import TO_DISCLOSE
from danchu.decision.indicators import COUNTS_ALSO, INDICATORS
from danchu.decision.models import HouseholdDecision, HouseholdVote, Works
from danchu.decision.public.decisions import PUBLIC_DECISIONS
from danchu.decision.public.online_votes import PUBLIC_ONLINE_VOTES
from danchu.decision.public.works import PUBLIC_WORKS
from danchu.decision.report_table import TABLE_TWO
from danchu.decision.sections.decisions import DECISIONS
from danchu.decision.sections.households import HOUSEHOLDS
from danchu.decision.sections.sheets import COUNT_SHEETS, ROLL_SHEETS
from danchu.decision.sections.works import WORKS
from danchu.decision.words import ACT_WORDS, ACT_WORDS_OF
from danchu.obligations.models import Obligation
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

ROOM = Room(
    name="decision",
    report_tables=(TABLE_TWO,),
    sections=(DECISIONS, HOUSEHOLDS, WORKS, ROLL_SHEETS, COUNT_SHEETS),
    public=(PUBLIC_DECISIONS, PUBLIC_WORKS),
    unlisted=(PUBLIC_ONLINE_VOTES,),
    words=ACT_WORDS,
    words_of=ACT_WORDS_OF,
    indicators=INDICATORS,
    counts_also=COUNTS_ALSO,
    evidence={"household_decision": "decision", "works": "works"},
    proved={
        "household_decision": Proved(
            rows=lambda actor: HouseholdDecision.objects.counted(),
            page="decision",
            title=lambda decision: decision.title,
        ),
        "works": Proved(
            rows=lambda actor: Works.objects.counted(),
            page="works",
            title=lambda works: works.title,
        ),
    },
    to_disclose=TO_DISCLOSE,
    countable={
        "household_decision": lambda: HouseholdDecision.objects.counted(),
        "works": lambda: Works.objects.counted(),
        "household_vote": lambda: HouseholdVote.objects.exclude(outcome=""),
        "obligation": lambda: Obligation.objects.filter(subject_kind="household_decision"),
    },
)
