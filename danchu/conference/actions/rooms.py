"""A room's desk sends what it entered, perhaps hours later: each entry is taken in once, in the
desk's order, with an answer in words.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.room_entries import (
    ACTS,
    CLOCKS_APART,
    placed,
    read_entries,
    read_hand,
    read_heads,
    read_number,
    read_question,
    told_answer,
)
from danchu.conference.models import (
    Attendance,
    Delegate,
    FloorRequest,
    HeadCount,
    Poll,
    Question,
    RoomEntry,
)
from danchu.conference.rules import NO_RIGHT, locked, may_run_room
from danchu.conference.words import FloorState, How, ItemState, Movement, Outcome, PollState, State
from danchu.conference.writes import frames
from danchu.conference.writes.hands import judge_hands
from danchu.journal.actions import record
from danchu.kernel.addresses import uid_in
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require

MOST_WAITING = 50  # questions of one room that nobody has screened yet
PARTS = {
    "heads": "presence",
    "arrived": "presence",
    "left": "presence",
    "question": "questions",
    "hand": "floor",
    "unhand": "floor",
    "hands": "polls",
}


@transaction.atomic
def take_room_entries(point, entries, *, by, desk="", sent_at=None):
    """Take in what a room's desk sends; [{"uid", "number", "outcome", "told", "repeated", "ok"}] of
    every entry sent and of every earlier one that is now judged otherwise.

    `entries` are {uid, number, act, content, made_at}; `desk` names the device within the room
    whose numbers they are; `sent_at` is its clock when it sends, by which its clock is set right.
    Sent again, an entry is answered as it stands.
    """
    require(may_run_room(by, point), NO_RIGHT)
    sent = read_entries(entries)
    held = locked(point.conference, tuple(State))
    instant = now()
    offset = instant - sent_at if sent_at is not None else _guessed(sent, instant)
    known = {row.uid: row for row in RoomEntry.objects.filter(uid__in=[one.uid for one in sent])}
    since = (held.opened_at or held.starts_at) - CLOCKS_APART
    made = []
    for one in sent:
        if one.uid not in known:
            row = RoomEntry(
                uid=one.uid,
                point=point,
                desk=desk[:40],
                number=one.number,
                act=one.act[:10],
                content=one.content,
                made_at=one.made_at,
                received_at=instant,
            )
            row.at = placed(one, row.desk, point, offset, since, instant)
            _take_in(row, held, by)
            row.save(force_insert=True)
            known[one.uid] = row
            made.append(row)
    changed = judge_hands(point, made, by)
    known.update({row.uid: row for row in changed})
    if made:
        frames.wake(held, *{PARTS.get(row.act, "presence") for row in [*made, *changed]})
        record(by, "bridge_point.entries_taken", point, unit=held.unit_id, number=len(made))
    fresh = {row.uid for row in made}
    return [
        told_answer(row, repeated=row.uid not in fresh and row not in changed)
        for row in sorted(known.values(), key=lambda row: row.number)
        if row.point_id == point.pk
    ]


def _guessed(sent, instant):
    """How far the desk's clock is behind, where it does not say: never so that something was
    made in the future.
    """
    newest = max((one.made_at for one in sent), default=instant)
    return min(instant - newest, timedelta(0))


def _take_in(row, conference, by):
    """Write what the entry says; its outcome and words are set."""
    try:
        if row.act not in ACTS:
            raise Refused(_("Bàn điểm cầu gửi việc không rõ. Hãy tải lại trang."))
        TAKE[row.act](row, conference, by)
    except Refused as refusal:
        row.outcome = Outcome.REFUSED
        row.told = refusal.message[:300]


def _done(row, told, conference=None):
    """It is taken in; what only describes the room is kept even after the conference was closed."""
    row.outcome = Outcome.COUNTED
    row.told = told
    if conference is not None and conference.state == State.CLOSED:
        row.outcome = Outcome.KEPT
        row.told = (
            _(
                "%s Hội nghị đã bế mạc: số đã ghi vào sổ không tự đổi, hãy báo người tổ "
                "chức nếu cần đính chính."
            )
            % told
        )


def _is_late(row, conference):
    if conference.state == State.OPEN:
        return False
    row.outcome = Outcome.LATE
    row.told = (
        _("Hội nghị đã bế mạc: không còn nhận.")
        if conference.state == State.CLOSED
        else _("Hội nghị chưa khai mạc: chưa nhận.")
    )
    return True


def _heads(row, conference, by):
    count = read_heads(row.content)
    HeadCount.objects.create(point=row.point, count=count, at=row.at, noted_by=by.key)
    _done(row, _("Đã ghi %s người trong phòng.") % count, conference)


def _movement(row, conference, by):
    number = read_number(row.content, "delegate")
    delegate = Delegate.objects.filter(pk=number, conference=conference).first() if number else None
    if delegate is None:
        raise Refused(_("Không tìm thấy đại biểu này trong danh sách."))
    movement = Movement(row.act)
    Attendance.objects.create(
        delegate=delegate,
        point=row.point,
        movement=movement,
        how=How.ROOM,
        at=row.at,
        noted_by=by.key,
    )
    _done(
        row,
        _("Đã ghi đại biểu đến.") if movement == Movement.ARRIVED else _("Đã ghi đại biểu về."),
        conference,
    )


def _question(row, conference, by):
    text, asker = read_question(row.content)
    if _is_late(row, conference):
        return
    if (
        Question.objects.filter(point=row.point, delegate=None, state="submitted").count()
        >= MOST_WAITING
    ):
        raise Refused(
            _("Điểm cầu đang có %s câu hỏi chờ duyệt. Hãy chờ tổ điều phối xem bớt rồi gửi lại.")
            % MOST_WAITING
        )
    Question.objects.create(
        uid=row.uid,
        conference=conference,
        point=row.point,
        item=_item(conference),
        asker=asker,
        text=text,
        asked_at=row.at,
    )
    _done(row, _("Câu hỏi đã đến tổ điều phối."))


def _hand(row, conference, by):
    speaker, kind = read_hand(row.content)
    if _is_late(row, conference):
        return
    lowered = RoomEntry.objects.filter(
        point=row.point, act="unhand", content__hand=str(row.uid)
    ).exists()
    state = FloorState.WITHDRAWN if lowered else FloorState.WAITING
    FloorRequest.objects.create(
        uid=row.uid,
        conference=conference,
        point=row.point,
        item=_item(conference),
        speaker=speaker,
        kind=kind,
        state=state,
        asked_at=row.at,
    )
    _done(row, _("Đã đăng ký phát biểu."))


def _unhand(row, conference, by):
    hand = uid_in(row.content.get("hand"))
    if hand is None:
        raise Refused(_("Không rõ rút đăng ký nào. Hãy tải lại trang của bàn điểm cầu."))
    row.content = {"hand": str(hand)}
    found = FloorRequest.objects.select_for_update().filter(uid=hand, point=row.point).first()
    if found is not None and found.state not in (FloorState.WAITING, FloorState.WITHDRAWN):
        raise Refused(_("Đã được mời phát biểu hoặc đã qua: không rút được nữa."))
    if found is not None:
        FloorRequest.objects.filter(pk=found.pk).update(state=FloorState.WITHDRAWN)
    _done(row, _("Đã rút đăng ký phát biểu."))


def _hands(row, conference, by):
    """Only whether it came in time is decided here; what counts is judged over all the room's
    entries.
    """
    number = read_number(row.content, "poll")
    poll = (
        Poll.objects.select_for_update(no_key=True).filter(pk=number, conference=conference).first()
        if number
        else None
    )
    if poll is None or poll.state in (PollState.DRAFTED, PollState.CANCELLED):
        raise Refused(_("Không có biểu quyết này, hoặc chưa mở."))
    if poll.state != PollState.OPEN:
        row.outcome = Outcome.LATE
        row.told = _("Biểu quyết đã đóng trước khi số này đến: không tính.")
        return
    _done(row, "")


def _item(conference):
    return conference.items.filter(state=ItemState.CURRENT).first()


TAKE = {
    "heads": _heads,
    "arrived": _movement,
    "left": _movement,
    "question": _question,
    "hand": _hand,
    "unhand": _unhand,
    "hands": _hands,
}
