"""The declaration of the register for every surface."""

from danchu.figures.tables import ReleasedTable
from danchu.people.actor import Actor
from danchu.register.indicators import INDICATORS
from danchu.register.models import Event, Statement
from danchu.register.querysets import State
from danchu.register.sections.records import RECORDS
from danchu.register.sections.statements import STATEMENTS
from danchu.register.tally import tally_problems
from danchu.register.words import ACT_WORDS
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

ROOM = Room(
    name="register",
    sections=(RECORDS, STATEMENTS),
    words=ACT_WORDS,
    indicators=INDICATORS,
    tables=(ReleasedTable("reception_visitors"),),
    statements=lambda: Statement.objects.counted(),
    evidence={"event": "record", "part": "record"},
    proofs=(tally_problems,),
    proved={
        "event": Proved(
            rows=lambda actor: Event.objects.visible_to(actor),
            page="record",
            title=lambda event: event.title,
            is_digested=lambda event: event.state != State.DRAFT,
        ),
        "statement": Proved(
            rows=lambda actor: Statement.objects.visible_to(actor),
            page="",
            title=lambda statement: str(statement),
        ),
    },
    countable={
        "event": lambda: Event.objects.visible_to(Actor.public()),
        "statement": lambda: Statement.objects.visible_to(Actor.public()),
    },
)
