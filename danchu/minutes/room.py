"""The declaration of minutes and commitments for every surface."""

from danchu.minutes.indicators import INDICATORS
from danchu.minutes.keeper import KEEPER
from danchu.minutes.models import Commitment, Minutes
from danchu.minutes.models.commitments import SUBJECT
from danchu.minutes.proof import minutes_problems
from danchu.minutes.public.commitments import PUBLIC_COMMITMENTS
from danchu.minutes.public.minutes import PUBLIC_MINUTES
from danchu.minutes.sections.commitments import COMMITMENTS
from danchu.minutes.sections.minutes import TEXTS
from danchu.minutes.words import ACT_WORDS
from danchu.obligations.models import Obligation
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

ROOM = Room(
    name="minutes",
    sections=(TEXTS, COMMITMENTS),
    public=(PUBLIC_COMMITMENTS,),
    unlisted=(PUBLIC_MINUTES,),
    words=ACT_WORDS,
    indicators=INDICATORS,
    evidence={"commitment": "commitment", "passage": "passage"},
    proofs=(minutes_problems,),
    proved={
        "commitment": Proved(
            rows=lambda actor: Commitment.objects.all(),
            page="commitment",
            title=lambda commitment: commitment.title,
        ),
        "minutes": Proved(
            rows=PUBLIC_MINUTES.record.rows, page="minutes", title=PUBLIC_MINUTES.record.title
        ),
    },
    countable={
        "commitment": lambda: Commitment.objects.all(),
        "minutes": lambda: Minutes.objects.all(),
        "obligation": lambda: Obligation.objects.filter(subject_kind=SUBJECT),
    },
    keepers=(KEEPER,),
)
