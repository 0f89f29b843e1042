"""Concurrent votes, questions, up-votes and requests to speak, written in groups: one statement for
all that are queued.

Each statement checks by itself: rights are joins, duplicates meet a unique key, and a poll that
closes waits for the group that is being written. The journal has no entry for them: order and time
of votes must not be stored, and the rows are the record. The same statements serve the intake
process (asyncpg) and pages without script (psycopg): parameters are arrays, one element an entry.
"""

from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from danchu.conference.channels import WAKE
from danchu.subjects.prepared import prepared_rows
from danchu.vault.signatures import sign_receipt
from danchu.vault.urn import Urn, UrnLost

MOST_WAITING = 5  # questions of one delegate that nobody has screened yet
LONGEST_QUESTION = 1000

# (poll, voter, choice or null, sealed or null) → those written. A choice may be changed where the
# poll allows it, and keeps the code of the first (vault/urn.py). Rows are inserted in voter order,
# which hides the order of arrival and prevents deadlocks between groups.
INSERT_VOTES = """
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
SELECT_VOTES = """
SELECT v.poll, v.voter, k.voter_id IS NOT NULL, k.choice, k.sealed, p.state,
       p.on_roll AND NOT EXISTS (SELECT 1 FROM conference_rollentry r WHERE r.poll_id = v.poll
           AND r.voter_id = v.voter)
FROM unnest($1::bigint[], $2::bigint[]) AS v(poll, voter) LEFT JOIN conference_poll p ON p.id =
    v.poll
LEFT JOIN conference_vote k ON k.poll_id = v.poll AND k.voter_id = v.voter
"""
# (poll) → the columns of PollFacts.
SELECT_POLL = (
    "SELECT id, uid, conference_id, state, secrecy, jsonb_array_length(options) FROM "
    "conference_poll WHERE id = $1"
)

# (uid, conference, delegate, text, at) → uids that are stored now, by this or an earlier statement.
INSERT_QUESTIONS = """
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
# (question, delegate) → those that are stored now; only for questions on the screen of the
# delegate's own conference.
INSERT_UPVOTES = """
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
# (uid, conference, delegate, kind, at) → (delegate, uid) of the requests that wait now.
INSERT_HANDS = """
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
# A request to speak is withdrawn while it waits, and only then.
_WITHDRAW = """
UPDATE conference_floorrequest f SET state = 'withdrawn' FROM {rows}
WHERE {match} AND f.state = 'waiting' RETURNING f.delegate_id
"""
# (conference, delegate) → the delegates who had a request.
LOWER_HANDS = _WITHDRAW.format(
    rows="unnest($1::bigint[], $2::bigint[]) AS h(conference, delegate)",
    match="f.conference_id = h.conference AND f.delegate_id = h.delegate",
)
# (request) → the delegates, or null, of those that were withdrawn.
_WITHDRAW_REQUESTS = _WITHDRAW.format(
    rows="unnest($1::bigint[]) AS h(request)", match="f.id = h.request"
)


class PollFacts(NamedTuple):
    """What a process needs to know of a poll to accept votes; `options` is their number."""

    pk: int
    uid: UUID
    conference: int
    state: str
    secrecy: str
    options: int


class VoteAnswer(NamedTuple):
    """The outcome of a vote. `status`: "new", "changed", "kept" (a repeat: the stored choice),
    "closed", "not_on_roll", "unknown".

    `code` and `signature` are the receipt of a secret vote (vault/signatures.py): with them the
    voter finds it in the published file.
    """

    status: str
    choice: int | None = None
    code: str = ""
    signature: str = ""


def vote_arrays(votes, polls):
    """The parameters of INSERT_VOTES for [(poll, voter, choice)], no two of the same voter in one
    poll; polls: {id: PollFacts}.

    An invalid vote (no such option, no key of the urn) gets neither choice nor seal, and is not
    written.
    """
    choices = []
    sealed = []
    with _urns(polls[poll] for poll, _v, _c in votes) as urns:
        for poll, voter, choice in votes:
            facts = polls[poll]
            is_valid = 0 <= choice < facts.options
            urn = urns.get(poll)
            choices.append(choice if is_valid and facts.secrecy != "secret" else None)
            sealed.append(urn.seal(poll, voter, choice) if is_valid and urn else None)
    return [poll for poll, _v, _c in votes], [voter for _p, voter, _c in votes], choices, sealed


@contextmanager
def _urns(polls):
    """{poll id: Urn} of the secret polls whose key exists; at the end overwritten in memory."""
    urns = {}
    try:
        for poll in {facts.pk: facts for facts in polls if facts.secrecy == "secret"}.values():
            with suppress(UrnLost):
                urns[poll.pk] = Urn(poll.uid)
        yield urns
    finally:
        for urn in urns.values():
            urn.close()


def answers_of_written(rows, polls):
    """{(poll, voter): VoteAnswer} from the rows of INSERT_VOTES."""
    with _urns(polls[poll] for poll, *_rest in rows) as urns:
        return {
            (poll, voter): VoteAnswer(
                "new" if is_new else "changed",
                *_choice_and_receipt(polls[poll], urns.get(poll), voter, choice, sealed),
            )
            for poll, voter, choice, sealed, is_new in rows
        }


def answers_of_unwritten(rows, polls):
    """{(poll, voter): VoteAnswer} of votes that were not written, from SELECT_VOTES."""
    answers = {}
    with _urns(polls[poll] for poll, _voter, exists, *_rest in rows if exists) as urns:
        for poll, voter, exists, choice, sealed, state, is_outside in rows:
            if exists:
                receipt = _choice_and_receipt(polls[poll], urns.get(poll), voter, choice, sealed)
                answers[poll, voter] = VoteAnswer("kept", *receipt)
            else:
                answers[poll, voter] = VoteAnswer(_refusal_status(state, is_outside))
    return answers


def _refusal_status(state, is_outside):
    """The status of a vote that was not accepted, as devices know it."""
    if state is None:
        return "unknown"
    return "not_on_roll" if state == "open" and is_outside else "closed"


def _choice_and_receipt(facts, urn, voter, choice, sealed):
    """(choice, code, signature). Once the urn of a secret poll was opened none of them is known."""
    if sealed is None:
        return choice, "", ""
    try:
        choice, code = urn.unseal(facts.pk, voter, sealed) if urn else (None, "")
    except UrnLost:
        return None, "", ""
    return choice, code, sign_receipt(facts.uid, code) if code else ""


def vote(poll, delegate, choice):
    """Write one vote from a page without script; `choice` indexes the options. A VoteAnswer."""
    facts = PollFacts(
        poll.pk, poll.uid, poll.conference_id, poll.state, poll.secrecy, len(poll.options)
    )
    polls = {facts.pk: facts}
    with transaction.atomic():
        answers = answers_of_written(
            _rows(INSERT_VOTES, *vote_arrays([(poll.pk, delegate.pk, choice)], polls)), polls
        )
        if not answers:
            answers = answers_of_unwritten(_rows(SELECT_VOTES, [poll.pk], [delegate.pk]), polls)
        _wake(poll.conference_id, "polls")
    return answers[poll.pk, delegate.pk]


def ask_question(conference, delegate, uid, text):
    """Write one question. Returns whether it is stored. Idempotent by `uid`."""
    with transaction.atomic():
        rows = _rows(
            INSERT_QUESTIONS,
            [uid],
            [conference.pk],
            [delegate.pk],
            [text],
            [datetime.now(UTC)],
            MOST_WAITING,
        )
        _wake(conference.pk, "questions")
    return bool(rows)


def upvote_question(question, delegate):
    """Write one up-vote. Returns whether it is stored. Idempotent."""
    with transaction.atomic():
        rows = _rows(INSERT_UPVOTES, [question.pk], [delegate.pk])
        _wake(question.conference_id, "questions")
    return bool(rows)


def raise_hand(conference, delegate, uid, kind):
    """Write one request to speak. Returns whether the delegate now waits."""
    values = [uid], [conference.pk], [delegate.pk], [str(kind)], [datetime.now(UTC)]
    with transaction.atomic():
        rows = _rows(INSERT_HANDS, *values)
        _wake(conference.pk, "floor")
    return bool(rows)


def lower_hand(conference, delegate):
    """Withdraw the delegate's request to speak. Returns whether there was one."""
    with transaction.atomic():
        rows = _rows(LOWER_HANDS, [conference.pk], [delegate.pk])
        _wake(conference.pk, "floor")
    return bool(rows)


def withdraw_requests(ids):
    """Withdraw the requests to speak with these ids that still wait. Returns how many. The caller
    checks the right, wakes the sequencer and records.
    """
    return len(_rows(_WITHDRAW_REQUESTS, ids))


def _rows(statement, *values):
    return prepared_rows(statement, values)


def _wake(conference, part):
    _rows("SELECT pg_notify($1, $2)", WAKE, f"{conference} {part}")
