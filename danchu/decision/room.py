"""What the room of decisions of households says of itself to every surface."""

from danchu.decision.disclosing import TO_DISCLOSE
from danchu.decision.indicators import INDICATORS
from danchu.decision.models import HouseholdDecision, HouseholdVote
from danchu.decision.public.decisions import PUBLIC_DECISIONS
from danchu.decision.public.online_votes import PUBLIC_ONLINE_VOTES
from danchu.decision.sections.decisions import DECISIONS
from danchu.decision.sections.households import HOUSEHOLDS
from danchu.decision.sections.sheets import COUNT_SHEETS, ROLL_SHEETS
from danchu.decision.words import ACT_WORDS, ACT_WORDS_OF
from danchu.obligations.models import Obligation
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

ROOM = Room(
    name="decision",
    sections=(DECISIONS, HOUSEHOLDS, ROLL_SHEETS, COUNT_SHEETS),
    public=(PUBLIC_DECISIONS,),
    unlisted=(PUBLIC_ONLINE_VOTES,),
    words=ACT_WORDS,
    words_of=ACT_WORDS_OF,
    indicators=INDICATORS,
    evidence={"household_decision": "decision"},
    proved={
        "household_decision": Proved(
            rows=lambda actor: HouseholdDecision.objects.counted(),
            page="decision",
            title=lambda decision: decision.title,
        )
    },
    to_disclose=TO_DISCLOSE,
    countable={
        "household_decision": lambda: HouseholdDecision.objects.counted(),
        "household_vote": lambda: HouseholdVote.objects.exclude(outcome=""),
        "obligation": lambda: Obligation.objects.filter(subject_kind="household_decision"),
    },
)
