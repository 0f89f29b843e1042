"""What the room of mediations says of itself to every surface."""

from danchu.mediation.indicators import INDICATORS
from danchu.mediation.public import PUBLIC_MEDIATIONS
from danchu.mediation.sections import MEDIATIONS
from danchu.mediation.words import ACT_WORDS
from danchu.subjects.room import Room

ROOM = Room(
    name="mediation",
    sections=(MEDIATIONS,),
    public=(PUBLIC_MEDIATIONS,),
    words=ACT_WORDS,
    indicators=INDICATORS,
    evidence={"mediation": "mediation"},
)
