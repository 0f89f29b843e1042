"""The roll of a poll is written: in one statement, however many voters there are."""

from danchu.conference.queries.presence import IN_HALL
from danchu.conference.votes.roll import ENTITLED, execute
from danchu.conference.words import Electorate

_INSERT = (
    "INSERT INTO conference_rollentry (poll_id, voter_id, salt) SELECT %(poll)s, d.id, "
    "gen_random_uuid() FROM conference_delegate d"
)
_PRESENT = f"{IN_HALL} {_INSERT} JOIN present ON present.delegate = d.id WHERE {ENTITLED}"
_ALL = f"{_INSERT} WHERE {ENTITLED}"
_VOTERS = f"{_INSERT} JOIN conference_vote v ON v.poll_id = %(poll)s AND v.voter_id = d.id"


def take_roll(poll, at):
    """Write the roll of a poll that opens at the instant: the entitled who are present then, or all
    who are entitled, by its electorate.
    """
    execute(_PRESENT if poll.electorate == Electorate.PRESENT else _ALL, poll, at)


def take_roll_of_voters(poll):
    """Write the roll of a poll that was opened without one: everyone who voted."""
    execute(_VOTERS, poll, poll.closed_at)
