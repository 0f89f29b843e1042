"""What the room of followers says of itself: how its letters are completed when they are sent."""

from danchu.following.letters import LETTER_WRITERS
from danchu.subjects.room import Room

ROOM = Room(name="following", letters=LETTER_WRITERS)
