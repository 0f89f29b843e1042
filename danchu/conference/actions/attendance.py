"""Attendance is recorded: of one delegate, of a whole room by roll call, and by counting heads."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.fields import MOST_HEADS, check_whole
from danchu.conference.models import Attendance, BridgePoint, Delegate, HeadCount
from danchu.conference.rules import NO_RIGHT, lock_conference, may_record_attendance, may_run_room
from danchu.conference.words import DelegateState, How, Movement, State
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require

# Also after the closing: forgotten arrivals are added with the time at which they happened.
RECORDABLE = (State.CONVENED, State.OPEN, State.CLOSED)
EARLY = timedelta(hours=12)
WITHOUT_PLACE = (DelegateState.WAITING, DelegateState.CANCELLED)


@transaction.atomic
def note_movement(
    delegate: Delegate,
    *,
    by: Acting,
    movement: str,
    how: str,
    at: datetime | None = None,
    point: BridgePoint | None = None,
) -> Attendance:
    """Record that a delegate arrived or left; the last Attendance, unchanged, where it says so
    already. `point` is where they are, by default their own; `at` is now by default. Refused
    outside the time of the conference or when the delegate has no place; Denied without the right.
    """
    is_own = getattr(by, "delegate", None) == delegate.pk and how == How.LINK
    require(
        is_own or may_record_attendance(by, delegate.conference, point or delegate.point), NO_RIGHT
    )
    conference = lock_conference(delegate.conference, RECORDABLE)
    at = at or now()
    _check_time(conference, at)
    delegate = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if (
        movement not in Movement.values
        or how not in How.values
        or point is not None
        and point.conference_id != conference.pk
    ):
        raise Refused(_("Hãy chọn trong danh sách."), "movement")
    if delegate.state in WITHOUT_PLACE:
        raise Refused(
            _("Đại biểu này đang ở trạng thái “%s”. Hãy cho giữ chỗ trước khi ghi có mặt.")
            % delegate.get_state_display()
        )
    seat = point or delegate.point
    last = delegate.attendance.filter(at__lte=at).order_by("-at", "-pk").first()
    if last is not None and last.movement == movement and last.point == seat:
        return last
    attendance = Attendance.objects.create(
        delegate=delegate, point=seat, movement=movement, how=how, at=at, noted_by=by.key
    )
    frames.wake(conference, "presence")
    record(by, "delegate.noted", delegate, unit=conference.unit_id, movement=movement, how=how)
    return attendance


@transaction.atomic
def note_roll(
    point: BridgePoint,
    *,
    by: Acting,
    arrived: Collection[int] = (),
    left: Collection[int] = (),
    at: datetime | None = None,
) -> tuple[int, int]:
    """Record the roll call of a room: delegate ids who arrived and who left. Returns how many of
    each are new. Delegates of other rooms and without a place are ignored. Refused outside the time
    of the conference; Denied without the right.
    """
    require(may_run_room(by, point), NO_RIGHT)
    conference = lock_conference(point.conference, RECORDABLE)
    at = at or now()
    _check_time(conference, at)
    delegate_ids = set(
        Delegate.objects.filter(conference=conference, point=point, pk__in={*arrived, *left})
        .exclude(state__in=WITHOUT_PLACE)
        .values_list("pk", flat=True)
    )
    last = dict(
        Attendance.objects.filter(delegate__in=delegate_ids, at__lte=at)
        .order_by("at", "pk")
        .values_list("delegate_id", "movement")
    )
    arrived_ids = [pk for pk in arrived if pk in delegate_ids and last.get(pk) != Movement.ARRIVED]
    left_ids = [pk for pk in left if pk in delegate_ids and last.get(pk) == Movement.ARRIVED]
    Attendance.objects.bulk_create(
        Attendance(
            delegate_id=pk, point=point, movement=movement, how=How.ROOM, at=at, noted_by=by.key
        )
        for pks, movement in ((arrived_ids, Movement.ARRIVED), (left_ids, Movement.LEFT))
        for pk in pks
    )
    frames.wake(conference, "presence")
    record(
        by,
        "bridge_point.roll_called",
        point,
        unit=conference.unit_id,
        arrived=len(arrived_ids),
        left=len(left_ids),
    )
    return len(arrived_ids), len(left_ids)


@transaction.atomic
def count_heads(
    point: BridgePoint, *, by: Acting, count: int, at: datetime | None = None
) -> HeadCount:
    """Record how many people sit in the room from `at` on (by default now), whether or not they are
    on the list. Refused where the number is bad or `at` is outside the time of the conference;
    Denied without the right.
    """
    require(may_run_room(by, point), NO_RIGHT)
    conference = lock_conference(point.conference, RECORDABLE)
    at = at or now()
    _check_time(conference, at)
    head_count = HeadCount.objects.create(
        point=point, count=check_whole(count, MOST_HEADS, "count"), at=at, noted_by=by.key
    )
    frames.wake(conference, "presence")
    record(by, "bridge_point.heads_counted", point, unit=conference.unit_id, count=count)
    return head_count


def _check_time(conference, at):
    if not (conference.opened_at or conference.starts_at) - EARLY <= at <= now():
        raise Refused(
            _(
                "Giờ ghi phải trong thời gian của hội nghị (từ 12 giờ trước giờ bắt đầu) "
                "và không ở tương lai."
            ),
            "at",
        )
