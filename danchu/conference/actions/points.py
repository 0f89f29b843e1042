"""The plan of bridge points: which unit, which room, who runs its desk, how many are expected, how
many places it has.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.conference.input.fields import clean_point
from danchu.conference.models import BridgePoint, Conference, Delegate, Pass
from danchu.conference.rules import NO_RIGHT, UNFINISHED, lock_conference, may_prepare
from danchu.conference.words import State
from danchu.conference.writes import frames
from danchu.conference.writes.letters import OTHER_ROOM, notify_of_change
from danchu.conference.writes.seats import promote_waiting
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, require
from danchu.units.models import Unit


@transaction.atomic
def add_point(
    conference: Conference, *, by: Acting, unit: Unit, name: str, **fields: Any
) -> BridgePoint:
    """Add a room of a unit to the conference. `fields` are any others of `clean_point`. Refused, on
    its field, where a value is bad or the name is used; Denied without the right.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    conference = lock_conference(conference, UNFINISHED)
    values = clean_point({"name": name, **fields})
    with _refused_duplicate_name():
        point = BridgePoint.objects.create(
            conference=conference, unit=unit, position=conference.points.count() + 1, **values
        )
    frames.wake(conference, "presence")
    record(by, "bridge_point.added", point, unit=conference.unit_id, of=unit.pk)
    return point


@transaction.atomic
def edit_point(
    point: BridgePoint, *, by: Acting, unit: Unit | None = None, **fields: Any
) -> BridgePoint:
    """Change the named `fields`; new places go to the waiting list, and the delegates of a convened
    conference are notified of another room. Refused, on its field, where a value is bad, the name
    is used, or fewer places are set than are taken; Denied without the right.
    """
    require(may_prepare(by, point.conference), NO_RIGHT)
    conference = lock_conference(point.conference, UNFINISHED)
    values = clean_point(fields)
    point = BridgePoint.objects.select_for_update().get(pk=point.pk)
    place = point.name, point.room
    if 0 < values.get("capacity", 0) < point.taken:
        raise Refused(
            _("Đã có %s người giữ chỗ: số chỗ không thể ít hơn.") % point.taken, "capacity"
        )
    for name, value in {**values, **({"unit": unit} if unit else {})}.items():
        setattr(point, name, value)
    with _refused_duplicate_name():
        point.save()
    moved_up = promote_waiting(conference)
    if conference.state == State.CONVENED and (point.name, point.room) != place:
        notify_of_change(conference, OTHER_ROOM, point)
    frames.wake(conference, "presence", "floor")
    record(
        by,
        "bridge_point.edited",
        point,
        unit=conference.unit_id,
        fields=sorted(fields),
        moved_up=moved_up,
    )
    return point


@transaction.atomic
def remove_point(point: BridgePoint, *, by: Acting) -> None:
    """Remove a room that has no delegates and has sent nothing; Refused otherwise. Denied without
    the right.
    """
    require(may_prepare(by, point.conference), NO_RIGHT)
    conference = lock_conference(point.conference, UNFINISHED)
    point = BridgePoint.objects.select_for_update().filter(pk=point.pk).first()
    if point is None:
        raise Refused(_("Điểm cầu này không còn trong danh sách."))
    is_used = Delegate.objects.filter(point=point).exists() or any(
        getattr(point, name).exists()
        for name in ("head_counts", "entries", "floor", "questions", "room_counts")
    )
    if is_used:
        raise Refused(
            _(
                "Điểm cầu đã có đại biểu hoặc đã gửi số liệu: không bỏ được. Hãy chuyển "
                "đại biểu sang điểm cầu khác."
            )
        )
    record(by, "bridge_point.removed", point, unit=conference.unit_id)
    Pass.objects.filter(point=point).delete()
    BridgePoint.objects.filter(pk=point.pk).delete()
    frames.wake(conference, "presence")


class _refused_duplicate_name:  # noqa: N801 - read as a phrase
    """Turns the violated constraint on names into a Refused."""

    def __enter__(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def __exit__(self, kind, error, trace):
        self.savepoint.__exit__(kind, error, trace)
        if kind is IntegrityError and "one_bridge_point_a_name" in str(error):
            raise Refused(_("Hội nghị đã có điểm cầu tên này. Hãy đặt tên khác."), "name") from None
