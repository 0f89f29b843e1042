"""The plan of bridge points: which unit, which room, who runs its desk, how many are expected,
how many places it has.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.conference.input.fields import checked_point
from danchu.conference.models import BridgePoint, Delegate, Pass
from danchu.conference.rules import LIVING, NO_RIGHT, locked, may_prepare
from danchu.conference.writes import frames
from danchu.conference.writes.seats import move_up
from danchu.journal.actions import record
from danchu.kernel.refusals import Refused, require


@transaction.atomic
def add_point(conference, *, by, unit, name, **fields):
    """A room of a unit joins the conference."""
    require(may_prepare(by, conference), NO_RIGHT)
    found = locked(conference, LIVING)
    kept = checked_point({"name": name, **fields})
    with _name_told():
        made = BridgePoint.objects.create(
            conference=found, unit=unit, position=found.points.count() + 1, **kept
        )
    frames.wake(found, "presence")
    record(by, "bridge_point.added", made, unit=found.unit_id, of=unit.pk)
    return made


@transaction.atomic
def edit_point(point, *, by, unit=None, **fields):
    """Change what is named; places that are added go to who waits first."""
    require(may_prepare(by, point.conference), NO_RIGHT)
    held = locked(point.conference, LIVING)
    kept = checked_point(fields)
    found = BridgePoint.objects.select_for_update().get(pk=point.pk)
    if 0 < kept.get("capacity", 0) < found.taken:
        raise Refused(
            _("Đã có %s người giữ chỗ: số chỗ không thể ít hơn.") % found.taken, "capacity"
        )
    for name, value in {**kept, **({"unit": unit} if unit else {})}.items():
        setattr(found, name, value)
    with _name_told():
        found.save()
    moved = move_up(held)
    frames.wake(held, "presence", "floor")
    record(
        by, "bridge_point.edited", found, unit=held.unit_id, fields=sorted(fields), moved_up=moved
    )
    return found


@transaction.atomic
def remove_point(point, *, by):
    """Take a room out that nobody sits in and nothing has come from."""
    require(may_prepare(by, point.conference), NO_RIGHT)
    held = locked(point.conference, LIVING)
    found = BridgePoint.objects.select_for_update().filter(pk=point.pk).first()
    if found is None:
        raise Refused(_("Điểm cầu này không còn trong danh sách."))
    used = Delegate.objects.filter(point=found).exists() or any(
        getattr(found, name).exists()
        for name in ("head_counts", "entries", "floor", "questions", "room_counts")
    )
    if used:
        raise Refused(
            _(
                "Điểm cầu đã có đại biểu hoặc đã gửi số liệu: không bỏ được. Hãy chuyển "
                "đại biểu sang điểm cầu khác."
            )
        )
    record(by, "bridge_point.removed", found, unit=held.unit_id)
    Pass.objects.filter(point=found).delete()
    BridgePoint.objects.filter(pk=found.pk).delete()
    frames.wake(held, "presence")


class _name_told:  # noqa: N801 - read as a phrase
    """Says in words that a name is taken."""

    def __enter__(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def __exit__(self, kind, error, trace):
        self.savepoint.__exit__(kind, error, trace)
        if kind is IntegrityError and "one_bridge_point_a_name" in str(error):
            raise Refused(_("Hội nghị đã có điểm cầu tên này. Hãy đặt tên khác."), "name") from None
