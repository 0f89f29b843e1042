"""The acts on an event: draft, edit, discard, confirm, correct, withdraw."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.register.checking import FIELDS, checked_fields, checked_parts
from danchu.register.counted_once import lock_units, refuse_stated
from danchu.register.keepers import follow, leave, refuse_kept
from danchu.register.lives import EVENT_LIFE
from danchu.register.models import Attachment, Event, Part
from danchu.register.querysets import REFERENCE_USED
from danchu.register.stated_parts import beside_event, excesses, refuse_grown
from danchu.register.writes.attached import copy_attachments
from danchu.subjects.sent import SENT_BEFORE
from danchu.subjects.texts import LONGEST_TEXT, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Body, Unit

NOT_COLUMNS = ("unit", "body", "parts")


@transaction.atomic
def draft_event(
    kind: str,
    *,
    by: Acting,
    unit: Unit,
    body: Body | None = None,
    parts: Iterable[tuple[Any, ...]] = (),
    uid: UUID | None = None,
    illustrative: bool = False,
    **fields: Any,
) -> Event:
    """Write an event as a draft: it counts nowhere until it is confirmed.

    `uid` is the idempotency key of a form: a second event with it is Refused. `parts` are (role,
    unit, name, amount) or (role, unit, name, amount, body). `fields` are those of
    `checking.FIELDS`; money in đồng. Refused, by field, when one does not fit or the reference is
    used; Denied without the right.
    """
    require(by.may("draft", kind, unit), _("Ông/bà không có quyền ghi loại việc này ở đơn vị này."))
    event = _create(
        by,
        kind,
        unit,
        body,
        parts,
        fields,
        illustrative=illustrative,
        **({"uid": uid} if uid else {}),
    )
    record(by, "event.drafted", event, unit=unit, kind=kind)
    return event


@transaction.atomic
def edit_draft(event: Event, *, by: Acting, **fields: Any) -> Event:
    """Change a draft in place: any field, `unit`, `body` or `parts`; the others stay. Refused, by
    field, as in `draft_event`, and once it is confirmed; Denied without the right at the old or new
    unit.
    """
    unit = fields.get("unit", event.unit)
    EVENT_LIFE.require(by, "edit", event)
    require(by.may("draft", event.kind, unit), _("Ông/bà không có quyền sửa bản nháp này."))
    event = EVENT_LIFE.hold(event, "edit", "unit", "body")
    values, body, parts = _with_changes(event, fields)
    refuse_kept(event, values)
    for name, value in checked_fields(event.kind, unit, body, values).items():
        setattr(event, name, value)
    event.unit = unit
    event.body = body
    with _refusing_duplicates():
        event.save()
    if "parts" in fields:
        Part.objects.filter(event=event).delete()
        _write_parts(event, checked_parts(event.kind, parts))
    record(by, "event.edited", event, unit=unit, fields=sorted(fields))
    return event


@transaction.atomic
def discard_draft(event: Event, *, by: Acting) -> None:
    """Delete a draft with its parts and attachments. Refused once it is confirmed; Denied without
    the right.
    """
    EVENT_LIFE.require(by, "discard", event)
    event = EVENT_LIFE.hold(event, "discard", "unit", "body")
    follow(event, None, by)
    Attachment.objects.filter(event=event).delete()
    Part.objects.filter(event=event).delete()
    Event.objects.filter(pk=event.pk).delete()
    record(
        by, "event.discarded", event, unit=event.unit, kind=event.kind, reference=event.reference
    )


@transaction.atomic
def confirm_event(event: Event, *, by: Acting) -> Event:
    """Confirm a draft: from this moment it counts in every figure. Refused, on `held_on`, where a
    statement counts, or a stated part would be more than the whole; Denied without the right.
    """
    EVENT_LIFE.require(by, "confirm", event)
    event = EVENT_LIFE.hold(event, "confirm", "unit", "body")
    _confirm(event, by)
    record(by, "event.confirmed", event, unit=event.unit, kind=event.kind)
    return event


@transaction.atomic
def correct_event(event: Event, *, by: Acting, reason: str, **fields: Any) -> Event:
    """Replace a confirmed event by a corrected one, which it returns; both stay readable. `fields`
    as in `edit_draft`. Refused, by field, without a reason, for a draft, or as in `draft_event`;
    Denied without the right at the old or new unit.
    """
    unit = fields.get("unit", event.unit)
    EVENT_LIFE.require(by, "correct", event)
    require(by.may("correct", event.kind, unit), _("Ông/bà không có quyền đính chính việc này."))
    event = EVENT_LIFE.hold(event, "correct", "unit", "body")
    values, body, parts = _with_changes(event, fields)
    refuse_kept(event, values)
    lock_units({event.unit_id, unit.pk})
    parts_before = excesses(beside_event(event))
    move_on(event, EVENT_LIFE, "correct")
    corrected = _create(
        by,
        event.kind,
        unit,
        body,
        parts,
        values,
        supersedes=event,
        reason=reason_of(reason, most=LONGEST_TEXT),
        illustrative=event.illustrative,
        batch=event.batch,
    )
    copy_attachments(event, corrected)
    follow(event, corrected, by)
    _confirm(corrected, by, parts_before)
    record(by, "event.corrected", corrected, unit=unit, supersedes=event.pk, fields=sorted(fields))
    return corrected


@transaction.atomic
def withdraw_event(event: Event, *, by: Acting, reason: str) -> Event:
    """Remove a confirmed event from every figure, with what other rooms keep of it; it stays
    readable with the reason. Refused without a reason, for a draft, while something of it stands
    for itself, or where a stated part would be more than what is left; Denied without the right.
    """
    EVENT_LIFE.require(by, "withdraw", event)
    event = EVENT_LIFE.hold(event, "withdraw", "unit", "body")
    reason = reason_of(reason, most=LONGEST_TEXT)
    lock_units([event.unit_id])
    parts_before = excesses(beside_event(event))
    leave(event, by, reason)
    move_on(event, EVENT_LIFE, "withdraw", reason=reason)
    refuse_grown(parts_before, "")
    record(by, "event.withdrawn", event, unit=event.unit)
    return event


def _with_changes(event, fields):
    """({field: value}, body, parts) of the event, with `fields` replacing its own."""
    values = {name: getattr(event, name) for name in FIELDS}
    values |= {name: value for name, value in fields.items() if name not in NOT_COLUMNS}
    parts = fields.get("parts")
    if parts is None:
        rows = Part.objects.filter(event=event).select_related("unit", "body").order_by("pk")
        parts = [(part.role, part.unit, part.name, part.amount, part.body) for part in rows]
    return values, fields.get("body", event.body), parts


def _create(by, kind, unit, body, parts, fields, **more):
    with all_refusals() as rule:
        with rule():
            fields = checked_fields(kind, unit, body, fields)
        with rule():
            parts = checked_parts(kind, parts)
    with _refusing_duplicates():
        event = Event.objects.create(
            **{"uid": uuid4(), **more},
            kind=kind,
            unit=unit,
            body=body,
            recorded_by=by.key,
            recorded_at=now(),
            **fields,
        )
    _write_parts(event, parts)
    return event


def _write_parts(event, parts):
    Part.objects.bulk_create(
        Part(event=event, role=role, unit=unit, body=body, name=name, amount=amount)
        for role, unit, body, name, amount in parts
    )


def _confirm(event, by, parts_before=None):
    """Let the draft count; `parts_before` are the `excesses` beside the event that it replaces."""
    lock_units([event.unit_id])
    refuse_stated(event)
    before = excesses(beside_event(event)) | (parts_before or {})
    move_on(event, EVENT_LIFE, "confirm", confirmed_by=by.key, confirmed_at=now())
    refuse_grown(before, "held_on")


@contextmanager
def _refusing_duplicates() -> Iterator[None]:
    """Turn a duplicate reference or uid into a refusal on its field."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if constraint == "one_living_event_a_reference":
            raise Refused(REFERENCE_USED, "reference") from None
        if "uid" in constraint:
            raise Refused(SENT_BEFORE, "uid") from None
        raise
