"""The declaration of the room of obligations for every surface."""

from danchu.obligations.proof import obligation_problems
from danchu.obligations.sections.obligations import OBLIGATIONS
from danchu.obligations.sections.revisions import REVISIONS
from danchu.obligations.words import ACT_WORDS
from danchu.subjects.room import Room

ROOM = Room(
    name="obligations",
    sections=(OBLIGATIONS, REVISIONS),
    words=ACT_WORDS,
    proofs=(obligation_problems,),
)
