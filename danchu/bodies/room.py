"""What the room of bodies declares to every surface."""

from danchu.bodies.sections.bodies import BODIES
from danchu.bodies.sections.villages import VILLAGES
from danchu.bodies.words import BODY_WORDS, UNIT_WORDS
from danchu.subjects.room import Room

ROOM = Room(name="bodies", sections=(BODIES, VILLAGES))
# The rows of bodies and villages are models of a room below, which has no pages of its own.
UNITS = Room(name="units", words_of={"units.body": BODY_WORDS, "units.unit": UNIT_WORDS})
