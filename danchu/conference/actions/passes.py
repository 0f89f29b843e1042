"""Passes: made for stewards and rooms, bound to the first device of a delegate, released,
renewed, taken back.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.access.codes import pass_digest, personal_code, room_code
from danchu.conference.models import Pass, RevokedDevice
from danchu.conference.rules import LIVING, NO_RIGHT, locked, may_prepare, may_run_room
from danchu.conference.words import DelegateState, Role
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.codes import new_secret
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require

STEWARDS = (Role.CHAIR, Role.MODERATOR, Role.SPEAKER, Role.PROJECTOR)
SHUT_OUT = {
    DelegateState.WAITING: gettext_lazy(
        "Ông/bà đang ở danh sách chờ. Khi có chỗ sẽ được báo và mã này dùng được."
    ),
    DelegateState.CANCELLED: gettext_lazy(
        "Chỗ này đã hủy. Nếu vẫn dự, hãy đăng ký lại hoặc đến bàn đón tiếp."
    ),
}
OTHER_DEVICE = gettext_lazy(
    "Mã này đang được dùng trên một thiết bị khác. Hãy tiếp tục trên thiết bị đó; nếu đã "
    "đổi máy, hãy nhờ bàn đón tiếp hoặc kỹ thuật viên điểm cầu “Cho đổi thiết bị” rồi "
    "vào lại."
)


@transaction.atomic
def issue_pass(conference, *, by, role):
    """A pass for a steward or a screen; (Pass, its code, which is told this once)."""
    require(may_prepare(by, conference), NO_RIGHT)
    found = locked(conference, LIVING)
    if role not in STEWARDS:
        raise Refused(_("Hãy chọn vai trò trong danh sách."), "role")
    secret = new_secret()
    made = Pass.objects.create(conference=found, role=role, secret=pass_digest(secret))
    record(by, "conference_pass.issued", made, unit=found.unit_id, role=role)
    return made, secret


@transaction.atomic
def issue_room_passes(conference, *, by):
    """A pass for the desk of every bridge point that has none; how many were made. Their codes
    can be printed again.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    found = locked(conference, LIVING)
    living = Exists(Pass.objects.filter(point=OuterRef("pk"), role=Role.ROOM, withdrawn_at=None))
    lacking = found.points.filter(~living).order_by("position", "pk")
    rows = [_room_pass(found, point, 1 + point.passes.count()) for point in lacking]
    Pass.objects.bulk_create(rows, batch_size=1000)
    record(by, "conference_pass.rooms_issued", found, unit=found.unit_id, number=len(rows))
    return len(rows)


def _room_pass(conference, point, issue):
    return Pass(
        conference=conference,
        role=Role.ROOM,
        point=point,
        issue=issue,
        secret=pass_digest(room_code(conference.uid, point.pk, issue)),
    )


@transaction.atomic
def withdraw_pass(held, *, by):
    """A steward's or a room's pass opens nothing from now on; who is in by it is put out."""
    require(may_prepare(by, held.conference), NO_RIGHT)
    found = Pass.objects.select_for_update().get(pk=held.pk)
    if found.role == Role.DELEGATE:
        raise Refused(_("Giấy của đại biểu không thu lại: hãy cấp mã mới hoặc báo vắng."))
    if found.withdrawn_at:
        raise Refused(_("Giấy vào này đã được thu lại."))
    _put_out(found)
    found.withdrawn_at = now()
    found.save(update_fields=["withdrawn_at", "device"])
    record(by, "conference_pass.withdrawn", found, unit=held.conference.unit_id, role=found.role)
    return found


@transaction.atomic
def enter_hall(held, *, by, device):
    """A device comes in by a pass; the Pass with the name of the device that its token must bear
    (`participants.let_in`).

    `device` is a new name, or the one the device already bears. A delegate's pass belongs to the
    first that comes, any other is refused; those of a steward's pass share one name, and are put
    out together. `by` is the public: whoever has the code.
    """
    found = (
        Pass.objects.select_related("conference", "delegate")
        .select_for_update(of=("self",))
        .get(pk=held.pk)
    )
    require(
        by.is_public and found.withdrawn_at is None,
        _("Mã này không còn dùng được. Hãy hỏi bàn đón tiếp."),
    )
    if found.role == Role.DELEGATE and found.delegate.state in SHUT_OUT:
        raise Refused(SHUT_OUT[found.delegate.state])
    if found.device and (found.device == device or found.role != Role.DELEGATE):
        return found
    if found.device:
        raise Refused(OTHER_DEVICE)
    found.device = device
    found.used_at = now()
    found.save(update_fields=["device", "used_at"])
    record(by, "conference_pass.bound", found, unit=found.conference.unit_id)
    return found


@transaction.atomic
def release_device(held, *, by):
    """A delegate has changed his device: the old one is put out, the next that comes with the
    code is his.
    """
    point = held.delegate.point if held.delegate_id else None
    require(
        may_prepare(by, held.conference) or point is not None and may_run_room(by, point), NO_RIGHT
    )
    found = _delegates_pass(held)
    _put_out(found)
    found.save(update_fields=["device"])
    record(by, "conference_pass.released", found, unit=held.conference.unit_id)
    return found


@transaction.atomic
def renew_pass(held, *, by):
    """Another code for a delegate whose sheet is lost or in wrong hands; (Pass, the code). The
    old one opens nothing.
    """
    require(may_prepare(by, held.conference), NO_RIGHT)
    found = _delegates_pass(held)
    _put_out(found)
    found.issue += 1
    code = personal_code(found.delegate.uid, found.issue)
    found.secret = pass_digest(code)
    found.save(update_fields=["device", "issue", "secret"])
    record(by, "conference_pass.renewed", found, unit=held.conference.unit_id, issue=found.issue)
    return found, code


def _delegates_pass(held):
    found = Pass.objects.select_related("delegate").select_for_update(of=("self",)).get(pk=held.pk)
    if found.role != Role.DELEGATE:
        raise Refused(_("Chỉ giấy của đại biểu gắn với một thiết bị."))
    return found


def _put_out(found):
    """Forget the device of a pass and end its lines."""
    if found.device:
        RevokedDevice.objects.get_or_create(
            device=found.device, defaults={"conference_id": found.conference_id}
        )
        frames.drop_device(found.device)
        found.device = ""
