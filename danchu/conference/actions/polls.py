"""Acts of a poll, from its draft to its result. Votes are written by writes/batches.py.

Opening freezes what the result will be judged against; closing waits for votes that are being
written; declaring opens the urn and publishes the result in one transaction. When a process dies
between two steps, the next attempt or votes/orphaned_keys.py completes them.
"""

from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.polls import (
    FIELDS,
    check_poll,
    refuse_few_ballots,
    refuse_without_voters,
)
from danchu.conference.models import Ballot, Conference, Declaration, Poll, Vote
from danchu.conference.poll_life import NO_RIGHT, POLL_LIFE, may_draft
from danchu.conference.rules import RUNNING, lock_conference
from danchu.conference.votes import roll
from danchu.conference.votes.count import (
    ballot_lines,
    final_count,
    rooms_with_excess_hands,
    stored_result,
)
from danchu.conference.votes.result_file import file_lines
from danchu.conference.words import Electorate, PollKind, Secrecy, State
from danchu.conference.writes.frames import wake
from danchu.conference.writes.roll import take_roll, take_roll_of_voters
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import day_of, now
from danchu.kernel.refusals import Refused, require
from danchu.law.book import book
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on
from danchu.vault import merkle
from danchu.vault.signatures import fingerprint, public_key, sign_result
from danchu.vault.signed_file import file_text
from danchu.vault.urn import destroy_urn, make_urn


@transaction.atomic
def draft_poll(
    conference: Conference,
    *,
    by: Acting,
    title: str,
    options: list[str],
    kind: str,
    secrecy: str,
    uid: UUID | None = None,
    **fields: Any,
) -> Poll:
    """Draft a question with its options, not visible in the hall. `fields` are any others of
    FIELDS. Refused, on its field, where a value is bad, the conference is over or `uid` was used
    before; Denied without the right.
    """
    require(may_draft(by, conference), NO_RIGHT)
    if conference.state in (State.CLOSED, State.CANCELLED):
        raise Refused(_("Hội nghị đã kết thúc: không thêm được biểu quyết."))
    poll = Poll(
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
            **fields,
        },
    )
    check_poll(poll)
    check_unsent(Poll, poll.uid)
    poll.save(force_insert=True)
    record(by, "poll.drafted", poll, unit=conference.unit_id)
    return poll


@transaction.atomic
def edit_poll(poll: Poll, *, by: Acting, **fields: Any) -> Poll:
    """Change a draft: `fields` are any of FIELDS. Refused, on its field, where a value is bad or
    the poll is no draft any more; Denied without the right.
    """
    POLL_LIFE.require(by, "edit", poll)
    poll = POLL_LIFE.hold(poll, "edit", "conference")
    for name in FIELDS:
        setattr(poll, name, fields.get(name, getattr(poll, name)))
    check_poll(poll)
    poll.save(update_fields=[*FIELDS, "on_roll"])
    record(by, "poll.edited", poll, unit=poll.conference.unit_id, fields=sorted(fields))
    return poll


@transaction.atomic
def open_poll(poll: Poll, *, by: Acting) -> Poll:
    """Open the poll for votes: the roll, the number present and the rules in force are frozen; the
    urn of a secret poll gets its key first. Refused while the conference is not open, or where
    nobody or too few could vote; Denied without the right.
    """
    POLL_LIFE.require(by, "open", poll)
    # First, so that the conference cannot be closed while the poll opens.
    lock_conference(poll.conference, RUNNING)
    poll = POLL_LIFE.hold(poll, "open", "conference")
    at = now()
    check_poll(poll)
    if poll.on_roll:
        take_roll(poll, at)
    number, root = roll.roll_size_and_root(poll)
    poll.basis = {
        "roll": number,
        "root": root,
        "present": number
        if poll.on_roll and poll.electorate == Electorate.PRESENT
        else roll.count_entitled_present(poll, at),
        "entitled": roll.count_entitled(poll.conference),
        **{
            name: book().rule(key, day_of(at)).number if key else None for name, key in _rules(poll)
        },
    }
    refuse_without_voters(poll)
    if poll.secrecy == Secrecy.SECRET:
        make_urn(poll.uid)
    move_on(poll, POLL_LIFE, "open", basis=poll.basis, opened_at=at)
    wake(poll.conference, "polls")
    record(
        by,
        "poll.opened",
        poll,
        unit=poll.conference.unit_id,
        **poll.basis,
        key=fingerprint(public_key()),
    )
    return poll


@transaction.atomic
def close_poll(poll: Poll, *, by: Acting) -> Poll:
    """Close the poll: no vote is accepted any more; this waits for those that are being written.
    Refused while a room counted more hands than it has people left; Denied without the right.
    """
    POLL_LIFE.require(by, "close", poll)
    poll = POLL_LIFE.hold(poll, "close", "conference")
    if rooms := rooms_with_excess_hands(poll):
        counts_of_rooms = "; ".join(
            f"{room.name}: {sum(room.counts)} + {room.devices} > {room.heads}" for room in rooms
        )
        raise Refused(
            _(
                "Có điểm cầu giơ tay nhiều hơn số người còn lại (tay + phiếu trên máy > "
                "người): %s. Hãy cho đếm lại."
            )
            % counts_of_rooms
        )
    closed_at = max(now(), poll.opened_at)
    if not poll.on_roll:
        take_roll_of_voters(poll)
        poll.basis["roll"], poll.basis["root"] = roll.roll_size_and_root(poll)
    move_on(poll, POLL_LIFE, "close", closed_at=closed_at, basis=poll.basis)
    wake(poll.conference, "polls")
    record(
        by,
        "poll.closed",
        poll,
        unit=poll.conference.unit_id,
        roll=poll.basis["roll"],
        root=poll.basis["root"],
    )
    return poll


@transaction.atomic
def declare_poll(poll: Poll, *, by: Acting) -> Poll:
    """Count and publish. The urn of a secret poll is opened, its ballots are stored by code without
    their voters, and its key is destroyed on commit. Refused when the urn cannot be opened, has so
    few ballots that the result names the choice of a voter, or the poll is not closed; Denied
    without the right.
    """
    POLL_LIFE.require(by, "declare", poll)
    poll = POLL_LIFE.hold(poll, "declare", "conference")
    lines = ballot_lines(poll)
    if poll.secrecy == Secrecy.SECRET:
        refuse_few_ballots(len(lines))
        Ballot.objects.bulk_create(
            [Ballot(poll=poll, code=code, choice=choice) for code, choice in lines],
            batch_size=2000,
        )
        Vote.objects.filter(poll=poll).update(sealed=None)
    result = final_count(poll, lines)
    declaration = _create_declaration(poll, file_lines(result))
    move_on(
        poll,
        POLL_LIFE,
        "declare",
        declared_at=declaration.made_at,
        result=stored_result(result, declaration),
    )
    _destroy_urn_on_commit(poll)
    wake(poll.conference, "polls")
    record(
        by,
        "poll.declared",
        poll,
        unit=poll.conference.unit_id,
        counts=result.counts,
        outcome=result.verdict.outcome,
        root=declaration.root,
        size=declaration.size,
    )
    return poll


@transaction.atomic
def cancel_poll(poll: Poll, *, by: Acting, reason: str) -> Poll:
    """Cancel a poll before its result is published; secret votes are never opened. Refused without
    a reason, which delegates read, or once it was declared; Denied without the right.
    """
    POLL_LIFE.require(by, "cancel", poll)
    poll = POLL_LIFE.hold(poll, "cancel", "conference")
    reason = line_of(reason, "reason", 300, _("Hãy ghi lý do hủy: đại biểu sẽ đọc lý do này."))
    Vote.objects.filter(poll=poll).update(sealed=None)
    move_on(poll, POLL_LIFE, "cancel", reason=reason)
    _destroy_urn_on_commit(poll)
    wake(poll.conference, "polls")
    record(by, "poll.cancelled", poll, unit=poll.conference.unit_id, reason=poll.reason)
    return poll


def _destroy_urn_on_commit(poll):
    if poll.secrecy == Secrecy.SECRET:
        transaction.on_commit(lambda: destroy_urn(poll.uid))


def _rules(poll):
    return (("quorum", poll.quorum_rule), ("threshold", poll.threshold_rule))


def _create_declaration(poll, lines):
    size = len(lines)
    root = merkle.root(lines)
    signature = sign_result(poll.uid, size, root)
    return Declaration.objects.create(
        poll=poll,
        content=file_text(lines, root, public_key(), signature),
        size=size,
        root=root,
        public_key=public_key(),
        signature=signature,
        made_at=now(),
    )
