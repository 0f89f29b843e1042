"""Acts on the members of a body: they join, change their role and leave."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.bodies.lives import BODY_LIFE
from danchu.bodies.models import BodyMember
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day
from danchu.kernel.refusals import Refused
from danchu.kernel.text import identity_key
from danchu.subjects.texts import line_of, reason_of
from danchu.units.body_checks import checked_decision
from danchu.units.models import Body

LONGEST = 120  # characters of a name and of a role


@transaction.atomic
def join_body(
    body: Body,
    *,
    by: Acting,
    name: str,
    role: str,
    since: date,
    term_ends_on: date | None = None,
    decision: str = "",
    decided_on: date | None = None,
) -> BodyMember:
    """Write down a member of the body from `since` on. Refused by field where a value is invalid or
    somebody of the name is a member then; Denied without the right.
    """
    BODY_LIFE.require(by, "join", body)
    body = BODY_LIFE.hold(body, "join", "unit")
    name = line_of(name, "name", LONGEST, _("Hãy ghi họ và tên."))
    role = _checked_role(role)
    ground = checked_decision(decision, decided_on)
    check_day(since, body.since, "since", _("Tổ chức lập ngày {since}: ngày phải từ đó trở đi."))
    _check_term(term_ends_on, since)
    for member in body.members.all().after(since):
        if identity_key(member.name) == identity_key(name):
            raise Refused(
                _(
                    "%(name)s đang là thành viên (%(role)s). Hãy đổi chức vụ của người ấy; nếu là "
                    "người khác trùng tên, hãy ghi thêm tên đệm hoặc đơn vị công tác."
                )
                % {"name": member.name, "role": member.role},
                "name",
            )
    member = BodyMember.objects.create(
        body=body,
        unit_id=body.unit_id,
        person=uuid4(),
        name=name,
        role=role,
        since=since,
        term_ends_on=term_ends_on,
        decision=ground.number,
        decided_on=ground.day,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "body.joined", body, unit=body.unit_id, member=member.pk, role=role, since=since)
    return member


@transaction.atomic
def change_role(
    member: BodyMember,
    *,
    by: Acting,
    role: str,
    on: date,
    term_ends_on: date | None = None,
    decision: str = "",
    decided_on: date | None = None,
) -> BodyMember:
    """Give the member another role from `on` on; the earlier role stays readable. Refused by field;
    Denied without the right.
    """
    BODY_LIFE.require(by, "change_role", member.body)
    body = BODY_LIFE.hold(member.body, "change_role", "unit")
    member = _lock_present(member)
    role = _checked_role(role)
    if role == member.role:
        raise Refused(_("Người này đang giữ đúng chức vụ ấy. Hãy ghi chức vụ mới."), "role")
    ground = checked_decision(decision, decided_on)
    _check_after(on, member)
    _check_term(term_ends_on, on)
    member.until = on
    member.save(update_fields=["until"])
    renewed = BodyMember.objects.create(
        body=body,
        unit_id=body.unit_id,
        person=member.person,
        name=member.name,
        role=role,
        since=on,
        term_ends_on=term_ends_on or member.term_ends_on,
        decision=ground.number,
        decided_on=ground.day,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "body.role_changed", body, unit=body.unit_id, member=renewed.pk, role=role, since=on)
    return renewed


@transaction.atomic
def leave_body(member: BodyMember, *, by: Acting, on: date, reason: str) -> BodyMember:
    """End the membership; its last day is the one before `on`. Refused by field; Denied without the
    right.
    """
    BODY_LIFE.require(by, "leave", member.body)
    body = BODY_LIFE.hold(member.body, "leave", "unit")
    member = _lock_present(member)
    _check_after(on, member)
    member.until = on
    member.reason = reason_of(reason, most=300)
    member.save(update_fields=["until", "reason"])
    record(by, "body.left", body, unit=body.unit_id, member=member.pk, on=on)
    return member


def _lock_present(member):
    """The row under a lock; Refused, on "member", where it has an end."""
    member = BodyMember.objects.select_for_update().get(pk=member.pk)
    if member.until is not None:
        raise Refused(
            _("Người này đã thôi hoặc đổi chức vụ từ ngày %s. Hãy tải lại trang để xem.")
            % show_day(member.until),
            "member",
        )
    return member


def _checked_role(role):
    return line_of(role, "role", LONGEST, _("Hãy ghi chức vụ, ví dụ Chủ tịch, Phó Chủ tịch."))


def _check_after(on, member):
    check_day(on, None, "on")
    if on <= member.since:
        raise Refused(_("Ngày phải sau ngày {day}.").format(day=show_day(member.since)), "on")


def _check_term(term_ends_on, since):
    if term_ends_on is not None and term_ends_on <= since:
        raise Refused(
            _("Ngày hết nhiệm kỳ phải sau ngày {day}.").format(day=show_day(since)), "term_ends_on"
        )
