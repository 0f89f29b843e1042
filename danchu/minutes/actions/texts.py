"""The acts on draft minutes: draft, edit, attach to an event, discard."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.minutes.input.blocks import BlockInput, checked_blocks, checked_texts
from danchu.minutes.lives import MINUTES_LIFE
from danchu.minutes.models import Block, Minutes, Passage
from danchu.minutes.models.texts import MINUTES
from danchu.register.models import Event
from danchu.subjects.sent import check_unsent
from danchu.units.models import Body, Unit
from danchu.units.on_day import check_unit_on

# The field of the refusal of a conflicting save; the page then shows both texts side by side.
EDITION = "edition"


@transaction.atomic
def draft_minutes(
    *,
    by: Acting,
    unit: Unit,
    held_on: date,
    title: str,
    body: Body | None = None,
    event: Event | None = None,
    blocks: Sequence[BlockInput] = (),
    subject_kind: str = "",
    subject: object = "",
    uid: UUID | None = None,
    illustrative: bool = False,
    **texts: str,
) -> Minutes:
    """Draft minutes, which only officials with the right can see: of an event, or of none yet.
    `subject_kind` and `subject` name a record of a room above.

    `texts` are number, place, hours, attendance, chair and secretary. Refused, by field, when the
    day, body, event or a text does not fit, or when `uid` was sent before; Denied without the
    right.
    """
    require(by.may("draft", MINUTES, unit), MINUTES_LIFE.no_right)
    with all_refusals() as rule:
        with rule():
            head = checked_texts({**texts, "title": title})
        with rule():
            _check_head(unit, held_on, body, event)
    check_unsent(Minutes, uid)
    minutes = Minutes.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        held_on=held_on,
        body=body,
        event=event,
        subject_kind=subject_kind,
        subject=str(subject),
        illustrative=illustrative,
        made_by=by.key,
        made_at=now(),
        editor=by.name[:120],
        edited_at=now(),
        **head,
    )
    _write_blocks(minutes, checked_blocks(blocks))
    record(by, "minutes.drafted", minutes, unit=unit, blocks=len(blocks))
    return minutes


@transaction.atomic
def edit_minutes(
    minutes: Minutes,
    *,
    by: Acting,
    edition: int,
    blocks: Sequence[BlockInput] | None = None,
    **fields: Any,
) -> Minutes:
    """Save a draft. Optimistic lock: `edition` is the one that was read, and a save over a later
    one is Refused on EDITION.

    `blocks` replace all paragraphs and marks; `fields` are texts, `held_on` or `body`; the others
    stay. Refused, by field, as in `draft_minutes`, and once approved; Denied without the right.
    """
    MINUTES_LIFE.require(by, "edit", minutes)
    minutes = MINUTES_LIFE.hold(minutes, "edit", "unit", "body")
    if edition != minutes.edition:
        message = _(
            "%(name)s đã lưu biên bản này trong lúc ông/bà đang sửa. Chưa ghi gì; những "
            "gì ông/bà gõ vẫn còn."
        ) % {"name": minutes.editor or _("Người khác")}
        raise Refused(message, EDITION)
    head = checked_texts(fields)
    held_on = fields.get("held_on", minutes.held_on)
    body = fields.get("body", minutes.body)
    _check_head(minutes.unit, held_on, body, minutes.event)
    for name, value in {
        **head,
        "held_on": held_on,
        "body": body,
        "edition": minutes.edition + 1,
        "editor": by.name[:120],
        "edited_at": now(),
    }.items():
        setattr(minutes, name, value)
    minutes.save(update_fields=[*head, "held_on", "body", "edition", "editor", "edited_at"])
    if blocks is not None:
        blocks = checked_blocks(blocks)
        Passage.objects.filter(minutes=minutes).delete()
        Block.objects.filter(minutes=minutes).delete()
        _write_blocks(minutes, blocks)
    record(by, "minutes.edited", minutes, unit=minutes.unit_id, edition=minutes.edition)
    return minutes


@transaction.atomic
def attach_minutes(minutes: Minutes, event: Event, *, by: Acting) -> Minutes:
    """Attach draft minutes to an event recorded after them. Refused, by field, when they have one
    or its unit or day differs; Denied without the right.
    """
    MINUTES_LIFE.require(by, "attach", minutes)
    minutes = MINUTES_LIFE.hold(minutes, "attach", "unit", "body")
    _check_head(minutes.unit, minutes.held_on, minutes.body, event)
    minutes.event = event
    minutes.save(update_fields=["event"])
    record(by, "minutes.attached", minutes, unit=minutes.unit_id, event=event.pk)
    return minutes


@transaction.atomic
def discard_minutes(minutes: Minutes, *, by: Acting) -> None:
    """Delete a draft, also that of a correction, whose approved version stays. Refused once it is
    approved; Denied without the right.
    """
    MINUTES_LIFE.require(by, "discard", minutes)
    minutes = MINUTES_LIFE.hold(minutes, "discard", "unit", "body")
    record(by, "minutes.discarded", minutes, unit=minutes.unit_id, version=minutes.version)
    Passage.objects.filter(minutes=minutes).delete()
    Block.objects.filter(minutes=minutes).delete()
    Minutes.objects.filter(pk=minutes.pk).delete()


def _check_head(unit, held_on, body, event):
    if not isinstance(held_on, date):
        raise Refused(_("Hãy ghi ngày họp."), "held_on")
    if held_on > today():
        raise Refused(_("Ngày họp ở tương lai. Chỉ ghi việc đã diễn ra."), "held_on")
    check_unit_on(unit, held_on)
    if body is not None and body.unit_id != unit.pk:
        raise Refused(
            _("Tổ chức này không thuộc đơn vị đã chọn. Hãy chọn tổ chức của đơn vị."), "body"
        )
    if event is None:
        return
    if event.unit_id != unit.pk or event.state not in ("draft", "confirmed"):
        raise Refused(
            _(
                "Việc này không phải của đơn vị của biên bản, hoặc đã được thay, rút. "
                "Hãy chọn việc khác."
            ),
            "event",
        )
    if event.held_on != held_on:
        raise Refused(
            _("Ngày họp phải là ngày của việc trong sổ: %s.") % show_day(event.held_on), "held_on"
        )


def _write_blocks(minutes, blocks):
    rows = Block.objects.bulk_create(
        Block(
            minutes=minutes,
            number=number,
            is_heading=block.is_heading,
            text=block.text,
            speaker=block.speaker,
            shown_as=block.shown_as,
        )
        for number, block in enumerate(blocks, 1)
    )
    Passage.objects.bulk_create(
        Passage(
            minutes=minutes,
            block=row,
            unit=minutes.unit,
            mark=mark.mark,
            kind=mark.kind,
            start=mark.start,
            end=mark.end,
            text=block.text[mark.start : mark.end],
            is_accepted=mark.is_accepted,
            title=mark.promise.title,
            owner=mark.promise.owner,
            office=mark.promise.office,
            due_on=mark.promise.due_on,
            due_reason=mark.promise.due_reason,
            asker=mark.promise.asker,
            asked_by=mark.promise.asked_by,
        )
        for row, block in zip(rows, blocks, strict=True)
        for mark in block.marks
    )
