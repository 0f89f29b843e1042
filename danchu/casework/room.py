"""The declaration of this room for all surfaces: sections, words, indicators, proofs, answers."""

from danchu.casework.indicators import COUNTS_ALSO, INDICATORS, TABLES
from danchu.casework.promised import petition_answer
from danchu.casework.queries.sealed_chains import open_file_problems
from danchu.casework.sections.bookings import BOOKINGS
from danchu.casework.sections.petitions import PETITIONS
from danchu.casework.sections.reception import RECEPTION
from danchu.casework.words import ACT_WORDS
from danchu.minutes.models import Origin
from danchu.subjects.room import Room

ROOM = Room(
    name="casework",
    sections=(PETITIONS, RECEPTION, BOOKINGS),
    words=ACT_WORDS,
    indicators=INDICATORS,
    tables=TABLES,
    counts_also=COUNTS_ALSO,
    proofs=(open_file_problems,),
    answers={Origin.PETITION: petition_answer},
)
