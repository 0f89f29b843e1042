"""The floor: requests to speak are called in fair order; the speaker has so many seconds; a speech
is ended, extended; a request is withdrawn or skipped with a reason.

Acts name what the device shows: when another device of the chair was quicker they are Refused, so
that nothing happens twice.
"""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.fields import check_whole, clean_line, clean_paragraphs
from danchu.conference.models import BridgePoint, Conference, Delegate, FloorRequest
from danchu.conference.queries.speaking_order import speaking_order
from danchu.conference.rules import NO_RIGHT, RUNNING, lock_conference, may_chair, may_run_room
from danchu.conference.words import FloorKind, FloorState, ItemState
from danchu.conference.writes import frames
from danchu.conference.writes.batches import withdraw_requests
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.subjects.texts import reason_of

LONGEST_SPEECH = 3600


@transaction.atomic
def request_floor(
    conference: Conference,
    *,
    by: Acting,
    point: BridgePoint | None = None,
    delegate: Delegate | None = None,
    speaker: str = "",
    kind: str = FloorKind.SPEAK,
    uid: UUID | None = None,
) -> FloorRequest:
    """Add a speaker to the queue on the chair's behalf: a delegate, or somebody at a bridge point
    whom `speaker` names. Idempotent by `uid`. Refused, on its field, where a value is bad, the
    delegate or point is of another conference, the delegate is queued already, or the hall is not
    open; Denied without the right.
    """
    require(may_chair(by, conference), NO_RIGHT)
    conference = lock_conference(conference, RUNNING)
    existing = FloorRequest.objects.filter(uid=uid, conference=conference).first() if uid else None
    if existing:
        return existing
    if kind not in FloorKind.values:
        raise Refused(_("Hãy chọn trong danh sách."), "kind")
    if (
        point is None
        and delegate is None
        or point
        and point.conference_id != conference.pk
        or delegate
        and delegate.conference_id != conference.pk
    ):
        raise Refused(_("Hãy chọn đại biểu hoặc điểm cầu của hội nghị này."), "point")
    if (
        delegate
        and FloorRequest.objects.filter(
            conference=conference, delegate=delegate, state=FloorState.WAITING
        ).exists()
    ):
        raise Refused(_("Đại biểu này đang chờ phát biểu."), "delegate")
    request = FloorRequest.objects.create(
        uid=uid or uuid4(),
        conference=conference,
        item=conference.items.filter(state=ItemState.CURRENT).first(),
        delegate=delegate,
        point=point or delegate.point,
        speaker=clean_line(speaker, 200, "speaker"),
        kind=kind,
        asked_at=now(),
    )
    frames.wake(conference, "floor")
    record(by, "floor_request.made", request, unit=conference.unit_id, way=kind)
    return request


@transaction.atomic
def call_next(
    conference: Conference,
    *,
    by: Acting,
    expected: int,
    ending: int | None = None,
    seconds: int = 180,
) -> FloorRequest:
    """Give the floor to the first in fair order, for `seconds`. `expected` is the id of the request
    the device shows as first, `ending` that of the one it shows as speaking (None: nobody), whose
    speech ends. Refused where the device shows another state, nobody waits, or the hall is not
    open; Denied without the right.
    """
    require(may_chair(by, conference), NO_RIGHT)
    conference = lock_conference(conference, RUNNING)
    seconds = check_whole(seconds, LONGEST_SPEECH, "seconds", 10)
    rows = list(FloorRequest.objects.select_for_update().filter(conference=conference))
    current = next((row for row in rows if row.state == FloorState.SPEAKING), None)
    if (current.pk if current else None) != ending:
        raise Refused(
            _("Một thiết bị khác vừa điều hành phần phát biểu. Hãy xem lại danh sách rồi bấm.")
        )
    queue = speaking_order(rows)
    if not queue:
        raise Refused(_("Không còn ai đăng ký phát biểu."))
    if queue[0].pk != expected:
        raise Refused(
            _("Thứ tự vừa thay đổi: người tiếp theo đã khác. Hãy xem lại danh sách rồi bấm.")
        )
    if current:
        _end(current)
    next_request = queue[0]
    next_request.state = FloorState.SPEAKING
    next_request.began_at = now()
    next_request.seconds = seconds
    next_request.save(update_fields=["state", "began_at", "seconds"])
    frames.wake(conference, "floor")
    record(
        by,
        "floor_request.called",
        next_request,
        unit=conference.unit_id,
        ended=current.pk if current else None,
        seconds=seconds,
    )
    return next_request


@transaction.atomic
def end_speech(request: FloorRequest, *, by: Acting, summary: str = "") -> FloorRequest:
    """End the speech; `summary` is what the secretary notes of it, at most 20,000 characters.
    Refused when it was ended before; Denied without the right.
    """
    require(may_chair(by, request.conference), NO_RIGHT)
    request = _lock_request(
        request,
        FloorState.SPEAKING,
        _("Người này không còn đang phát biểu: một thiết bị khác đã kết thúc."),
    )
    request.said = clean_paragraphs(summary, 20_000, "said") or request.said
    _end(request)
    frames.wake(request.conference, "floor")
    record(
        by,
        "floor_request.ended",
        request,
        unit=request.conference.unit_id,
        seconds=int((request.ended_at - request.began_at).total_seconds()),
    )
    return request


@transaction.atomic
def extend_speech(
    request: FloorRequest, *, by: Acting, seconds: int, seconds_shown: int
) -> FloorRequest:
    """Give the speaker `seconds` more; `seconds_shown` is the time the device shows as granted, so
    that two devices do not add twice. Refused when it differs or the speech has ended; Denied
    without the right.
    """
    require(may_chair(by, request.conference), NO_RIGHT)
    request = _lock_request(request, FloorState.SPEAKING, _("Người này không còn đang phát biểu."))
    if request.seconds != seconds_shown:
        raise Refused(_("Một thiết bị khác vừa cho thêm giờ: hiện là %s giây.") % request.seconds)
    request.seconds = check_whole(
        request.seconds + check_whole(seconds, LONGEST_SPEECH, "seconds", 10),
        2 * LONGEST_SPEECH,
        "seconds",
    )
    request.save(update_fields=["seconds"])
    frames.wake(request.conference, "floor")
    record(
        by,
        "floor_request.extended",
        request,
        unit=request.conference.unit_id,
        seconds=request.seconds,
    )
    return request


@transaction.atomic
def withdraw_request(request: FloorRequest, *, by: Acting) -> FloorRequest:
    """Withdraw a waiting request: the delegate who made it, the desk of its room, or the chair.
    Refused when it does not wait any more; Denied without the right. Delegates' own devices
    withdraw in groups, without a journal entry (writes/batches.py); both use one statement.
    """
    is_own = getattr(by, "delegate", None) is not None and by.delegate == request.delegate_id
    is_at_desk = request.point_id is not None and may_run_room(by, request.point)
    require(is_own or is_at_desk or may_chair(by, request.conference), NO_RIGHT)
    conference = lock_conference(request.conference, RUNNING)
    if not withdraw_requests([request.pk]):
        raise Refused(_("Đã được mời phát biểu hoặc đã qua: không rút được nữa."))
    request = FloorRequest.objects.get(pk=request.pk)
    frames.wake(conference, "floor")
    record(by, "floor_request.withdrawn", request, unit=conference.unit_id)
    return request


@transaction.atomic
def skip_request(request: FloorRequest, *, by: Acting, reason: str) -> FloorRequest:
    """Take a request out of the queue without calling it, for a reason that is recorded: the
    speaker is not in the room, there is no time left, it was said already. Refused without a reason
    or when it does not wait any more; Denied without the right.
    """
    require(may_chair(by, request.conference), NO_RIGHT)
    request = _lock_request(
        request, FloorState.WAITING, _("Đã được mời phát biểu hoặc đã qua: không bỏ qua được nữa.")
    )
    request.state = FloorState.SKIPPED
    request.reason = reason_of(reason, most=300)
    request.save(update_fields=["state", "reason"])
    frames.wake(request.conference, "floor")
    record(by, "floor_request.skipped", request, unit=request.conference.unit_id)
    return request


def _lock_request(request, state, refusal):
    """The request as it is now, locked together with its running conference; Refused with the
    sentence `refusal` unless it is in the state.
    """
    conference = lock_conference(request.conference, RUNNING)
    request = FloorRequest.objects.select_for_update().filter(pk=request.pk).first()
    if request is None or request.state != state:
        raise Refused(refusal)
    request.conference = conference
    return request


def _end(row):
    row.state = FloorState.DONE
    row.ended_at = max(now(), row.began_at)
    row.save(update_fields=["state", "ended_at", "said"])
