"""Acts on bodies: open, rename, close, and record that one succeeds another."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import DAWN, show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.units.kinds import BodyKind
from danchu.units.models import Body, BodyStanding, BodySuccession, Unit

NO_RIGHT = gettext_lazy("Ông/bà không có quyền thay đổi tổ chức của đơn vị này.")


@transaction.atomic
def open_body(unit: Unit, *, by: Acting, kind: str, name: str, since: date = DAWN) -> Body:
    """Open a body of the unit from `since` on. Refused, on its field, where the kind is unknown,
    the name missing or too long, or the unit does not exist on that day; Denied without the right.
    """
    require(by.may("reorganise", "unit", unit), NO_RIGHT)
    name = _checked_name(name)
    _check_kind_and_day(unit, kind, since)
    body = Body.objects.create(unit=unit, kind=kind, since=since)
    BodyStanding.objects.create(body=body, name=name, since=since)
    record(by, "body.opened", body, unit=unit, kind=kind, title=name, since=since)
    return body


@transaction.atomic
def open_bodies(rows: Iterable[tuple[Unit, str, str, date]], *, by: Acting) -> list[Body]:
    """Open many bodies at once under a single journal entry; `rows` are (unit, kind, name, since).
    Refused and Denied as `open_body`.
    """
    rows = [(unit, kind, _checked_name(name), since) for unit, kind, name, since in rows]
    for unit in {row[0] for row in rows}:
        require(by.may("reorganise", "unit", unit), NO_RIGHT)
    for unit, kind, _title, since in rows:
        _check_kind_and_day(unit, kind, since)
    bodies = Body.objects.bulk_create(
        Body(unit=unit, kind=kind, since=since) for unit, kind, _title, since in rows
    )
    BodyStanding.objects.bulk_create(
        BodyStanding(body=body, name=row[2], since=row[3])
        for body, row in zip(bodies, rows, strict=True)
    )
    record(by, "bodies.opened", None, number=len(bodies), first=bodies[0].pk if bodies else None)
    return bodies


@transaction.atomic
def rename_body(body: Body, *, by: Acting, name: str, on: date) -> Body:
    """Give the body another name from `on` on; the earlier name stays readable. Refused where the
    body has ended or the day is not after its last change; Denied without the right.
    """
    body = _lock(body)
    require(by.may("reorganise", "unit", body.unit), NO_RIGHT)
    name = _checked_name(name)
    standing = _last_standing(body)
    _check_later(body, on, standing.since)
    BodyStanding.objects.filter(pk=standing.pk).update(until=on)
    BodyStanding.objects.create(body=body, name=name, since=on)
    record(by, "body.renamed", body, unit=body.unit, title=name, on=on)
    return body


@transaction.atomic
def close_body(body: Body, *, by: Acting, on: date) -> Body:
    """Close the body; its last day is the one before `on`. Refused and Denied as `rename_body`."""
    body = _lock(body)
    require(by.may("reorganise", "unit", body.unit), NO_RIGHT)
    _close(body, on)
    record(by, "body.closed", body, unit=body.unit, on=on)
    return body


@transaction.atomic
def succeed_body(before: Body, after: Body, *, by: Acting, on: date) -> BodySuccession:
    """Record that `after` succeeds `before` on the day, and close `before` unless it already ended
    on that day. Refused where `after` is not open on the day or this succession exists already;
    Denied without the right at both units.
    """
    before = _lock(before)
    after = _lock(after)
    require(
        by.may("reorganise", "unit", before.unit) and by.may("reorganise", "unit", after.unit),
        NO_RIGHT,
    )
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
        raise Refused(
            _("Quan hệ kế thừa này đã được ghi, hoặc là của một tổ chức với chính nó.")
        ) from None
    record(by, "body.succeeded", before, unit=before.unit, after=after.pk, on=on)
    return succession


def _lock(body: Body) -> Body:
    return Body.objects.select_related("unit").select_for_update(of=("self",)).get(pk=body.pk)


def _checked_name(name: str) -> str:
    name = clean(name)
    if not name:
        raise Refused(_("Hãy nhập tên của tổ chức."), "name")
    if len(name) > 250:
        raise Refused(_("Tên của tổ chức dài quá 250 ký tự."), "name")
    return name


def _check_kind_and_day(unit: Unit, kind: str, since: date) -> None:
    if kind not in BodyKind.values:
        raise Refused(_("Loại tổ chức không có trong danh mục."), "kind")
    if since < unit.since or (unit.until and since >= unit.until):
        raise Refused(_("Ngày thành lập phải nằm trong thời gian đơn vị tồn tại."), "since")


def _last_standing(body: Body) -> BodyStanding:
    return body.standings.latest("since")


def _check_later(body: Body, on: date, since: date) -> None:
    """Refused, on "on", unless the body is open and the day is after `since`."""
    if body.until is not None:
        raise Refused(
            _("Tổ chức này đã kết thúc từ ngày {day}.").format(day=show_day(body.until)), "on"
        )
    if on <= since:
        raise Refused(_("Ngày phải sau ngày {day}.").format(day=show_day(since)), "on")


def _close(body: Body, on: date) -> None:
    standing = _last_standing(body)
    _check_later(body, on, standing.since)
    BodyStanding.objects.filter(pk=standing.pk).update(until=on)
    body.until = on
    body.save(update_fields=["until"])
