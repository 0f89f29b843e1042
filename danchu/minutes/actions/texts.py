"""Minutes as a draft: begun, edited by one clerk after another, given to an event, thrown away."""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.minutes.input.blocks import checked_blocks, checked_texts
from danchu.minutes.lives import MINUTES_LIFE
from danchu.minutes.models import Block, Minutes, Passage
from danchu.minutes.models.texts import MINUTES
from danchu.subjects.sent import check_unsent

# The refusal of a save that came second names this field: whoever shows it puts both texts side by
# side.
EDITION = "edition"


@transaction.atomic
def draft_minutes(
    *,
    by,
    unit,
    held_on,
    title,
    body=None,
    event=None,
    blocks=(),
    subject_kind="",
    subject="",
    uid=None,
    illustrative=False,
    **texts,
):
    """Minutes as a draft: nobody outside sees them. Of an event, or of none yet; `subject_kind` and
    `subject` name a thing of a room above.

    `blocks` are Written; `texts` number, place, hours, attendance, chair, secretary.
    """
    require(by.may("draft", MINUTES, unit), MINUTES_LIFE.no_right)
    head = checked_texts({**texts, "title": title})
    _check_head(unit, held_on, body, event)
    check_unsent(Minutes, uid)
    made = Minutes.objects.create(
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
    _write_blocks(made, checked_blocks(blocks))
    record(by, "minutes.drafted", made, unit=unit, blocks=len(blocks))
    return made


@transaction.atomic
def edit_minutes(minutes, *, by, edition, blocks=None, **fields):
    """Save a draft as it was typed over the `edition` that was read; Refused when another saved
    meanwhile, and nothing is lost then.

    `blocks` replace all paragraphs and marks; `fields` are texts, `held_on` or `body`; what is not
    named stays.
    """
    MINUTES_LIFE.require(by, "edit", minutes)
    found = MINUTES_LIFE.hold(minutes, "edit", "unit", "body")
    if edition != found.edition:
        told = _(
            "%(name)s đã lưu biên bản này trong lúc ông/bà đang sửa. Chưa ghi gì; những "
            "gì ông/bà gõ vẫn còn."
        ) % {"name": found.editor or _("Người khác")}
        raise Refused(told, EDITION)
    head = checked_texts(fields)
    held_on = fields.get("held_on", found.held_on)
    body = fields.get("body", found.body)
    _check_head(found.unit, held_on, body, found.event)
    for name, value in {
        **head,
        "held_on": held_on,
        "body": body,
        "edition": found.edition + 1,
        "editor": by.name[:120],
        "edited_at": now(),
    }.items():
        setattr(found, name, value)
    found.save(update_fields=[*head, "held_on", "body", "edition", "editor", "edited_at"])
    if blocks is not None:
        blocks = checked_blocks(blocks)
        Passage.objects.filter(minutes=found).delete()
        Block.objects.filter(minutes=found).delete()
        _write_blocks(found, blocks)
    record(by, "minutes.edited", found, unit=found.unit_id, edition=found.edition)
    return found


@transaction.atomic
def attach_minutes(minutes, event, *, by):
    """Give minutes that were drafted before their event was written down to it."""
    MINUTES_LIFE.require(by, "attach", minutes)
    found = MINUTES_LIFE.hold(minutes, "attach", "unit", "body")
    _check_head(found.unit, found.held_on, found.body, event)
    found.event = event
    found.save(update_fields=["event"])
    record(by, "minutes.attached", found, unit=found.unit_id, event=event.pk)
    return found


@transaction.atomic
def discard_minutes(minutes, *, by):
    """Throw a draft away, also the draft of a correction: what was approved stays as it is."""
    MINUTES_LIFE.require(by, "discard", minutes)
    found = MINUTES_LIFE.hold(minutes, "discard", "unit", "body")
    record(by, "minutes.discarded", found, unit=found.unit_id, version=found.version)
    Passage.objects.filter(minutes=found).delete()
    Block.objects.filter(minutes=found).delete()
    Minutes.objects.filter(pk=found.pk).delete()


def _check_head(unit, held_on, body, event):
    if not isinstance(held_on, date):
        raise Refused(_("Hãy ghi ngày họp."), "held_on")
    if held_on > today():
        raise Refused(_("Ngày họp ở tương lai. Chỉ ghi việc đã diễn ra."), "held_on")
    if held_on < unit.since or unit.until and held_on >= unit.until:
        raise Refused(
            _("Đơn vị không tồn tại trong ngày này. Hãy chọn đơn vị của ngày đó."), "unit"
        )
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
