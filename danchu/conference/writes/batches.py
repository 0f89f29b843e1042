"""What thousands do at once (vote, ask, want an answer, raise a hand), written in groups: one
statement takes all that wait.

Each statement is its own proof: rights are joined, doubles meet a unique key, a poll that closes
waits for the group under way. None of it goes into the journal line by line: order and time of
votes must not be kept, and the rows themselves are the record. The same statements serve the intake
process (asyncpg) and pages without script (psycopg): parameters are arrays, one element an entry.
"""

from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import psycopg
from django.db import connection, transaction

from danchu.conference.channels import WAKE
from danchu.conference.votes.signatures import sign_receipt
from danchu.conference.votes.urn import Urn, UrnLost

MOST_WAITING = 5  # questions of one delegate that nobody has screened yet
LONGEST_QUESTION = 1000

# (poll, voter, choice or null, sealed or null) → those written; a choice may be changed where the
# poll says so, under the code of the first (votes/urn.py). Written in the order of the voters:
# neither arrival shows nor do two groups wait for one another.
VOTE = """
WITH v AS (SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bytea[]) AS
    v(poll, voter, choice, sealed)),
p AS (SELECT id, on_roll, conference_id, secrecy, jsonb_array_length(options) AS options FROM
    conference_poll
      WHERE id = ANY($1::bigint[]) AND state = 'open' AND franchise <> 'rooms' ORDER BY id FOR
          SHARE)
INSERT INTO conference_vote AS kept (poll_id, voter_id, choice, sealed)
SELECT v.poll, v.voter, v.choice, v.sealed FROM v JOIN p ON p.id = v.poll JOIN
    conference_delegate d ON d.id = v.voter AND d.conference_id = p.conference_id
WHERE (NOT p.on_roll OR EXISTS (SELECT 1 FROM conference_rollentry r WHERE r.poll_id = v.poll AND
    r.voter_id = v.voter))
  AND CASE p.secrecy WHEN 'secret' THEN v.sealed IS NOT NULL AND v.choice IS NULL ELSE v.sealed
      IS NULL AND v.choice >= 0 AND v.choice < p.options END
ORDER BY v.poll, v.voter
ON CONFLICT (poll_id, voter_id) DO UPDATE SET choice = excluded.choice, sealed =
    substr(kept.sealed, 1, 16) || substr(excluded.sealed, 17)
WHERE (SELECT may_change FROM conference_poll WHERE id = excluded.poll_id)
RETURNING poll_id, voter_id, choice, sealed, xmax = 0
"""
KEPT = """
SELECT v.poll, v.voter, k.voter_id IS NOT NULL, k.choice, k.sealed, p.state,
       p.on_roll AND NOT EXISTS (SELECT 1 FROM conference_rollentry r WHERE r.poll_id = v.poll
           AND r.voter_id = v.voter)
FROM unnest($1::bigint[], $2::bigint[]) AS v(poll, voter) LEFT JOIN conference_poll p ON p.id =
    v.poll
LEFT JOIN conference_vote k ON k.poll_id = v.poll AND k.voter_id = v.voter
"""
# What a process must know of a poll to take votes in it.
POLL = (
    "SELECT id, uid, conference_id, state, secrecy, jsonb_array_length(options) FROM "
    "conference_poll WHERE id = $1"
)

# (uid, conference, delegate, text, at) → uids that are now kept, whoever wrote them first.
QUESTION = """
WITH q AS (SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[],
    $5::timestamptz[]) AS q(uid, conference, delegate, text, at)),
fresh AS (
    INSERT INTO conference_question (uid, conference_id, delegate_id, point_id, item_id, asker,
        text, state, reason, answer, asked_at)
    SELECT q.uid, q.conference, q.delegate, d.point_id, i.id, '', q.text, 'submitted', '', '', q.at
    FROM q JOIN conference_conference c ON c.id = q.conference AND c.state = 'open' JOIN
        conference_delegate d ON d.id = q.delegate
    LEFT JOIN conference_programmeitem i ON i.conference_id = q.conference AND i.state = 'current'
    WHERE (SELECT count(*) FROM conference_question k WHERE k.delegate_id = q.delegate AND
        k.state = 'submitted') < $6::int
    ON CONFLICT (uid) DO NOTHING RETURNING uid
)
SELECT uid FROM fresh UNION SELECT k.uid FROM conference_question k JOIN q ON q.uid = k.uid AND
    q.delegate = k.delegate_id
"""
# (question, delegate) → those that stand; only of questions on the screen, in the delegate's own
# conference.
UPVOTE = """
WITH u AS (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS u(question, delegate)),
allowed AS (
    SELECT u.question, u.delegate FROM u JOIN conference_question q ON q.id = u.question AND
        q.state IN ('shown', 'answered', 'owed')
    JOIN conference_delegate d ON d.id = u.delegate AND d.conference_id = q.conference_id
), fresh AS (
    INSERT INTO conference_upvote (question_id, delegate_id) SELECT question, delegate FROM
        allowed ON CONFLICT DO NOTHING
)
SELECT question, delegate FROM allowed
"""
# (uid, conference, delegate, kind, at) → (delegate, uid) of who now waits for the floor.
HAND = """
WITH h AS (SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[],
    $5::timestamptz[]) AS h(uid, conference, delegate, kind, at)),
fresh AS (
    INSERT INTO conference_floorrequest (uid, conference_id, item_id, delegate_id, point_id,
        speaker, kind, state, asked_at, seconds, said)
    SELECT h.uid, h.conference, i.id, h.delegate, d.point_id, '', h.kind, 'waiting', h.at, 180, ''
    FROM h JOIN conference_conference c ON c.id = h.conference AND c.state = 'open' JOIN
        conference_delegate d ON d.id = h.delegate
    LEFT JOIN conference_programmeitem i ON i.conference_id = h.conference AND i.state = 'current'
    ON CONFLICT DO NOTHING RETURNING delegate_id, uid
)
SELECT delegate_id, uid FROM fresh UNION
SELECT k.delegate_id, k.uid FROM conference_floorrequest k JOIN h ON h.delegate = k.delegate_id
    AND h.conference = k.conference_id AND k.state = 'waiting'
"""
LOWER_HAND = """
UPDATE conference_floorrequest f SET state = 'withdrawn' FROM unnest($1::bigint[], $2::bigint[])
    AS h(conference, delegate)
WHERE f.conference_id = h.conference AND f.delegate_id = h.delegate AND f.state = 'waiting'
    RETURNING f.delegate_id
"""


class Known(NamedTuple):
    """What is known of a poll that takes votes; `options` their number."""

    pk: int
    uid: UUID
    conference: int
    state: str
    secrecy: str
    options: int


class Told(NamedTuple):
    """What became of a vote. `status`: "new", "changed", "kept" (a repeat: the choice that stands),
    "closed", "not_on_roll", "unknown".

    `code` and `signature` are the receipt of a secret vote (votes/signatures.py): with them its
    voter finds it in what is published.
    """

    status: str
    choice: int | None = None
    code: str = ""
    signature: str = ""


def vote_arrays(votes, polls):
    """The parameters of VOTE for [(poll, voter, choice)], of which no two are of one voter in one
    poll; polls: {id: Known}

    A vote that cannot be (no such option, no key of the urn) becomes neither choice nor seal, and
    VOTE writes nothing of it.
    """
    named = []
    sealed = []
    urns = _urns(polls[poll] for poll, _v, _c in votes)
    for poll, voter, choice in votes:
        known = polls[poll]
        can_be = 0 <= choice < known.options
        urn = urns.get(poll)
        named.append(choice if can_be and known.secrecy != "secret" else None)
        sealed.append(urn.seal(poll, voter, choice) if can_be and urn else None)
    return [poll for poll, _v, _c in votes], [voter for _p, voter, _c in votes], named, sealed


def _urns(known):
    """{poll id: its Urn} of the secret ones whose key is there; it is gone from a moment after
    closing on.
    """
    found = {}
    for poll in {one.pk: one for one in known if one.secrecy == "secret"}.values():
        with suppress(UrnLost):
            found[poll.pk] = Urn(poll.uid)
    return found


def told_of_votes(written, polls):
    """{(poll, voter): Told} from the rows of VOTE."""
    urns = _urns(polls[poll] for poll, *_rest in written)
    return {
        (poll, voter): Told(
            "new" if fresh else "changed",
            *_opened(polls[poll], urns.get(poll), voter, choice, sealed),
        )
        for poll, voter, choice, sealed, fresh in written
    }


def told_of_kept(rows, polls):
    """{(poll, voter): Told} from the rows of KEPT, for votes that were not written."""
    told = {}
    urns = _urns(polls[poll] for poll, _voter, stands, *_rest in rows if stands)
    for poll, voter, stands, choice, sealed, state, is_outside in rows:
        if stands:
            told[poll, voter] = Told(
                "kept", *_opened(polls[poll], urns.get(poll), voter, choice, sealed)
            )
        else:
            told[poll, voter] = Told(_why_not(state, is_outside))
    return told


def _why_not(state, is_outside):
    """Why a vote was not taken, as the devices know the reasons."""
    if state is None:
        return "unknown"
    return "not_on_roll" if state == "open" and is_outside else "closed"


def _opened(known, urn, voter, choice, sealed):
    """(choice, code, signature); of a secret vote whose urn was opened none is known any more."""
    if sealed is None:
        return choice, "", ""
    try:
        choice, code = urn.unseal(known.pk, voter, sealed) if urn else (None, "")
    except UrnLost:
        return None, "", ""
    return choice, code, sign_receipt(known.uid, code) if code else ""


def vote(poll, delegate, choice):
    """Take one vote from a page without script; Told. The choice must be a place in the poll's
    options.
    """
    known = Known(
        poll.pk, poll.uid, poll.conference_id, poll.state, poll.secrecy, len(poll.options)
    )
    polls = {known.pk: known}
    with transaction.atomic():
        told = told_of_votes(
            _rows(VOTE, *vote_arrays([(poll.pk, delegate.pk, choice)], polls)), polls
        )
        if not told:
            told = told_of_kept(_rows(KEPT, [poll.pk], [delegate.pk]), polls)
        _wake(poll.conference_id, "polls")
    return told[poll.pk, delegate.pk]


def ask(conference, delegate, uid, text):
    """Take one question; whether it stands."""
    with transaction.atomic():
        kept = _rows(
            QUESTION,
            [uid],
            [conference.pk],
            [delegate.pk],
            [text],
            [datetime.now(UTC)],
            MOST_WAITING,
        )
        _wake(conference.pk, "questions")
    return bool(kept)


def want_answer(question, delegate):
    """Take one up-vote; whether it stands."""
    with transaction.atomic():
        kept = _rows(UPVOTE, [question.pk], [delegate.pk])
        _wake(question.conference_id, "questions")
    return bool(kept)


def raise_hand(conference, delegate, uid, kind):
    """Take one request to speak; whether the delegate now waits."""
    with transaction.atomic():
        kept = _rows(HAND, [uid], [conference.pk], [delegate.pk], [str(kind)], [datetime.now(UTC)])
        _wake(conference.pk, "floor")
    return bool(kept)


def lower_hand(conference, delegate):
    """Take a request to speak back; whether there was one."""
    with transaction.atomic():
        kept = _rows(LOWER_HAND, [conference.pk], [delegate.pk])
        _wake(conference.pk, "floor")
    return bool(kept)


def _rows(statement, *values):
    connection.ensure_connection()
    with closing(psycopg.RawCursor(connection.connection)) as cursor:
        return cursor.execute(statement, values).fetchall()


def _wake(conference, part):
    _rows("SELECT pg_notify($1, $2)", WAKE, f"{conference} {part}")
