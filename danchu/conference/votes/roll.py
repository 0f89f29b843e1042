"""The roll of a poll: who may vote, taken in one statement, and the hash by which each may check
that he is on it.

The roll itself is not published: only how many are on it and the root over its entries
(votes/merkle.py). An entry is the hash of poll, delegate and a salt: who knows his salt finds
himself, nobody else finds anyone.
"""

import hashlib

from django.db import connection

from danchu.conference.models import Delegate, RollEntry
from danchu.conference.queries.presence import IN_HALL
from danchu.conference.votes import merkle
from danchu.conference.words import DelegateState, Electorate

COMING = (DelegateState.INVITED, DelegateState.REGISTERED)
_ENTITLED = (
    "d.conference_id = %(conference)s AND d.entitled AND d.state IN ('invited', 'registered')"
)
_INSERT = (
    "INSERT INTO conference_rollentry (poll_id, voter_id, salt) SELECT %(poll)s, d.id, "
    "gen_random_uuid() FROM conference_delegate d"
)
_PRESENT = f"{IN_HALL} {_INSERT} JOIN present ON present.delegate = d.id WHERE {_ENTITLED}"
_ALL = f"{_INSERT} WHERE {_ENTITLED}"
_VOTERS = f"{_INSERT} JOIN conference_vote v ON v.poll_id = %(poll)s AND v.voter_id = d.id"
_IN = (
    f"{IN_HALL} SELECT count(*) FROM conference_delegate d JOIN present ON present.delegate "
    f"= d.id WHERE {_ENTITLED}"
)


def take_roll(poll, at):
    """Write the roll of a poll that opens at the instant: those present then, or all who are
    entitled.
    """
    _run(_PRESENT if poll.electorate == Electorate.PRESENT else _ALL, poll, at)


def take_voters(poll):
    """Write the roll of a poll that had none: who voted."""
    _run(_VOTERS, poll, poll.closed_at)


def entitled(conference):
    """How many are entitled to vote in a conference."""
    return Delegate.objects.filter(conference=conference, entitled=True, state__in=COMING).count()


def entitled_in(poll, at):
    """How many of the entitled are in the hall at the instant."""
    return _run(_IN, poll, at)[0][0]


def _run(statement, poll, at):
    """The rows of the statement. Delegates who were only just written have no statistics yet, and
    the planner, taking them for one, would compare everyone with everyone: 20,000 took a minute.
    Without nested loops it cannot.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(statement, {"poll": poll.pk, "conference": poll.conference_id, "at": at})
        found = cursor.fetchall() if cursor.description else []
        cursor.execute("SET LOCAL enable_nestloop = DEFAULT")
        return found


def entry(poll_uid, delegate_uid, salt):
    """The published form of one entry."""
    return hashlib.sha256(
        f"danchu roll 1\n{poll_uid}\n{delegate_uid}\n{salt}\n".encode()
    ).hexdigest()


def entries(poll):
    """{delegate id: entry} of the whole roll."""
    rows = RollEntry.objects.filter(poll=poll).values_list("voter_id", "voter__uid", "salt")
    return {voter: entry(poll.uid, uid, salt) for voter, uid, salt in rows}


def counted_roll(poll):
    """(how many, root over the entries in their own order)"""
    found = sorted(entries(poll).values())
    return len(found), merkle.root(found)


def own_entry(poll, delegate):
    """What a delegate may see of the roll: his salt, his entry and the path that proves it;
    None when he is not on it.
    """
    row = RollEntry.objects.filter(poll=poll, voter=delegate).first()
    if row is None:
        return None
    found = sorted(entries(poll).values())
    mine = entry(poll.uid, delegate.uid, row.salt)
    index = found.index(mine)
    return {
        "salt": str(row.salt),
        "entry": mine,
        "index": index,
        "size": len(found),
        "path": merkle.path(merkle.levels(found), index),
    }
