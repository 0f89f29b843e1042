"""The declaration of minutes and commitments for every surface."""

from danchu.minutes.indicators import INDICATORS
from danchu.minutes.keeper import KEEPER
from danchu.minutes.proof import minutes_problems
from danchu.minutes.public.commitments import PUBLIC_COMMITMENTS
from danchu.minutes.public.minutes import PUBLIC_MINUTES
from danchu.minutes.sections.commitments import COMMITMENTS
from danchu.minutes.sections.minutes import TEXTS
from danchu.minutes.words import ACT_WORDS
from danchu.subjects.room import Room

ROOM = Room(
    name="minutes",
    sections=(TEXTS, COMMITMENTS),
    public=(PUBLIC_COMMITMENTS,),
    unlisted=(PUBLIC_MINUTES,),
    words=ACT_WORDS,
    indicators=INDICATORS,
    evidence={"commitment": "commitment", "passage": "passage"},
    proofs=(minutes_problems,),
    keepers=(KEEPER,),
)
