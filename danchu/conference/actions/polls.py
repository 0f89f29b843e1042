"""Everything that can be done with a poll, from its draft to its result. Votes themselves come
through writes/batches.py.

Opening freezes what the result will be held against; closing waits for votes that are being
written; declaring opens the urn and publishes in one transaction. A process that dies between two
steps leaves something that the next try, or votes/orphaned_keys.py, finishes.
"""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.models import Ballot, Declaration, Poll, Vote
from danchu.conference.polling import MOVES, may_do, may_draft
from danchu.conference.rules import RUNNING, locked
from danchu.conference.votes import merkle, roll
from danchu.conference.votes.count import ballots, crowded, final_count
from danchu.conference.votes.result_file import lines_of, published
from danchu.conference.votes.signatures import fingerprint, public_key, sign_result
from danchu.conference.votes.urn import destroy_urn, make_urn
from danchu.conference.votes.verdict import QUORUM, THRESHOLDS, choosable, why
from danchu.conference.words import Electorate, Franchise, PollKind, Secrecy, State
from danchu.conference.writes.frames import wake
from danchu.journal.actions import record
from danchu.kernel.days import day_of, now
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.law.book import book

NO_RIGHT = gettext_lazy("Ông/bà không có quyền đưa việc ra biểu quyết ở hội nghị này.")
LONGEST_TITLE, LONGEST_OPTION, MOST_OPTIONS = 300, 200, 30
FEWEST_SECRET = 3
FIELDS = (
    "title",
    "options",
    "kind",
    "secrecy",
    "franchise",
    "electorate",
    "may_change",
    "publishes_names",
    "quorum_rule",
    "threshold_rule",
    "threshold_option",
    "item",
)
SINGLE = (
    ("kind", PollKind),
    ("secrecy", Secrecy),
    ("franchise", Franchise),
    ("electorate", Electorate),
)


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
    _check(made)
    if Poll.objects.filter(uid=made.uid).exists():
        raise Refused(_("Biểu này đã được gửi trước đó: việc đã có trong sổ."), "uid")
    made.save(force_insert=True)
    record(by, "poll.drafted", made, unit=conference.unit_id)
    return made


@transaction.atomic
def edit_poll(poll, *, by, **fields):
    """Change a draft: any of FIELDS."""
    require(may_do("edit", by, poll.conference), NO_RIGHT)
    found = _held(poll, "edit")
    for name in FIELDS:
        setattr(found, name, fields.get(name, getattr(found, name)))
    _check(found)
    found.save(update_fields=[*FIELDS, "on_roll"])
    record(by, "poll.edited", found, unit=found.conference.unit_id, fields=sorted(fields))
    return found


@transaction.atomic
def open_poll(poll, *, by):
    """Votes are taken from now on: the roll, those present and the rules in force are frozen; a
    secret vote has its urn first.
    """
    require(may_do("open", by, poll.conference), NO_RIGHT)
    locked(poll.conference, RUNNING)  # first, so that no conference closes around a poll that opens
    found, at = _held(poll, "open"), now()
    _check(found)
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
    _refuse_empty(found)
    if found.secrecy == Secrecy.SECRET:
        make_urn(found.uid)
    found.opened_at = at
    _move(found, "open", "basis", "opened_at")
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
    require(may_do("close", by, poll.conference), NO_RIGHT)
    found = _held(poll, "close")
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
    found.closed_at = max(now(), found.opened_at)
    if not found.on_roll:
        roll.take_voters(found)
        found.basis["roll"], found.basis["root"] = roll.counted_roll(found)
    _move(found, "close", "closed_at", "basis")
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
    require(may_do("declare", by, poll.conference), NO_RIGHT)
    found = _held(poll, "declare")
    lines = ballots(found)
    if found.secrecy == Secrecy.SECRET:
        Ballot.objects.bulk_create(
            [Ballot(poll=found, code=code, choice=choice) for code, choice in lines],
            batch_size=2000,
        )
        Vote.objects.filter(poll=found).update(sealed=None)
    result = final_count(found, lines)
    declaration = _declare(found, lines_of(result))
    found.declared_at, found.result = declaration.made_at, _told(result, declaration)
    _move(found, "declare", "declared_at", "result")
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
    require(may_do("cancel", by, poll.conference), NO_RIGHT)
    found = _held(poll, "cancel")
    found.reason = clean(reason or "")[:300]
    if not found.reason:
        raise Refused(_("Hãy ghi lý do hủy: đại biểu sẽ đọc lý do này."), "reason")
    Vote.objects.filter(poll=found).update(sealed=None)
    _move(found, "cancel", "reason")
    _close_urn(found)
    wake(found.conference, "polls")
    record(by, "poll.cancelled", found, unit=found.conference.unit_id, reason=found.reason)
    return found


def _held(poll, act):
    """The poll as it is now, held; Refused unless the act may follow its state."""
    found = (
        Poll.objects.select_related("conference")
        .select_for_update(of=("self",))
        .filter(pk=poll.pk)
        .first()
    )
    if found is None or found.state not in MOVES[act].sources:
        raise Refused(
            _(
                "Việc biểu quyết này đang ở bước khác, có thể người khác vừa làm. Hãy "
                "tải lại trang để xem."
            )
        )
    return found


def _move(found, act, *fields):
    found.state = MOVES[act].target
    found.save(update_fields=[*fields, "state"])


def _close_urn(poll):
    if poll.secrecy == Secrecy.SECRET:
        transaction.on_commit(lambda: destroy_urn(poll.uid))


def _rules(poll):
    return (("quorum", poll.quorum_rule), ("threshold", poll.threshold_rule))


def _declare(poll, lines):
    size, root = len(lines), merkle.root(lines)
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


def _told(result, declaration):
    """What the poll's row keeps of the result, and of it what the hall is told."""
    verdict = result.verdict
    whole = result.roll[0] if result.franchise == Franchise.DELEGATES else result.present
    told = {
        "cast": sum(result.counts),
        "roll": whole,
        "counts": result.counts,
        "outcome": verdict.outcome,
        "why": why(verdict),
    }
    return {
        "told": told,
        "counts": result.counts,
        "by_device": result.by_device,
        "by_hands": result.by_hands,
        "outcome": verdict.outcome,
        "present": result.present,
        "entitled": result.entitled,
        "root": declaration.root,
        "size": declaration.size,
        "rooms": [
            {
                "name": room.name,
                "heads": room.heads,
                "devices": room.devices,
                "counts": list(room.counts),
            }
            for room in result.rooms
        ],
    }


def _refuse_empty(poll):
    basis = poll.basis
    if poll.on_roll and poll.franchise == Franchise.DELEGATES and not basis["roll"]:
        raise Refused(
            _(
                "Chưa có đại biểu nào được biểu quyết đang có mặt. Hãy điểm danh trước "
                "khi mở biểu quyết."
            )
        )
    if poll.on_roll and poll.secrecy == Secrecy.SECRET and basis["roll"] < FEWEST_SECRET:
        raise Refused(
            _(
                "Bỏ phiếu kín cần ít nhất %s người: ít hơn thì ai cũng suy ra được ai "
                "chọn gì. Hãy biểu quyết công khai."
            )
            % FEWEST_SECRET
        )
    if not basis["entitled"] and (
        basis["quorum"] or basis["threshold"] and poll.electorate == Electorate.ENTITLED
    ):
        raise Refused(
            _(
                "Quy tắc tính trên số người có quyền biểu quyết, mà danh sách chưa có "
                "ai. Hãy lập danh sách đại biểu trước."
            )
        )


def _check(poll):
    """Refused by field where the draft cannot be voted on; texts are cleaned and what follows
    from other fields is set.
    """
    poll.title = clean(poll.title)
    poll.options = [clean(option) for option in poll.options]
    if not 1 <= len(poll.title) <= LONGEST_TITLE:
        raise Refused(
            _("Hãy ghi điều đưa ra biểu quyết, không quá %s ký tự.") % LONGEST_TITLE, "title"
        )
    _check_options(poll)
    for name, known in SINGLE:
        if getattr(poll, name) not in known.values:
            raise Refused(_("Không có lựa chọn này. Hãy chọn lại."), name)
    if poll.item is not None and poll.item.conference_id != poll.conference_id:
        raise Refused(_("Mục này thuộc hội nghị khác. Hãy chọn mục của hội nghị này."), "item")
    poll.on_roll = poll.electorate != Electorate.HALL and poll.franchise != Franchise.ROOMS
    if poll.secrecy == Secrecy.SECRET and (
        poll.franchise != Franchise.DELEGATES or poll.publishes_names
    ):
        raise Refused(
            _("Bỏ phiếu kín thì từng đại biểu bỏ phiếu và không ghi tên ai. Hãy chọn lại."),
            "secrecy",
        )
    if poll.kind == PollKind.BINDING and poll.electorate == Electorate.HALL:
        raise Refused(
            _("Biểu quyết phải tính trên người có mặt hoặc trên mọi người có quyền. Hãy chọn một."),
            "electorate",
        )
    if poll.kind == PollKind.OPINION and (poll.quorum_rule or poll.threshold_rule):
        raise Refused(
            _("Thăm dò ý kiến không có ngưỡng. Hãy bỏ quy tắc, hoặc chọn biểu quyết."),
            "threshold_rule",
        )
    _check_rules(poll)


def _check_options(poll):
    if not 2 <= len(poll.options) <= MOST_OPTIONS:
        raise Refused(
            _("Hãy ghi từ 2 đến %s lựa chọn, mỗi dòng một lựa chọn.") % MOST_OPTIONS, "options"
        )
    if any(not 1 <= len(option) <= LONGEST_OPTION for option in poll.options) or len(
        set(poll.options)
    ) < len(poll.options):
        raise Refused(
            _("Mỗi lựa chọn phải có chữ, không quá %s ký tự và không trùng nhau.") % LONGEST_OPTION,
            "options",
        )
    if not 0 <= poll.threshold_option < len(poll.options):
        raise Refused(_("Hãy chọn lựa chọn phải đạt ngưỡng."), "threshold_option")


def _check_rules(poll):
    starts = {"quorum_rule": QUORUM, "threshold_rule": THRESHOLDS.get(poll.electorate, QUORUM)}
    for name, start in starts.items():
        key = getattr(poll, name)
        if key and key not in dict(choosable(start, day_of(now()))):
            raise Refused(
                _("Quy tắc này không dùng được cho cách tính phiếu đã chọn. Hãy chọn lại."), name
            )
