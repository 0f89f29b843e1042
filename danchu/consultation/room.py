"""What the room of consultations says of itself to every surface."""

from danchu.consultation.indicators import INDICATORS
from danchu.consultation.models import Consultation
from danchu.consultation.public import PUBLIC_CONSULTATIONS, provable_rows
from danchu.consultation.sections.consultations import CONSULTATIONS
from danchu.consultation.words import ACT_WORDS
from danchu.obligations.models import Obligation
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

ROOM = Room(
    name="consultation",
    sections=(CONSULTATIONS,),
    public=(PUBLIC_CONSULTATIONS,),
    words=ACT_WORDS,
    indicators=INDICATORS,
    evidence={"consultation": "consultation"},
    proved={
        "consultation": Proved(
            rows=provable_rows, page="consultation", title=PUBLIC_CONSULTATIONS.record.title
        )
    },
    countable={
        "consultation": lambda: Consultation.objects.public(),
        "obligation": lambda: Obligation.objects.filter(subject_kind="consultation"),
    },
)
