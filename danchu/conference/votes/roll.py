"""The roll of a poll: who may vote, and the hash by which delegates can check that they are on it.
writes/roll.py writes it.

The roll itself is not published: only how many are on it and the root over its entries
(vault/merkle.py). An entry is the hash of poll, delegate and a salt: whoever knows their salt finds
their own entry and nobody else's.
"""

import hashlib

from django.db import connection

from danchu.conference.models import Delegate, RollEntry
from danchu.conference.queries.presence import IN_HALL
from danchu.conference.words import DelegateState
from danchu.vault import merkle

COMING = (DelegateState.INVITED, DelegateState.REGISTERED)
ENTITLED = (
    "d.conference_id = %(conference)s AND d.entitled AND d.state IN ('invited', 'registered')"
)
_COUNT_PRESENT = (
    f"{IN_HALL} SELECT count(*) FROM conference_delegate d JOIN present ON present.delegate "
    f"= d.id WHERE {ENTITLED}"
)


def count_entitled(conference):
    """How many are entitled to vote in a conference."""
    return Delegate.objects.filter(conference=conference, entitled=True, state__in=COMING).count()


def count_entitled_present(poll, at):
    """How many of the entitled are in the hall at the instant."""
    return execute(_COUNT_PRESENT, poll, at)[0][0]


def execute(statement, poll, at):
    """Run the statement with %(poll)s, %(conference)s, %(at)s. Returns its rows. Nested loops are
    off: for delegates who were only just written there are no statistics yet, and the planner would
    compare every row with every row (a minute for 20,000).
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
        cursor.execute(statement, {"poll": poll.pk, "conference": poll.conference_id, "at": at})
        rows = cursor.fetchall() if cursor.description else []
        cursor.execute("SET LOCAL enable_nestloop = DEFAULT")
        return rows


def roll_entry(poll_uid, delegate_uid, salt):
    """The published form of one entry, in hex."""
    return hashlib.sha256(
        f"danchu roll 1\n{poll_uid}\n{delegate_uid}\n{salt}\n".encode()
    ).hexdigest()


def roll_entries(poll):
    """{delegate id: entry} of the whole roll."""
    rows = RollEntry.objects.filter(poll=poll).values_list("voter_id", "voter__uid", "salt")
    return {voter: roll_entry(poll.uid, uid, salt) for voter, uid, salt in rows}


def roll_size_and_root(poll):
    """(number of entries, root over the sorted entries)."""
    hashes = sorted(roll_entries(poll).values())
    return len(hashes), merkle.root(hashes)


def own_entry(poll, delegate):
    """What delegates may see of the roll: their salt, their entry and its inclusion proof; None
    when they are not on it.
    """
    row = RollEntry.objects.filter(poll=poll, voter=delegate).first()
    if row is None:
        return None
    hashes = sorted(roll_entries(poll).values())
    own = roll_entry(poll.uid, delegate.uid, row.salt)
    index = hashes.index(own)
    return {
        "salt": str(row.salt),
        "entry": own,
        "index": index,
        "size": len(hashes),
        "path": merkle.path(merkle.levels(hashes), index),
    }
