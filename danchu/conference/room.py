"""What the room of conferences and polls offers to every surface."""

from danchu.conference import poll_life, words
from danchu.conference.public.conferences import PUBLIC_CONFERENCES
from danchu.conference.public.polls import PUBLIC_POLLS
from danchu.conference.sections.conferences import CONFERENCES
from danchu.conference.sections.delegates import DELEGATES
from danchu.conference.sections.polls import POLLS
from danchu.conference.votes.checks import poll_problems
from danchu.conference.writes.letters import LETTER_RENDERERS
from danchu.subjects.room import Room

ROOM = Room(
    name="conference",
    sections=(CONFERENCES, POLLS, DELEGATES),
    public=(
        PUBLIC_CONFERENCES,
        PUBLIC_POLLS,
    ),
    words=poll_life.ACT_WORDS,
    words_of=words.ACT_WORDS,
    proofs=(poll_problems,),
    letters=LETTER_RENDERERS,
)
