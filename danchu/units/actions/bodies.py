"""Bodies open, change their name, close, and are succeeded by others."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.actions import record
from danchu.kernel.days import DAWN, show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.units.kinds import BodyKind
from danchu.units.models import Body, BodyStanding, BodySuccession

NO_RIGHT = gettext_lazy("Ông/bà không có quyền thay đổi tổ chức của đơn vị này.")


@transaction.atomic
def open_body(unit, *, by, kind, name, since=DAWN):
    """A body of the unit, under its name, from the day on."""
    require(by.may("reorganise", "unit", unit), NO_RIGHT)
    name = _name(name)
    _fit(unit, kind, since)
    body = Body.objects.create(unit=unit, kind=kind, since=since)
    BodyStanding.objects.create(body=body, name=name, since=since)
    record(by, "body.opened", body, unit=unit, kind=kind, title=name, since=since)
    return body


@transaction.atomic
def open_bodies(rows, *, by):
    """Many bodies at once, `rows` of (unit, kind, name, since), under one entry of the journal."""
    rows = [(unit, kind, _name(name), since) for unit, kind, name, since in rows]
    for unit in {row[0] for row in rows}:
        require(by.may("reorganise", "unit", unit), NO_RIGHT)
    for unit, kind, _told, since in rows:
        _fit(unit, kind, since)
    bodies = Body.objects.bulk_create(
        Body(unit=unit, kind=kind, since=since) for unit, kind, _told, since in rows
    )
    BodyStanding.objects.bulk_create(
        BodyStanding(body=body, name=row[2], since=row[3])
        for body, row in zip(bodies, rows, strict=True)
    )
    record(by, "bodies.opened", None, number=len(bodies), first=bodies[0].pk if bodies else None)
    return bodies


@transaction.atomic
def rename_body(body, *, by, name, on):
    """From the day on the body has another name; the old one stays readable."""
    body = _locked(body)
    require(by.may("reorganise", "unit", body.unit), NO_RIGHT)
    name, last = _name(name), _last_name(body)
    _later(body, on, last.since)
    BodyStanding.objects.filter(pk=last.pk).update(until=on)
    BodyStanding.objects.create(body=body, name=name, since=on)
    record(by, "body.renamed", body, unit=body.unit, title=name, on=on)
    return body


@transaction.atomic
def close_body(body, *, by, on):
    """The body was there for the last time on the day before `on`."""
    body = _locked(body)
    require(by.may("reorganise", "unit", body.unit), NO_RIGHT)
    _end(body, on)
    record(by, "body.closed", body, unit=body.unit, on=on)
    return body


@transaction.atomic
def succeed_body(before, after, *, by, on):
    """`after` takes the place of `before` on the day; `before` closes then, unless it has
    closed on that day.
    """
    before, after = _locked(before), _locked(after)
    require(
        by.may("reorganise", "unit", before.unit) and by.may("reorganise", "unit", after.unit),
        NO_RIGHT,
    )
    if after.since > on or (after.until and after.until <= on):
        raise Refused(
            _("Tổ chức kế thừa phải hoạt động trong ngày {day}.").format(day=show_day(on)), "on"
        )
    if before.until != on:
        _end(before, on)
    try:
        with transaction.atomic():
            succession = BodySuccession.objects.create(before=before, after=after, on=on)
    except IntegrityError:
        raise Refused(
            _("Quan hệ kế thừa này đã được ghi, hoặc là của một tổ chức với chính nó.")
        ) from None
    record(by, "body.succeeded", before, unit=before.unit, after=after.pk, on=on)
    return succession


def _locked(body):
    return Body.objects.select_related("unit").select_for_update(of=("self",)).get(pk=body.pk)


def _name(name):
    name = clean(name)
    if not name:
        raise Refused(_("Hãy nhập tên của tổ chức."), "name")
    if len(name) > 250:
        raise Refused(_("Tên của tổ chức dài quá 250 ký tự."), "name")
    return name


def _fit(unit, kind, since):
    if kind not in BodyKind.values:
        raise Refused(_("Loại tổ chức không có trong danh mục."), "kind")
    if since < unit.since or (unit.until and since >= unit.until):
        raise Refused(_("Ngày thành lập phải nằm trong thời gian đơn vị tồn tại."), "since")


def _last_name(body):
    return body.standings.order_by("-since").first()


def _later(body, on, since):
    if body.until is not None:
        raise Refused(
            _("Tổ chức này đã kết thúc từ ngày {day}.").format(day=show_day(body.until)), "on"
        )
    if on <= since:
        raise Refused(_("Ngày phải sau ngày {day}.").format(day=show_day(since)), "on")


def _end(body, on):
    last = _last_name(body)
    _later(body, on, last.since)
    BodyStanding.objects.filter(pk=last.pk).update(until=on)
    body.until = on
    body.save(update_fields=["until"])
