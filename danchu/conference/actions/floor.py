"""The floor: who asks to speak is called in fair order, speaks for so many seconds, is ended, put
off, passed over with a reason.

Acts name what the device shows: where another device of the chair was quicker, this one is told and
nothing happens twice.
"""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.fields import line, paragraphs, whole
from danchu.conference.models import FloorRequest
from danchu.conference.queries.speaking_order import in_order
from danchu.conference.rules import NO_RIGHT, RUNNING, locked, may_chair, may_run_room
from danchu.conference.words import FloorKind, FloorState, ItemState
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.subjects.texts import reason_of

LONGEST_SPEECH = 3600


@transaction.atomic
def request_floor(
    conference, *, by, point=None, delegate=None, speaker="", kind=FloorKind.SPEAK, uid=None
):
    """The chair puts somebody on the list: a guest who answers, a delegate who asked with a
    nod. Sent twice it is one request.
    """
    require(may_chair(by, conference), NO_RIGHT)
    found = locked(conference, RUNNING)
    earlier = FloorRequest.objects.filter(uid=uid, conference=found).first() if uid else None
    if earlier:
        return earlier
    if kind not in FloorKind.values:
        raise Refused(_("Hãy chọn trong danh sách."), "kind")
    if (
        point is None
        and delegate is None
        or point
        and point.conference_id != found.pk
        or delegate
        and delegate.conference_id != found.pk
    ):
        raise Refused(_("Hãy chọn đại biểu hoặc điểm cầu của hội nghị này."), "point")
    if (
        delegate
        and FloorRequest.objects.filter(
            conference=found, delegate=delegate, state=FloorState.WAITING
        ).exists()
    ):
        raise Refused(_("Đại biểu này đang chờ phát biểu."), "delegate")
    made = FloorRequest.objects.create(
        uid=uid or uuid4(),
        conference=found,
        item=found.items.filter(state=ItemState.CURRENT).first(),
        delegate=delegate,
        point=point or delegate.point,
        speaker=line(speaker, 200, "speaker"),
        kind=kind,
        asked_at=now(),
    )
    frames.wake(found, "floor")
    record(by, "floor_request.made", made, unit=found.unit_id, way=kind)
    return made


@transaction.atomic
def call_next(conference, *, by, expected, ending=None, seconds=180):
    """The first in fair order has the floor. `expected` is the id of the request the device shows
    as first, `ending` that of who it shows as speaking (None: nobody), who ends with it.
    """
    require(may_chair(by, conference), NO_RIGHT)
    found = locked(conference, RUNNING)
    seconds = whole(seconds, LONGEST_SPEECH, "seconds", 10)
    rows = list(FloorRequest.objects.select_for_update().filter(conference=found))
    speaking = next((row for row in rows if row.state == FloorState.SPEAKING), None)
    if (speaking.pk if speaking else None) != ending:
        raise Refused(
            _("Một thiết bị khác vừa điều hành phần phát biểu. Hãy xem lại danh sách rồi bấm.")
        )
    waiting = in_order(rows)
    if not waiting:
        raise Refused(_("Không còn ai đăng ký phát biểu."))
    if waiting[0].pk != expected:
        raise Refused(
            _("Thứ tự vừa thay đổi: người tiếp theo đã khác. Hãy xem lại danh sách rồi bấm.")
        )
    if speaking:
        _end(speaking)
    called = waiting[0]
    called.state = FloorState.SPEAKING
    called.began_at = now()
    called.seconds = seconds
    called.save(update_fields=["state", "began_at", "seconds"])
    frames.wake(found, "floor")
    record(
        by,
        "floor_request.called",
        called,
        unit=found.unit_id,
        ended=speaking.pk if speaking else None,
        seconds=seconds,
    )
    return called


@transaction.atomic
def end_speech(request, *, by, said=""):
    """Who speaks is done; `said` is what the secretary keeps of it."""
    require(may_chair(by, request.conference), NO_RIGHT)
    found = _at(
        request,
        FloorState.SPEAKING,
        _("Người này không còn đang phát biểu: một thiết bị khác đã kết thúc."),
    )
    found.said = paragraphs(said, 20_000, "said") or found.said
    _end(found)
    frames.wake(found.conference, "floor")
    record(
        by,
        "floor_request.ended",
        found,
        unit=found.conference.unit_id,
        seconds=int((found.ended_at - found.began_at).total_seconds()),
    )
    return found


@transaction.atomic
def extend_speech(request, *, by, seconds, shown):
    """More time for who speaks; `shown` are the seconds the device shows as granted, so that
    two devices do not add twice.
    """
    require(may_chair(by, request.conference), NO_RIGHT)
    found = _at(request, FloorState.SPEAKING, _("Người này không còn đang phát biểu."))
    if found.seconds != shown:
        raise Refused(_("Một thiết bị khác vừa cho thêm giờ: hiện là %s giây.") % found.seconds)
    found.seconds = whole(
        found.seconds + whole(seconds, LONGEST_SPEECH, "seconds", 10), 2 * LONGEST_SPEECH, "seconds"
    )
    found.save(update_fields=["seconds"])
    frames.wake(found.conference, "floor")
    record(
        by, "floor_request.extended", found, unit=found.conference.unit_id, seconds=found.seconds
    )
    return found


@transaction.atomic
def withdraw_request(request, *, by):
    """Who asked for the floor, his room's desk or the chair takes the request back."""
    own = getattr(by, "delegate", None) is not None and by.delegate == request.delegate_id
    at_desk = request.point_id is not None and may_run_room(by, request.point)
    require(own or at_desk or may_chair(by, request.conference), NO_RIGHT)
    found = _at(
        request, FloorState.WAITING, _("Đã được mời phát biểu hoặc đã qua: không rút được nữa.")
    )
    found.state = FloorState.WITHDRAWN
    found.save(update_fields=["state"])
    frames.wake(found.conference, "floor")
    record(by, "floor_request.withdrawn", found, unit=found.conference.unit_id)
    return found


@transaction.atomic
def skip_request(request, *, by, reason):
    """Not called, for a reason that stays: the speaker is not in the room, the time is up, it
    was said already.
    """
    require(may_chair(by, request.conference), NO_RIGHT)
    found = _at(
        request, FloorState.WAITING, _("Đã được mời phát biểu hoặc đã qua: không bỏ qua được nữa.")
    )
    found.state = FloorState.SKIPPED
    found.reason = reason_of(reason, most=300)
    found.save(update_fields=["state", "reason"])
    frames.wake(found.conference, "floor")
    record(by, "floor_request.skipped", found, unit=found.conference.unit_id)
    return found


def _at(request, state, otherwise):
    """The request as it is now, with the running conference held; Refused unless in the state."""
    held = locked(request.conference, RUNNING)
    found = FloorRequest.objects.select_for_update().filter(pk=request.pk).first()
    if found is None or found.state != state:
        raise Refused(otherwise)
    found.conference = held
    return found


def _end(row):
    row.state, row.ended_at = FloorState.DONE, max(now(), row.began_at)
    row.save(update_fields=["state", "ended_at", "said"])
