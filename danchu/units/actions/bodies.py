"""Acts on bodies: open, rename, give a code, close, and record that one succeeds another."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import DAWN, show_day
from danchu.kernel.refusals import Refused, require
from danchu.units.bodies_at import BodiesAt
from danchu.units.body_checks import (
    Decision,
    check_code_free,
    check_kind_and_day,
    check_later,
    checked_code,
    checked_decision,
    checked_name,
    last_standing,
)
from danchu.units.kinds import BodyChange, right_over
from danchu.units.models import Body, BodyCode, BodyGround, BodyStanding, BodySuccession, Unit

NO_RIGHT = gettext_lazy("Ông/bà không có quyền thay đổi tổ chức của đơn vị này.")


@transaction.atomic
def open_body(
    unit: Unit,
    *,
    by: Acting,
    kind: str,
    name: str,
    since: date = DAWN,
    code: str = "",
    decision: str = "",
    decided_on: date | None = None,
) -> Body:
    """Open a body of the unit from `since` on; at a unit that ended, until its end. Refused, on its
    field, where a value is invalid, the unit does not exist on that day, or has the name or, of
    some kinds, a body of the kind already; Denied without the right.
    """
    require(by.may("reorganise", right_over(kind), unit), NO_RIGHT)
    name = checked_name(name)
    agency_code = checked_code(code)
    ground = checked_decision(decision, decided_on)
    unit = _lock_units([unit.pk])[unit.pk]
    check_kind_and_day(unit, kind, since)
    bodies = BodiesAt([unit.pk])
    bodies.check_kind(unit.pk, kind, since, unit.until)
    bodies.check_name(unit.pk, name, since, unit.until)
    body = Body.objects.create(unit=unit, kind=kind, since=since, until=unit.until)
    BodyStanding.objects.create(body=body, name=name, since=since, until=unit.until)
    if agency_code:
        _write_code(body, agency_code, since)
    _write_ground(body, BodyChange.OPENED, since, ground)
    record(by, "body.opened", body, unit=unit, kind=kind, title=name, since=since)
    return body


@transaction.atomic
def open_bodies(rows: Iterable[tuple[Unit, str, str, date]], *, by: Acting) -> list[Body]:
    """Open many bodies at once under a single journal entry; `rows` are (unit, kind, name, since).
    Refused and Denied as `open_body`.
    """
    rows = [(unit, kind, checked_name(name), since) for unit, kind, name, since in rows]
    for unit, kind, _name, _since in rows:
        require(by.may("reorganise", right_over(kind), unit), NO_RIGHT)
    units = _lock_units({unit.pk for unit, _kind, _name, _since in rows})
    bodies_at = BodiesAt(units)
    for unit, kind, name, since in rows:
        check_kind_and_day(units[unit.pk], kind, since)
        bodies_at.check_kind(unit.pk, kind, since, units[unit.pk].until)
        bodies_at.check_name(unit.pk, name, since, units[unit.pk].until)
        bodies_at.add(unit.pk, 0, kind, name, since, units[unit.pk].until)
    bodies = Body.objects.bulk_create(
        Body(unit=unit, kind=kind, since=since, until=units[unit.pk].until)
        for unit, kind, _name, since in rows
    )
    BodyStanding.objects.bulk_create(
        BodyStanding(body=body, name=row[2], since=body.since, until=body.until)
        for body, row in zip(bodies, rows, strict=True)
    )
    record(by, "bodies.opened", None, number=len(bodies), first=bodies[0].pk if bodies else None)
    return bodies


@transaction.atomic
def rename_body(
    body: Body,
    *,
    by: Acting,
    name: str,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> Body:
    """Give the body another name from `on` on; the earlier name stays readable. Refused where the
    body has ended, the day is not after its last change or the unit has the name; Denied without
    the right.
    """
    body = _lock(body)
    require(by.may("reorganise", right_over(body.kind), body.unit), NO_RIGHT)
    name = checked_name(name)
    ground = checked_decision(decision, decided_on)
    standing = last_standing(body)
    check_later(body, on, standing.since)
    if name == standing.name:
        raise Refused(_("Tổ chức đang có đúng tên này. Hãy ghi tên mới."), "name")
    BodiesAt([body.unit_id]).check_name(body.unit_id, name, on, None, besides=body.pk)
    BodyStanding.objects.filter(pk=standing.pk).update(until=on)
    BodyStanding.objects.create(body=body, name=name, since=on)
    _write_ground(body, BodyChange.RENAMED, on, ground)
    record(by, "body.renamed", body, unit=body.unit, title=name, on=on)
    return body


@transaction.atomic
def code_body(
    body: Body,
    *,
    by: Acting,
    code: str,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> Body:
    """Give the body another agency code from `on` on. Refused where the body has ended, the day is
    not after the last change of its code, or the code is another body's; Denied without the right.
    """
    body = _lock(body)
    require(by.may("reorganise", right_over(body.kind), body.unit), NO_RIGHT)
    agency_code = checked_code(code)
    if not agency_code:
        raise Refused(_("Hãy ghi mã định danh của tổ chức."), "code")
    ground = checked_decision(decision, decided_on)
    present = body.codes.order_by("-since").first()
    check_later(body, on, present.since if present else body.since, or_first=present is None)
    if present and present.code == agency_code:
        raise Refused(_("Tổ chức đang có đúng mã này. Hãy ghi mã mới."), "code")
    body.codes.filter(until=None).update(until=on)
    _write_code(body, agency_code, on)
    _write_ground(body, BodyChange.CODED, on, ground)
    record(by, "body.coded", body, unit=body.unit, code=agency_code, on=on)
    return body


@transaction.atomic
def close_body(
    body: Body, *, by: Acting, on: date, decision: str = "", decided_on: date | None = None
) -> Body:
    """Close the body; its last day is the one before `on`. Refused and Denied as `rename_body`."""
    body = _lock(body)
    require(by.may("reorganise", right_over(body.kind), body.unit), NO_RIGHT)
    ground = checked_decision(decision, decided_on)
    _close(body, on)
    _write_ground(body, BodyChange.CLOSED, on, ground)
    record(by, "body.closed", body, unit=body.unit, on=on)
    return body


@transaction.atomic
def succeed_body(
    before: Body,
    after: Body,
    *,
    by: Acting,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> BodySuccession:
    """Record that `after` succeeds `before` on the day, and close `before` unless it already ended
    on that day. Refused where `after` is not open on the day or this succession exists already;
    Denied without the right at both units.
    """
    rows = {body.pk: _lock(body) for body in sorted([before, after], key=lambda body: body.pk)}
    before = rows[before.pk]
    after = rows[after.pk]
    require(
        by.may("reorganise", right_over(before.kind), before.unit)
        and by.may("reorganise", right_over(after.kind), after.unit),
        NO_RIGHT,
    )
    if before.pk == after.pk:
        raise Refused(_("Hãy chọn một tổ chức khác làm tổ chức kế thừa."), "after")
    ground = checked_decision(decision, decided_on)
    if not isinstance(on, date):
        raise Refused(_("Hãy ghi ngày."), "on")
    if after.since > on or (after.until and after.until <= on):
        raise Refused(
            _("Tổ chức kế thừa phải hoạt động trong ngày {day}.").format(day=show_day(on)), "on"
        )
    if before.until != on:
        _close(before, on)
    try:
        with transaction.atomic():
            succession = BodySuccession.objects.create(before=before, after=after, on=on)
    except IntegrityError:
        raise Refused(_("Quan hệ kế thừa này đã được ghi."), "after") from None
    _write_ground(before, BodyChange.SUCCEEDED, on, ground)
    record(by, "body.succeeded", before, unit=before.unit, after=after.pk, on=on)
    return succession


def _lock(body: Body) -> Body:
    """The row under a lock; the unit too, so that two bodies do not take one name at once."""
    _lock_units([body.unit_id])
    return Body.objects.select_related("unit").select_for_update(of=("self",)).get(pk=body.pk)


def _lock_units(units: Iterable[UnitId]) -> dict[UnitId, Unit]:
    rows = Unit.objects.filter(pk__in=list(units)).order_by("pk")
    return {unit.pk: unit for unit in rows.select_for_update(no_key=True)}


def _write_code(body: Body, code: str, since: date) -> None:
    check_code_free(code, since, body.until, besides=body.pk)
    try:
        with transaction.atomic():
            BodyCode.objects.create(body=body, code=code, since=since, until=body.until)
    except IntegrityError:  # at another unit, at the same moment
        raise Refused(_("Mã định danh này vừa được ghi cho tổ chức khác."), "code") from None


def _write_ground(body: Body, change: BodyChange, on: date, decision: Decision) -> None:
    if decision.number:
        BodyGround.objects.create(
            body=body, change=change, on=on, decision=decision.number, decided_on=decision.day
        )


def _close(body: Body, on: date) -> None:
    standing = last_standing(body)
    check_later(body, on, max([standing.since, *body.codes.values_list("since", flat=True)]))
    BodyStanding.objects.filter(pk=standing.pk).update(until=on)
    body.codes.filter(until=None).update(until=on)
    body.until = on
    body.save(update_fields=["until"])
