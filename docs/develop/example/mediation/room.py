"""What the room of mediations says of itself to every surface."""

from danchu.mediation.indicators import INDICATORS
from danchu.mediation.lives import PUBLIC
from danchu.mediation.models import Mediation
from danchu.mediation.public import PUBLIC_MEDIATIONS
from danchu.mediation.sections import MEDIATIONS
from danchu.mediation.words import ACT_WORDS
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

ROOM = Room(
    name="mediation",
    sections=(MEDIATIONS,),
    public=(PUBLIC_MEDIATIONS,),
    words=ACT_WORDS,
    indicators=INDICATORS,
    evidence={"mediation": "mediation"},
    proved={
        "mediation": Proved(
            rows=PUBLIC_MEDIATIONS.record.rows,
            page="mediation",
            title=PUBLIC_MEDIATIONS.record.title,
        )
    },
    countable={"mediation": lambda: Mediation.objects.filter(state__in=PUBLIC)},
    noted=("mediation_mediation",),
)
