"""What the room of decisions of households says of itself to every surface."""

from danchu.decision.sections.households import HOUSEHOLDS
from danchu.decision.words import ACT_WORDS, ACT_WORDS_OF
from danchu.subjects.room import Room

ROOM = Room(
    name="decision",
    sections=(HOUSEHOLDS,),
    words=ACT_WORDS,
    words_of=ACT_WORDS_OF,
)
