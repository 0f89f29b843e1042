"""Delegates are invited: one by one, from a list, by the office they hold. Each has his pass
from the beginning.
"""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.fields import checked_delegate
from danchu.conference.input.invitee_list import read_invitees
from danchu.conference.models import BridgePoint, Delegate
from danchu.conference.rules import LIVING, NO_RIGHT, locked, may_prepare
from danchu.conference.writes import frames
from danchu.conference.writes.seats import write_delegates
from danchu.journal.actions import record
from danchu.kernel.days import day_of
from danchu.kernel.refusals import Refused, require
from danchu.people.models import Holding
from danchu.units.maps import boundaries
from danchu.units.names import names_of


@transaction.atomic
def add_delegate(
    conference, *, by, name, office="", contact="", point=None, unit=None, entitled=True
):
    """Invite one person."""
    require(may_prepare(by, conference), NO_RIGHT)
    found = locked(conference, LIVING)
    kept = checked_delegate(name=name, office=office, contact=contact, entitled=entitled)
    if point is not None and point.conference_id != found.pk:
        raise Refused(_("Hãy chọn điểm cầu của hội nghị này."), "point")
    made = Delegate(uid=uuid4(), point=point, unit=unit or (point.unit if point else None), **kept)
    write_delegates(found, [made], by)
    record(by, "delegate.invited", made, unit=found.unit_id)
    return made


@transaction.atomic
def import_delegates(conference, file, name, *, by, token):
    """Invite everyone on a list, whole, exactly as it was shown; how many were new. Refused, and
    nothing written, when a cell is bad or what the file would do is another thing than `token`
    stands for.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    found = locked(conference, LIVING)
    read = read_invitees(found, file, name)
    if read.problem_count:
        raise Refused(_("Tệp có ô chưa đúng: chưa ghi gì."), "file")
    if token != read.token:
        raise Refused(
            _("Tệp hoặc danh sách đã thay đổi từ lần xem trước. Hãy xem lại rồi xác nhận."), "token"
        )
    rows = [
        Delegate(uid=uuid4(), unit=row["point"].unit if row["point"] else None, **row)
        for row in read.new
    ]
    write_delegates(found, rows, by)
    record(by, "delegates.imported", found, unit=found.unit_id, number=len(rows), same=read.same)
    return len(rows)


@transaction.atomic
def edit_delegate(delegate, *, by, point, name, office="", contact="", entitled=True):
    """Correct what is written of a delegate, or seat him at another point. Who registered keeps to
    the places of the point. An invitation that went elsewhere, or named another point, no longer
    holds.
    """
    require(may_prepare(by, delegate.conference), NO_RIGHT)
    held = locked(delegate.conference, LIVING)
    found = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if point is not None and point.conference_id != held.pk:
        raise Refused(_("Hãy chọn điểm cầu của hội nghị này."), "point")
    if found.point_id != (point.pk if point else None) and found.state in ("registered", "waiting"):
        raise Refused(
            _(
                "Người tự đăng ký giữ chỗ ở điểm cầu đã chọn: hãy báo vắng rồi đăng ký "
                "lại điểm khác."
            ),
            "point",
        )
    before = found.contact, found.point_id
    for field, value in checked_delegate(
        name=name, office=office, contact=contact, entitled=entitled
    ).items():
        setattr(found, field, value)
    found.point = point
    if (found.contact, found.point_id) != before:
        found.invited_issue = 0
    found.save()
    frames.wake(held, "presence", "floor")
    record(by, "delegate.edited", found, unit=held.unit_id)
    return found


@transaction.atomic
def invite_holders(conference, *, by, office_kind, unit):
    """Invite everyone who holds an office in the subtree of a unit on the day of the conference;
    how many were new.

    Each is seated at the bridge point of his own unit, else of the nearest above it.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    found = locked(conference, LIVING)
    day = day_of(found.starts_at)
    chart = boundaries(day)
    units = chart.subtree(unit.pk) if unit.pk in chart else {unit.pk}
    held = (
        Holding.objects.in_force(day)
        .filter(office_kind=office_kind, unit__in=units)
        .select_related("account")
        .order_by("unit", "pk")
    )
    known = set(
        Delegate.objects.filter(conference=found, account__isnull=False).values_list(
            "account_id", flat=True
        )
    )
    points = {
        point.unit_id: point
        for point in BridgePoint.objects.filter(conference=found).order_by("-position", "-pk")
    }
    names = names_of({(one.unit_id, day) for one in held})
    rows = []
    for one in held:
        if one.account_id in known:
            continue
        known.add(one.account_id)
        kept = checked_delegate(
            name=one.account.name,
            office=f"{office_kind.name_vi}, {names[one.unit_id, day]}"[:200],
            contact=one.account.email,
        )
        near = [one.unit_id, *(chart.ancestors(one.unit_id) if one.unit_id in chart else ())]
        point = next((points[at] for at in near if at in points), None)
        rows.append(
            Delegate(uid=uuid4(), account=one.account, unit_id=one.unit_id, point=point, **kept)
        )
    write_delegates(found, rows, by)
    record(
        by,
        "delegates.invited_by_office",
        found,
        unit=found.unit_id,
        office=office_kind.pk,
        below=unit.pk,
        number=len(rows),
    )
    return len(rows)
