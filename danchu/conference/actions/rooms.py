"""A room's desk sends its entries, perhaps hours later: each is applied once, in the desk's order,
and answered in words.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.room_entries import (
    ACTS,
    CLOCKS_APART,
    corrected_time,
    entry_answer,
    read_entries,
    read_hand,
    read_heads,
    read_number,
    read_question,
)
from danchu.conference.models import (
    Attendance,
    BridgePoint,
    Delegate,
    FloorRequest,
    HeadCount,
    Poll,
    Question,
    RoomEntry,
)
from danchu.conference.rules import NO_RIGHT, lock_conference, may_run_room
from danchu.conference.words import FloorState, How, ItemState, Movement, Outcome, PollState, State
from danchu.conference.writes import frames
from danchu.conference.writes.batches import withdraw_requests
from danchu.conference.writes.hands import recount_hands
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
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
def take_room_entries(
    point: BridgePoint, entries: Any, *, by: Acting, desk: str = "", sent_at: datetime | None = None
) -> list[dict[str, Any]]:
    """Apply the entries of a room's desk. Returns [{"uid", "number", "outcome", "told", "repeated",
    "ok"}] of every entry sent and of every earlier one whose outcome changed by them.

    `entries` are {uid, number, act, content, made_at}; `desk` names the device within the room that
    numbers them; `sent_at` is the device's clock when it sends, by which its clock is corrected.
    Idempotent by `uid`: an entry sent again is answered as it stands. Refused as a whole where
    `entries` cannot be read; Denied without the right.
    """
    require(may_run_room(by, point), NO_RIGHT)
    parcel = read_entries(entries)
    conference = lock_conference(point.conference, tuple(State))
    instant = now()
    offset = instant - sent_at if sent_at is not None else _guess_offset(parcel, instant)
    row_by_uid = {
        row.uid: row for row in RoomEntry.objects.filter(uid__in=[entry.uid for entry in parcel])
    }
    since = (conference.opened_at or conference.starts_at) - CLOCKS_APART
    new_rows = []
    for entry in parcel:
        if entry.uid not in row_by_uid:
            row = RoomEntry(
                uid=entry.uid,
                point=point,
                desk=desk[:40],
                number=entry.number,
                act=entry.act[:10],
                content=entry.content,
                made_at=entry.made_at,
                received_at=instant,
            )
            row.at = corrected_time(entry, row.desk, point, offset, since, instant)
            _apply_entry(row, conference, by)
            row.save(force_insert=True)
            row_by_uid[entry.uid] = row
            new_rows.append(row)
    changed = recount_hands(point, new_rows, by)
    row_by_uid.update({row.uid: row for row in changed})
    if new_rows:
        frames.wake(conference, *{PARTS.get(row.act, "presence") for row in [*new_rows, *changed]})
        record(
            by, "bridge_point.entries_taken", point, unit=conference.unit_id, number=len(new_rows)
        )
    new_uids = {row.uid for row in new_rows}
    return [
        entry_answer(row, repeated=row.uid not in new_uids and row not in changed)
        for row in sorted(row_by_uid.values(), key=lambda row: row.number)
        if row.point_id == point.pk
    ]


def _guess_offset(parcel, instant):
    """The correction of the desk's clock where the desk did not send its time: a timedelta of at
    most 0, so that no entry was made in the future.
    """
    newest = max((entry.made_at for entry in parcel), default=instant)
    return min(instant - newest, timedelta(0))


def _apply_entry(row, conference, by):
    """Write what the entry says, and set its outcome and words."""
    try:
        if row.act not in ACTS:
            raise Refused(_("Bàn điểm cầu gửi việc không rõ. Hãy tải lại trang."))
        HANDLERS[row.act](row, conference, by)
    except Refused as refusal:
        row.outcome = Outcome.REFUSED
        row.told = refusal.message[:300]


def _accept(row, sentence, conference=None):
    """Mark the entry as counted. Entries that only describe the room are stored even after the
    conference was closed.
    """
    row.outcome = Outcome.COUNTED
    row.told = sentence
    if conference is not None and conference.state == State.CLOSED:
        row.outcome = Outcome.KEPT
        row.told = (
            _(
                "%s Hội nghị đã bế mạc: số đã ghi vào sổ không tự đổi, hãy báo người tổ "
                "chức nếu cần đính chính."
            )
            % sentence
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
    _accept(row, _("Đã ghi %s người trong phòng.") % count, conference)


def _movement(row, conference, by):
    number = read_number(row.content, "delegate")
    delegate = Delegate.objects.filter(pk=number, conference=conference).first() if number else None
    if delegate is None:
        raise Refused(_("Không tìm thấy đại biểu này trong danh sách."))
    movement = Movement(row.act)
    _refuse_other_rooms(row, delegate, movement)
    Attendance.objects.create(
        delegate=delegate,
        point=row.point,
        movement=movement,
        how=How.ROOM,
        at=row.at,
        noted_by=by.key,
    )
    _accept(
        row,
        _("Đã ghi đại biểu đến.") if movement == Movement.ARRIVED else _("Đã ghi đại biểu về."),
        conference,
    )


def _refuse_other_rooms(row, delegate, movement):
    """Refused for a delegate of another room, and for one without a room who is to leave but was
    not noted here: a room would take votes and the quorum from the others.
    """
    if delegate.point_id == row.point_id:
        return
    if delegate.point_id is None:
        last = delegate.attendance.order_by("-at", "-pk").first()
        if movement == Movement.ARRIVED or last and last.point_id == row.point_id:
            return
    raise Refused(
        _(
            "Đại biểu này không thuộc điểm cầu này. Hãy để bàn của điểm cầu ấy ghi, hoặc nhờ người "
            "tổ chức chuyển đại biểu về đây."
        )
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
    _accept(row, _("Câu hỏi đã đến tổ điều phối."))


def _hand(row, conference, by):
    speaker, kind = read_hand(row.content)
    if _is_late(row, conference):
        return
    is_withdrawn = RoomEntry.objects.filter(
        point=row.point, act="unhand", content__hand=str(row.uid)
    ).exists()
    state = FloorState.WITHDRAWN if is_withdrawn else FloorState.WAITING
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
    _accept(row, _("Đã đăng ký phát biểu."))


def _unhand(row, conference, by):
    request_uid = uid_in(row.content.get("hand"))
    if request_uid is None:
        raise Refused(_("Không rõ rút đăng ký nào. Hãy tải lại trang của bàn điểm cầu."))
    row.content = {"hand": str(request_uid)}
    request = (
        FloorRequest.objects.select_for_update().filter(uid=request_uid, point=row.point).first()
    )
    if request is not None and request.state not in (FloorState.WAITING, FloorState.WITHDRAWN):
        raise Refused(_("Đã được mời phát biểu hoặc đã qua: không rút được nữa."))
    if request is not None:
        withdraw_requests([request.pk])
    _accept(row, _("Đã rút đăng ký phát biểu."))


def _hands(row, conference, by):
    """Decide only whether the entry came in time; which count stands is judged over all entries of
    the room (writes/hands.py).
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
    _accept(row, "")


def _item(conference):
    return conference.items.filter(state=ItemState.CURRENT).first()


HANDLERS = {
    "heads": _heads,
    "arrived": _movement,
    "left": _movement,
    "question": _question,
    "hand": _hand,
    "unhand": _unhand,
    "hands": _hands,
}
