"""What the room of conferences and polls offers to every surface."""

from danchu.conference import poll_life, words
from danchu.conference.keeper import KEEPER
from danchu.conference.models import Poll
from danchu.conference.public.conferences import PUBLIC_CONFERENCES
from danchu.conference.public.polls import PUBLIC_POLLS, visible_polls
from danchu.conference.sections.conferences import CONFERENCES
from danchu.conference.sections.delegates import DELEGATES
from danchu.conference.sections.polls import POLLS
from danchu.conference.votes.checks import poll_problems
from danchu.conference.words import PollState
from danchu.conference.writes.letters import LETTER_RENDERERS
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

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
    proved={
        "poll": Proved(
            rows=visible_polls,
            page="poll",
            title=lambda poll: poll.title,
            is_digested=lambda poll: poll.state == PollState.DECLARED,
        )
    },
    countable={"poll": lambda: Poll.objects.all()},
    letters=LETTER_RENDERERS,
    keepers=(KEEPER,),
)
