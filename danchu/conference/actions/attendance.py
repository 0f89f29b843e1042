"""Coming and going is noted: one delegate, the roll of a whole room, the heads in it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.fields import MOST_HEADS, whole
from danchu.conference.models import Attendance, Delegate, HeadCount
from danchu.conference.rules import NO_RIGHT, locked, may_note, may_run_room
from danchu.conference.words import DelegateState, How, Movement, State
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require

WHEN = (
    State.CONVENED,
    State.OPEN,
    State.CLOSED,
)  # afterwards too: who was forgotten is added, at the time it was
EARLY = timedelta(hours=12)
ON_THE_WAY = (DelegateState.WAITING, DelegateState.CANCELLED)


@transaction.atomic
def note_movement(delegate, *, by, movement, how, at=None, point=None):
    """A delegate came or left; the last Attendance unchanged where it says so already. `point`
    is where he is, if not at his own.
    """
    own = getattr(by, "delegate", None) == delegate.pk and how == How.LINK
    require(own or may_note(by, delegate.conference, point or delegate.point), NO_RIGHT)
    held = locked(delegate.conference, WHEN)
    at = at or now()
    _check_time(held, at)
    found = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if (
        movement not in Movement.values
        or how not in How.values
        or point is not None
        and point.conference_id != held.pk
    ):
        raise Refused(_("Hãy chọn trong danh sách."), "movement")
    if found.state in ON_THE_WAY:
        raise Refused(
            _("Đại biểu này đang ở trạng thái “%s”. Hãy cho giữ chỗ trước khi ghi có mặt.")
            % found.get_state_display()
        )
    where = point or found.point
    last = found.attendance.filter(at__lte=at).order_by("-at", "-pk").first()
    if last is not None and last.movement == movement and last.point == where:
        return last
    made = Attendance.objects.create(
        delegate=found, point=where, movement=movement, how=how, at=at, noted_by=by.key
    )
    frames.wake(held, "presence")
    record(by, "delegate.noted", found, unit=held.unit_id, movement=movement, how=how)
    return made


@transaction.atomic
def note_roll(point, *, by, arrived=(), left=(), at=None):
    """The roll of a room, called in one go: who came, who left, by ids; (newly come, newly
    gone).
    """
    require(may_run_room(by, point), NO_RIGHT)
    held = locked(point.conference, WHEN)
    at = at or now()
    _check_time(held, at)
    known = set(
        Delegate.objects.filter(conference=held, point=point, pk__in={*arrived, *left})
        .exclude(state__in=ON_THE_WAY)
        .values_list("pk", flat=True)
    )
    last = dict(
        Attendance.objects.filter(delegate__in=known, at__lte=at)
        .order_by("at", "pk")
        .values_list("delegate_id", "movement")
    )
    came = [pk for pk in arrived if pk in known and last.get(pk) != Movement.ARRIVED]
    went = [pk for pk in left if pk in known and last.get(pk) == Movement.ARRIVED]
    Attendance.objects.bulk_create(
        Attendance(
            delegate_id=pk, point=point, movement=movement, how=How.ROOM, at=at, noted_by=by.key
        )
        for pks, movement in ((came, Movement.ARRIVED), (went, Movement.LEFT))
        for pk in pks
    )
    frames.wake(held, "presence")
    record(
        by, "bridge_point.roll_called", point, unit=held.unit_id, arrived=len(came), left=len(went)
    )
    return len(came), len(went)


@transaction.atomic
def count_heads(point, *, by, count, at=None):
    """How many sit in the room from now on (or from `at`), on the list or not."""
    require(may_run_room(by, point), NO_RIGHT)
    held = locked(point.conference, WHEN)
    at = at or now()
    _check_time(held, at)
    made = HeadCount.objects.create(
        point=point, count=whole(count, MOST_HEADS, "count"), at=at, noted_by=by.key
    )
    frames.wake(held, "presence")
    record(by, "bridge_point.heads_counted", point, unit=held.unit_id, count=count)
    return made


def _check_time(conference, at):
    if not (conference.opened_at or conference.starts_at) - EARLY <= at <= now():
        raise Refused(
            _(
                "Giờ ghi phải trong thời gian của hội nghị (từ 12 giờ trước giờ bắt đầu) "
                "và không ở tương lai."
            ),
            "at",
        )
