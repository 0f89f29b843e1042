"""Everything that can be done with a poll, from its draft to its result. Votes themselves come
through writes/batches.py.

Opening freezes what the result will be held against; closing waits for votes that are being
written; declaring opens the urn and publishes in one transaction. A process that dies between two
steps leaves something that the next try, or votes/orphaned_keys.py, finishes.
"""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.polls import FIELDS, check_poll, refuse_empty
from danchu.conference.models import Ballot, Declaration, Poll, Vote
from danchu.conference.polling import NO_RIGHT, POLL_LIFE, may_draft
from danchu.conference.rules import RUNNING, locked
from danchu.conference.votes import merkle, roll
from danchu.conference.votes.count import ballots, crowded, final_count, kept_result
from danchu.conference.votes.result_file import lines_of, published
from danchu.conference.votes.signatures import fingerprint, public_key, sign_result
from danchu.conference.votes.urn import destroy_urn, make_urn
from danchu.conference.words import Electorate, PollKind, Secrecy, State
from danchu.conference.writes.frames import wake
from danchu.journal.actions import record
from danchu.kernel.days import day_of, now
from danchu.kernel.refusals import Refused, require
from danchu.law.book import book
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on


@transaction.atomic
def draft_poll(conference, *, by, title, options, kind, secrecy, uid=None, **more):
    """A question with its options, as a draft: nobody in the hall sees it. `more` are any other
    FIELDS.
    """
    require(may_draft(by, conference), NO_RIGHT)
    if conference.state in (State.CLOSED, State.CANCELLED):
        raise Refused(_("Hội nghị đã kết thúc: không thêm được biểu quyết."))
    made = Poll(
        uid=uid or uuid4(),
        conference=conference,
        title=title,
        options=options,
        kind=kind,
        secrecy=secrecy,
        made_by=by.key,
        made_at=now(),
        **{
            "electorate": Electorate.HALL if kind == PollKind.OPINION else Electorate.PRESENT,
            **more,
        },
    )
    check_poll(made)
    check_unsent(Poll, made.uid)
    made.save(force_insert=True)
    record(by, "poll.drafted", made, unit=conference.unit_id)
    return made


@transaction.atomic
def edit_poll(poll, *, by, **fields):
    """Change a draft: any of FIELDS."""
    POLL_LIFE.require(by, "edit", poll)
    found = POLL_LIFE.hold(poll, "edit", "conference")
    for name in FIELDS:
        setattr(found, name, fields.get(name, getattr(found, name)))
    check_poll(found)
    found.save(update_fields=[*FIELDS, "on_roll"])
    record(by, "poll.edited", found, unit=found.conference.unit_id, fields=sorted(fields))
    return found


@transaction.atomic
def open_poll(poll, *, by):
    """Votes are taken from now on: the roll, those present and the rules in force are frozen; a
    secret vote has its urn first.
    """
    POLL_LIFE.require(by, "open", poll)
    locked(poll.conference, RUNNING)  # first, so that no conference closes around a poll that opens
    found = POLL_LIFE.hold(poll, "open", "conference")
    at = now()
    check_poll(found)
    if found.on_roll:
        roll.take_roll(found, at)
    number, root = roll.counted_roll(found)
    found.basis = {
        "roll": number,
        "root": root,
        "present": number
        if found.on_roll and found.electorate == Electorate.PRESENT
        else roll.entitled_in(found, at),
        "entitled": roll.entitled(found.conference),
        **{
            name: book().rule(key, day_of(at)).number if key else None
            for name, key in _rules(found)
        },
    }
    refuse_empty(found)
    if found.secrecy == Secrecy.SECRET:
        make_urn(found.uid)
    move_on(found, POLL_LIFE, "open", basis=found.basis, opened_at=at)
    wake(found.conference, "polls")
    record(
        by,
        "poll.opened",
        found,
        unit=found.conference.unit_id,
        **found.basis,
        key=fingerprint(public_key()),
    )
    return found


@transaction.atomic
def close_poll(poll, *, by):
    """No vote is taken any more; those being written are waited for. Refused while a room has
    more hands than people.
    """
    POLL_LIFE.require(by, "close", poll)
    found = POLL_LIFE.hold(poll, "close", "conference")
    if rooms := crowded(found):
        told = "; ".join(
            f"{room.name}: {sum(room.counts)} + {room.devices} > {room.heads}" for room in rooms
        )
        raise Refused(
            _(
                "Có điểm cầu giơ tay nhiều hơn số người còn lại (tay + phiếu trên máy > "
                "người): %s. Hãy cho đếm lại."
            )
            % told
        )
    closed_at = max(now(), found.opened_at)
    if not found.on_roll:
        roll.take_voters(found)
        found.basis["roll"], found.basis["root"] = roll.counted_roll(found)
    move_on(found, POLL_LIFE, "close", closed_at=closed_at, basis=found.basis)
    wake(found.conference, "polls")
    record(
        by,
        "poll.closed",
        found,
        unit=found.conference.unit_id,
        roll=found.basis["roll"],
        root=found.basis["root"],
    )
    return found


@transaction.atomic
def declare_poll(poll, *, by):
    """Count and publish: a secret vote's urn is opened, its ballots kept by code without their
    voters, then its key destroyed.
    """
    POLL_LIFE.require(by, "declare", poll)
    found = POLL_LIFE.hold(poll, "declare", "conference")
    lines = ballots(found)
    if found.secrecy == Secrecy.SECRET:
        Ballot.objects.bulk_create(
            [Ballot(poll=found, code=code, choice=choice) for code, choice in lines],
            batch_size=2000,
        )
        Vote.objects.filter(poll=found).update(sealed=None)
    result = final_count(found, lines)
    declaration = _declare(found, lines_of(result))
    move_on(
        found,
        POLL_LIFE,
        "declare",
        declared_at=declaration.made_at,
        result=kept_result(result, declaration),
    )
    _close_urn(found)
    wake(found.conference, "polls")
    record(
        by,
        "poll.declared",
        found,
        unit=found.conference.unit_id,
        counts=result.counts,
        outcome=result.verdict.outcome,
        root=declaration.root,
        size=declaration.size,
    )
    return found


@transaction.atomic
def cancel_poll(poll, *, by, reason):
    """Take a poll back before its result is known to anyone; what was voted secretly is never
    opened.
    """
    POLL_LIFE.require(by, "cancel", poll)
    found = POLL_LIFE.hold(poll, "cancel", "conference")
    reason = line_of(reason, "reason", 300, _("Hãy ghi lý do hủy: đại biểu sẽ đọc lý do này."))
    Vote.objects.filter(poll=found).update(sealed=None)
    move_on(found, POLL_LIFE, "cancel", reason=reason)
    _close_urn(found)
    wake(found.conference, "polls")
    record(by, "poll.cancelled", found, unit=found.conference.unit_id, reason=found.reason)
    return found


def _close_urn(poll):
    if poll.secrecy == Secrecy.SECRET:
        transaction.on_commit(lambda: destroy_urn(poll.uid))


def _rules(poll):
    return (("quorum", poll.quorum_rule), ("threshold", poll.threshold_rule))


def _declare(poll, lines):
    size = len(lines)
    root = merkle.root(lines)
    signature = sign_result(poll.uid, size, root)
    return Declaration.objects.create(
        poll=poll,
        content=published(lines, public_key(), signature),
        size=size,
        root=root,
        public_key=public_key(),
        signature=signature,
        made_at=now(),
    )
