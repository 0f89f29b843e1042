"""What can be done with an event: draft, edit, discard, confirm, correct, withdraw."""

from datetime import UTC, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.refusals import Refused, require
from danchu.register.checking import FIELDS, checked, checked_parts
from danchu.register.counted_once import lock_units, refuse_stated
from danchu.register.keepers import follow, refuse_kept
from danchu.register.lives import EVENT_LIFE
from danchu.register.models import Attachment, Event, Part
from danchu.subjects.sent import SENT_BEFORE
from danchu.subjects.texts import LONGEST_TEXT, reason_of
from danchu.subjects.writes import move_on

KEPT = ("unit", "body", "parts")


@transaction.atomic
def draft_event(kind, *, by, unit, body=None, parts=(), uid=None, illustrative=False, **fields):
    """Write an event as a draft: it counts nowhere until it is confirmed.

    `uid` given beforehand by a form makes sending the form twice one event: the second is Refused.

    `parts` are (role, unit, name, amount) or, with a body, (role, unit, name, amount, body).
    """
    require(by.may("draft", kind, unit), _("Ông/bà không có quyền ghi loại việc này ở đơn vị này."))
    event = _written(
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
def edit_draft(event, *, by, **fields):
    """Change a draft in place: any field, `unit`, `body` or `parts`; what is not named stays."""
    unit = fields.get("unit", event.unit)
    EVENT_LIFE.require(by, "edit", event)
    require(by.may("draft", event.kind, unit), _("Ông/bà không có quyền sửa bản nháp này."))
    event = EVENT_LIFE.hold(event, "edit", "unit", "body")
    kept, body, parts = _merged(event, fields)
    refuse_kept(event, kept)
    for name, value in checked(event.kind, unit, body, kept).items():
        setattr(event, name, value)
    event.unit = unit
    event.body = body
    with _reference_told():
        event.save()
    if "parts" in fields:
        Part.objects.filter(event=event).delete()
        _write_parts(event, checked_parts(event.kind, parts))
    record(by, "event.edited", event, unit=unit, fields=sorted(fields))
    return event


@transaction.atomic
def discard_draft(event, *, by):
    """Throw a draft away: it never counted."""
    EVENT_LIFE.require(by, "discard", event)
    event = EVENT_LIFE.hold(event, "discard", "unit", "body")
    record(
        by, "event.discarded", event, unit=event.unit, kind=event.kind, reference=event.reference
    )
    follow(event, None, by)
    Attachment.objects.filter(event=event).delete()
    Part.objects.filter(event=event).delete()
    Event.objects.filter(pk=event.pk).delete()


@transaction.atomic
def confirm_event(event, *, by):
    """Confirm a draft: from this moment it is in every figure."""
    EVENT_LIFE.require(by, "confirm", event)
    event = EVENT_LIFE.hold(event, "confirm", "unit", "body")
    _confirm(event, by)
    record(by, "event.confirmed", event, unit=event.unit, kind=event.kind)
    return event


@transaction.atomic
def correct_event(event, *, by, reason, **fields):
    """Put a corrected event in the place of a confirmed one; both stay readable. `fields` as in
    `edit_draft`.
    """
    unit = fields.get("unit", event.unit)
    EVENT_LIFE.require(by, "correct", event)
    require(by.may("correct", event.kind, unit), _("Ông/bà không có quyền đính chính việc này."))
    event = EVENT_LIFE.hold(event, "correct", "unit", "body")
    kept, body, parts = _merged(event, fields)
    refuse_kept(event, kept)
    move_on(event, EVENT_LIFE, "correct")
    corrected = _written(
        by,
        event.kind,
        unit,
        body,
        parts,
        kept,
        supersedes=event,
        reason=reason_of(reason, most=LONGEST_TEXT),
        illustrative=event.illustrative,
        batch=event.batch,
    )
    papers = Attachment.objects.filter(event=event)
    Attachment.objects.bulk_create(
        Attachment(
            event=corrected,
            paper_id=a.paper_id,
            name=a.name,
            added_by=a.added_by,
            added_at=a.added_at,
        )
        for a in papers
    )
    follow(event, corrected, by)
    _confirm(corrected, by)
    record(by, "event.corrected", corrected, unit=unit, supersedes=event.pk, fields=sorted(fields))
    return corrected


@transaction.atomic
def withdraw_event(event, *, by, reason):
    """Take a confirmed event out of every figure; it stays readable with the reason."""
    EVENT_LIFE.require(by, "withdraw", event)
    event = EVENT_LIFE.hold(event, "withdraw", "unit", "body")
    move_on(event, EVENT_LIFE, "withdraw", reason=reason_of(reason, most=LONGEST_TEXT))
    record(by, "event.withdrawn", event, unit=event.unit)
    return event


def _merged(event, fields):
    """(all fields, body, parts) of the event with the changed ones in place."""
    kept = {name: getattr(event, name) for name in FIELDS}
    kept |= {name: value for name, value in fields.items() if name not in KEPT}
    parts = fields.get("parts")
    if parts is None:
        rows = Part.objects.filter(event=event).select_related("unit", "body").order_by("pk")
        parts = [(part.role, part.unit, part.name, part.amount, part.body) for part in rows]
    return kept, fields.get("body", event.body), parts


def _written(by, kind, unit, body, parts, fields, **more):
    fields = checked(kind, unit, body, fields)
    parts = checked_parts(kind, parts)
    with _reference_told():
        event = Event.objects.create(
            **{"uid": uuid4(), **more},
            kind=kind,
            unit=unit,
            body=body,
            recorded_by=by.key,
            recorded_at=datetime.now(UTC),
            **fields,
        )
    _write_parts(event, parts)
    return event


def _write_parts(event, parts):
    Part.objects.bulk_create(
        Part(event=event, role=role, unit=unit, body=body, name=name, amount=amount)
        for role, unit, body, name, amount in parts
    )


def _confirm(event, by):
    lock_units([event.unit_id])
    refuse_stated(event)
    move_on(event, EVENT_LIFE, "confirm", confirmed_by=by.key, confirmed_at=datetime.now(UTC))


class _reference_told:  # noqa: N801 - read as a phrase
    """Says in words that a reference is taken."""

    def __enter__(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def __exit__(self, kind, error, trace):
        self.savepoint.__exit__(kind, error, trace)
        if kind is IntegrityError and "one_living_event_a_reference" in str(error):
            raise Refused(
                _("Số hiệu này đã có trong sổ của đơn vị. Hãy dùng số hiệu khác."), "reference"
            ) from None
        if kind is IntegrityError and "uid" in str(error):
            raise Refused(SENT_BEFORE, "uid") from None
