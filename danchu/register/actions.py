"""What can be done with an event: draft, confirm, correct, withdraw. The only writer of the register."""

from datetime import UTC, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.register.kinds import KINDS
from danchu.register.models import NUMBERS, Event, State

FIELDS = ("reference", "form", "held_on", "title", "note", *NUMBERS)


def _checked(kind, unit, fields):
    """The fields of an event, cleaned, or a refusal that names the field."""
    if kind not in KINDS:
        raise Refused(_("Không có loại việc “%s”.") % kind[:40], "kind")
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise Refused(_("Không có trường “%s”.") % min(unknown), min(unknown))
    if fields["held_on"] > today():
        raise Refused(_("Ngày tổ chức ở tương lai. Chỉ ghi việc đã diễn ra."), "held_on")
    if fields["held_on"] < unit.since or (unit.until and fields["held_on"] >= unit.until):
        raise Refused(_("Đơn vị không tồn tại trong ngày này. Hãy chọn đơn vị của ngày đó."), "unit")
    if not clean(fields.get("title", "")):
        raise Refused(_("Hãy ghi nội dung của việc."), "title")
    if fields.get("form") and fields["form"] not in KINDS[kind].forms:
        raise Refused(_("Hình thức “%s” không có trong loại việc này.") % fields["form"][:40], "form")
    for small, large in (("resolved", "findings"), ("opinions_accepted", "opinions")):
        if fields.get(small, 0) > fields.get(large, 0):
            raise Refused(_("Số này không được lớn hơn tổng của nó. Hãy kiểm tra lại."), small)
    texts = {name: clean(fields[name]) for name in ("reference", "title", "note") if name in fields}
    return {**fields, **texts}


def _written(by, kind, unit, body, fields, **more):
    fields = _checked(kind, unit, fields)
    try:
        with transaction.atomic():
            return Event.objects.create(
                uid=uuid4(), kind=kind, unit=unit, body=body, recorded_by=by.key,
                recorded_at=datetime.now(UTC), **fields, **more,
            )  # fmt: skip
    except IntegrityError as error:
        if "one_living_event_a_reference" in str(error):
            raise Refused(_("Số hiệu này đã có trong sổ. Hãy dùng số hiệu khác."), "reference") from None
        raise


@transaction.atomic
def draft_event(kind, *, by, unit, body=None, **fields):
    """Write an event as a draft: it counts nowhere until it is confirmed."""
    require(by.may("draft", kind, unit), _("Bạn không có quyền ghi loại việc này ở đơn vị này."))
    event = _written(by, kind, unit, body, fields)
    record(by, "event.drafted", event, unit=unit, kind=kind)
    return event


@transaction.atomic
def confirm_event(event, *, by):
    """Confirm a draft: from this moment it is in every figure."""
    require(by.may("confirm", event.kind, event.unit), _("Bạn không có quyền xác nhận việc này."))
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state != State.DRAFT:
        raise Refused(_("Chỉ xác nhận được bản nháp."))
    event.state = State.CONFIRMED
    event.save(update_fields=["state"])
    record(by, "event.confirmed", event, unit=event.unit, kind=event.kind)
    return event


@transaction.atomic
def correct_event(event, *, by, reason, **fields):
    """Put a corrected event in the place of a confirmed one; both stay readable."""
    require(by.may("correct", event.kind, event.unit), _("Bạn không có quyền đính chính việc này."))
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state != State.CONFIRMED:
        raise Refused(_("Chỉ đính chính được việc đã xác nhận."))
    if not clean(reason):
        raise Refused(_("Hãy ghi lý do đính chính."), "reason")
    event.state = State.SUPERSEDED
    event.save(update_fields=["state"])
    kept = {name: getattr(event, name) for name in FIELDS}
    corrected = _written(
        by, event.kind, event.unit, event.body, {**kept, **fields},
        supersedes=event, state=State.CONFIRMED, reason=clean(reason), illustrative=event.illustrative,
    )  # fmt: skip
    record(by, "event.corrected", corrected, unit=event.unit, supersedes=event.pk)
    return corrected


@transaction.atomic
def withdraw_event(event, *, by, reason):
    """Take a confirmed event out of every figure; it stays readable with the reason."""
    require(by.may("withdraw", event.kind, event.unit), _("Bạn không có quyền rút việc này."))
    event = Event.objects.select_for_update().get(pk=event.pk)
    if event.state != State.CONFIRMED:
        raise Refused(_("Chỉ rút được việc đã xác nhận."))
    if not clean(reason):
        raise Refused(_("Hãy ghi lý do rút."), "reason")
    event.state, event.reason = State.WITHDRAWN, clean(reason)
    event.save(update_fields=["state", "reason"])
    record(by, "event.withdrawn", event, unit=event.unit)
    return event
