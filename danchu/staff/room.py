"""What the room of people says of itself to every surface."""

from danchu.staff.letters import LETTER_WRITERS
from danchu.staff.sections.invitations import INVITATIONS
from danchu.staff.sections.people import PEOPLE
from danchu.staff.words import ACCOUNT_WORDS, INVITATION_WORDS
from danchu.subjects.room import Room

ROOM = Room(
    name="staff",
    sections=(PEOPLE, INVITATIONS),
    words_of={"account_invitation": INVITATION_WORDS},
    letters=LETTER_WRITERS,
)
# Accounts are kept by a room below, which knows no sections.
PEOPLE_ROOM = Room(name="people", words_of={"account": ACCOUNT_WORDS})
