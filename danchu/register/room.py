"""The declaration of the register for every surface."""

from danchu.figures.tables import ReleasedTable
from danchu.register.indicators import INDICATORS
from danchu.register.models import Statement
from danchu.register.sections.records import RECORDS
from danchu.register.sections.statements import STATEMENTS
from danchu.register.tally import tally_problems
from danchu.register.words import ACT_WORDS
from danchu.subjects.room import Room

ROOM = Room(
    name="register",
    sections=(RECORDS, STATEMENTS),
    words=ACT_WORDS,
    indicators=INDICATORS,
    tables=(ReleasedTable("reception_visitors"),),
    statements=lambda: Statement.objects.counted(),
    evidence={"event": "record", "part": "record"},
    proofs=(tally_problems,),
)
