"""Delegates are invited: one by one, from a list, by the office they hold. Each has a pass from the
beginning.
"""

from typing import BinaryIO
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.input.fields import clean_delegate
from danchu.conference.input.invitee_list import read_invitees
from danchu.conference.models import BridgePoint, Conference, Delegate
from danchu.conference.rules import NO_RIGHT, UNFINISHED, lock_conference, may_prepare
from danchu.conference.writes import frames
from danchu.conference.writes.seats import write_delegates
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import day_of
from danchu.kernel.refusals import Refused, require
from danchu.people.models import Holding, OfficeKind
from danchu.register.imports.tables import check_outcome
from danchu.units.maps import boundaries
from danchu.units.models import Unit
from danchu.units.names import names_of


@transaction.atomic
def add_delegate(
    conference: Conference,
    *,
    by: Acting,
    name: str,
    office: str = "",
    contact: str = "",
    point: BridgePoint | None = None,
    unit: Unit | None = None,
    entitled: bool = True,
) -> Delegate:
    """Invite one person. Refused, on its field, where a value is bad, the point is of another
    conference, or the conference is over; Denied without the right.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    conference = lock_conference(conference, UNFINISHED)
    values = clean_delegate(name=name, office=office, contact=contact, entitled=entitled)
    if point is not None and point.conference_id != conference.pk:
        raise Refused(_("Hãy chọn điểm cầu của hội nghị này."), "point")
    delegate = Delegate(
        uid=uuid4(), point=point, unit=unit or (point.unit if point else None), **values
    )
    write_delegates(conference, [delegate], by)
    record(by, "delegate.invited", delegate, unit=conference.unit_id)
    return delegate


@transaction.atomic
def import_delegates(
    conference: Conference, file: BinaryIO, name: str, *, by: Acting, token: str
) -> int:
    """Invite everyone on a list, exactly as previewed. Returns how many were new. `file` is an open
    CSV or XLSX. Refused, and nothing written, when a cell is bad or the outcome differs from the
    preview that `token` identifies; Denied without the right.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    conference = lock_conference(conference, UNFINISHED)
    invitees = read_invitees(conference, file, name)
    check_outcome(invitees, token)
    rows = [
        Delegate(uid=uuid4(), unit=row["point"].unit if row["point"] else None, **row)
        for row in invitees.new
    ]
    write_delegates(conference, rows, by)
    record(
        by,
        "delegates.imported",
        conference,
        unit=conference.unit_id,
        number=len(rows),
        same=invitees.same,
    )
    return len(rows)


@transaction.atomic
def edit_delegate(
    delegate: Delegate,
    *,
    by: Acting,
    point: BridgePoint | None,
    name: str,
    office: str = "",
    contact: str = "",
    entitled: bool = True,
) -> Delegate:
    """Correct a delegate's details or seat them at another point. An invitation to another address
    or point becomes void and can be sent again. Refused, on its field, where a value is bad, or
    where somebody who registered themselves would change the point; Denied without the right.
    """
    require(may_prepare(by, delegate.conference), NO_RIGHT)
    conference = lock_conference(delegate.conference, UNFINISHED)
    delegate = Delegate.objects.select_for_update().get(pk=delegate.pk)
    if point is not None and point.conference_id != conference.pk:
        raise Refused(_("Hãy chọn điểm cầu của hội nghị này."), "point")
    if delegate.point_id != (point.pk if point else None) and delegate.state in (
        "registered",
        "waiting",
    ):
        raise Refused(
            _(
                "Người tự đăng ký giữ chỗ ở điểm cầu đã chọn: hãy báo vắng rồi đăng ký "
                "lại điểm khác."
            ),
            "point",
        )
    previous = delegate.contact, delegate.point_id
    for field, value in clean_delegate(
        name=name, office=office, contact=contact, entitled=entitled
    ).items():
        setattr(delegate, field, value)
    delegate.point = point
    if (delegate.contact, delegate.point_id) != previous:
        delegate.invited_issue = 0
    delegate.save()
    frames.wake(conference, "presence", "floor")
    record(by, "delegate.edited", delegate, unit=conference.unit_id)
    return delegate


@transaction.atomic
def invite_holders(
    conference: Conference, *, by: Acting, office_kind: OfficeKind, unit: Unit
) -> int:
    """Invite everyone who holds an office in the subtree of a unit on the day of the conference.
    Returns how many were new. Refused when the conference is over; Denied without the right.

    Each is seated at the bridge point of their own unit, else of the nearest unit above it.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    conference = lock_conference(conference, UNFINISHED)
    day = day_of(conference.starts_at)
    chart = boundaries(day)
    units = chart.subtree(unit.pk) if unit.pk in chart else {unit.pk}
    holdings = (
        Holding.objects.in_force(day)
        .filter(office_kind=office_kind, unit__in=units)
        .select_related("account")
        .order_by("unit", "pk")
    )
    invited = set(
        Delegate.objects.filter(conference=conference, account__isnull=False).values_list(
            "account_id", flat=True
        )
    )
    points = {
        point.unit_id: point
        for point in BridgePoint.objects.filter(conference=conference).order_by("-position", "-pk")
    }
    names = names_of({(holding.unit_id, day) for holding in holdings})
    rows = []
    for holding in holdings:
        if holding.account_id in invited:
            continue
        invited.add(holding.account_id)
        values = clean_delegate(
            name=holding.account.name,
            office=f"{office_kind.name_vi}, {names[holding.unit_id, day]}"[:200],
            contact=holding.account.email,
        )
        nearest_units = [
            holding.unit_id,
            *(chart.ancestors(holding.unit_id) if holding.unit_id in chart else ()),
        ]
        point = next((points[at] for at in nearest_units if at in points), None)
        rows.append(
            Delegate(
                uid=uuid4(), account=holding.account, unit_id=holding.unit_id, point=point, **values
            )
        )
    write_delegates(conference, rows, by)
    record(
        by,
        "delegates.invited_by_office",
        conference,
        unit=conference.unit_id,
        office=office_kind.pk,
        below=unit.pk,
        number=len(rows),
    )
    return len(rows)
