"""Passes: issued to stewards and rooms, bound to the first device of a delegate, released, renewed,
revoked.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.access.codes import pass_digest, personal_code, room_code
from danchu.conference.models import Conference, Pass, RevokedDevice
from danchu.conference.rules import NO_RIGHT, UNFINISHED, lock_conference, may_prepare, may_run_room
from danchu.conference.words import DelegateState, Role
from danchu.conference.writes import frames
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import new_secret
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require

STEWARDS = (Role.CHAIR, Role.MODERATOR, Role.SPEAKER, Role.PROJECTOR)
NOT_ADMITTED = {
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
def issue_pass(conference: Conference, *, by: Acting, role: str) -> tuple[Pass, str]:
    """Issue a pass for a steward or a screen. Returns (Pass, its code, which is not stored).
    Refused for another role or when the conference is over; Denied without the right.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    conference = lock_conference(conference, UNFINISHED)
    if role not in STEWARDS:
        raise Refused(_("Hãy chọn vai trò trong danh sách."), "role")
    secret = new_secret()
    hall_pass = Pass.objects.create(conference=conference, role=role, secret=pass_digest(secret))
    record(by, "conference_pass.issued", hall_pass, unit=conference.unit_id, role=role)
    return hall_pass, secret


@transaction.atomic
def issue_room_passes(conference: Conference, *, by: Acting) -> int:
    """Issue a pass for the desk of every bridge point that has none. Returns how many. Their codes
    can be derived and printed again. Refused when the conference is over; Denied without the right.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    conference = lock_conference(conference, UNFINISHED)
    has_valid_pass = Exists(
        Pass.objects.filter(point=OuterRef("pk"), role=Role.ROOM, withdrawn_at=None)
    )
    points = conference.points.filter(~has_valid_pass).order_by("position", "pk")
    rows = [_room_pass(conference, point, 1 + point.passes.count()) for point in points]
    Pass.objects.bulk_create(rows, batch_size=1000)
    record(
        by, "conference_pass.rooms_issued", conference, unit=conference.unit_id, number=len(rows)
    )
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
def withdraw_pass(hall_pass: Pass, *, by: Acting) -> Pass:
    """Revoke a steward's or a room's pass and disconnect the devices that use it. Refused for a
    delegate's pass or when it was revoked before; Denied without the right.
    """
    conference = hall_pass.conference
    require(may_prepare(by, conference), NO_RIGHT)
    hall_pass = Pass.objects.select_for_update().get(pk=hall_pass.pk)
    if hall_pass.role == Role.DELEGATE:
        raise Refused(_("Giấy của đại biểu không thu lại: hãy cấp mã mới hoặc báo vắng."))
    if hall_pass.withdrawn_at:
        raise Refused(_("Giấy vào này đã được thu lại."))
    _disconnect_device(hall_pass)
    hall_pass.withdrawn_at = now()
    hall_pass.save(update_fields=["withdrawn_at", "device"])
    record(
        by,
        "conference_pass.withdrawn",
        hall_pass,
        unit=conference.unit_id,
        role=hall_pass.role,
    )
    return hall_pass


@transaction.atomic
def enter_hall(hall_pass: Pass, *, by: Acting, device: str) -> Pass:
    """Let a device in by a pass. Returns the Pass with the name of the device for the token
    (`participants.set_token_cookie`).

    `device` is a new name, or the one the device already has. A delegate's pass is bound to the
    first device and Refused to any other; all devices of a steward's pass share one name and are
    disconnected together. `by` is the public: whoever has the code. Denied when the pass was
    revoked.
    """
    hall_pass = (
        Pass.objects.select_related("conference", "delegate")
        .select_for_update(of=("self",))
        .get(pk=hall_pass.pk)
    )
    require(
        by.is_public and hall_pass.withdrawn_at is None,
        _("Mã này không còn dùng được. Hãy hỏi bàn đón tiếp."),
    )
    if hall_pass.role == Role.DELEGATE and hall_pass.delegate.state in NOT_ADMITTED:
        raise Refused(NOT_ADMITTED[hall_pass.delegate.state])
    if hall_pass.device and (hall_pass.device == device or hall_pass.role != Role.DELEGATE):
        return hall_pass
    if hall_pass.device:
        raise Refused(OTHER_DEVICE)
    hall_pass.device = device
    hall_pass.used_at = now()
    hall_pass.save(update_fields=["device", "used_at"])
    record(by, "conference_pass.bound", hall_pass, unit=hall_pass.conference.unit_id)
    return hall_pass


@transaction.atomic
def release_device(hall_pass: Pass, *, by: Acting) -> Pass:
    """A delegate has changed devices: disconnect the old one, and bind the pass to the next that
    uses the code. Refused for a pass that is not a delegate's; Denied without the right.
    """
    point = hall_pass.delegate.point if hall_pass.delegate_id else None
    conference = hall_pass.conference
    require(may_prepare(by, conference) or point is not None and may_run_room(by, point), NO_RIGHT)
    hall_pass = _lock_delegate_pass(hall_pass)
    _disconnect_device(hall_pass)
    hall_pass.save(update_fields=["device"])
    record(by, "conference_pass.released", hall_pass, unit=conference.unit_id)
    return hall_pass


@transaction.atomic
def renew_pass(hall_pass: Pass, *, by: Acting) -> tuple[Pass, str]:
    """Issue another code to a delegate whose sheet is lost or in wrong hands. Returns (Pass, the
    code). The old code is void. Refused for a pass that is not a delegate's; Denied without the
    right.
    """
    conference = hall_pass.conference
    require(may_prepare(by, conference), NO_RIGHT)
    hall_pass = _lock_delegate_pass(hall_pass)
    _disconnect_device(hall_pass)
    hall_pass.issue += 1
    code = personal_code(hall_pass.delegate.uid, hall_pass.issue)
    hall_pass.secret = pass_digest(code)
    hall_pass.save(update_fields=["device", "issue", "secret"])
    record(
        by,
        "conference_pass.renewed",
        hall_pass,
        unit=conference.unit_id,
        issue=hall_pass.issue,
    )
    return hall_pass, code


def _lock_delegate_pass(hall_pass):
    hall_pass = (
        Pass.objects.select_related("delegate").select_for_update(of=("self",)).get(pk=hall_pass.pk)
    )
    if hall_pass.role != Role.DELEGATE:
        raise Refused(_("Chỉ giấy của đại biểu gắn với một thiết bị."))
    return hall_pass


def _disconnect_device(hall_pass):
    """Remove the device of a pass and end its connections."""
    if hall_pass.device:
        RevokedDevice.objects.get_or_create(
            device=hall_pass.device, defaults={"conference_id": hall_pass.conference_id}
        )
        frames.drop_device(hall_pass.device)
        hall_pass.device = ""
