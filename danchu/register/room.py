"""The declaration of the register for every surface."""

from uuid import UUID

from danchu.figures.tables import ReleasedTable
from danchu.people.actor import Actor
from danchu.register.indicators import INDICATORS
from danchu.register.models import Event, Statement
from danchu.register.querysets import State
from danchu.register.sections.records import RECORDS
from danchu.register.sections.statements import STATEMENTS
from danchu.register.tally import tally_problems
from danchu.register.words import ACT_WORDS
from danchu.subjects.disclosing import ToDisclose
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved


def first_uid(event: Event) -> UUID:
    """The uid of the event as it was first written, however often it was corrected since."""
    while event.supersedes is not None:
        event = event.supersedes
    return event.uid


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
    to_disclose=(
        # Item 4: the commune's regulation on democracy; other documents have items of their own.
        ToDisclose(
            "event",
            "commune.4",
            lambda: Event.objects.counted().filter(
                kind="document", form="regulation", body__kind="peoples_committee"
            ),
            "held_on",
            origin=first_uid,
        ),
    ),
    countable={
        "event": lambda: Event.objects.visible_to(Actor.public()),
        "statement": lambda: Statement.objects.visible_to(Actor.public()),
    },
)
