"""Approves minutes: locks and hashes them, lets their passages count and their commitments run.
Afterwards they can only be corrected.
"""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.minutes.actions.life import withdraw_commitment
from danchu.minutes.input.blocks import content_hash
from danchu.minutes.lives import MINUTES_LIFE
from danchu.minutes.models import (
    Block,
    Commitment,
    Minutes,
    Origin,
    Passage,
    PassageKind,
)
from danchu.minutes.moves import FINAL
from danchu.minutes.queries.event_numbers import numbers_of
from danchu.minutes.writes.promises import write_commitment
from danchu.obligations.clock import LAW
from danchu.register.actions import correct_event, edit_draft
from danchu.register.models import State as EventState
from danchu.subjects.writes import move_on


@transaction.atomic
def approve_minutes(minutes: Minutes, *, by: Acting, is_public: bool = False) -> Minutes:
    """Approve draft minutes: their text is locked, their event takes its numbers from them, and
    each new passage marked as a commitment becomes one.

    `is_public`: everyone may read the text; the approver is responsible for it containing nothing
    private. Refused, by field, without text, when a commitment is incomplete, or when a correction
    leaves out one that was confirmed; Denied without the right.
    """
    MINUTES_LIFE.require(by, "approve", minutes)
    minutes = MINUTES_LIFE.hold(minutes, "approve", "unit", "body")
    blocks = list(minutes.blocks.all())
    passages = list(minutes.passages.select_related("owner__unit", "asker", "block"))
    if not blocks:
        raise Refused(_("Biên bản chưa có nội dung."))
    promises = [passage for passage in passages if passage.kind == PassageKind.COMMITMENT]
    running = _running_marks(minutes, promises)
    if minutes.supersedes_id:
        earlier = MINUTES_LIFE.hold(minutes.supersedes, "supersede")
        move_on(earlier, MINUTES_LIFE, "supersede")
    move_on(
        minutes,
        MINUTES_LIFE,
        "approve",
        content_hash=content_hash(minutes, blocks, passages),
        is_public=bool(is_public),
        approved_by=by.key,
        approver=by.name[:120],
        approved_at=now(),
    )
    _update_event(minutes, by)
    for passage in promises:
        if passage.mark not in running:
            _write_promise(minutes, passage, by)
    record(
        by,
        "minutes.approved",
        minutes,
        unit=minutes.unit_id,
        hash=minutes.content_hash,
        version=minutes.version,
        promises=len(promises),
    )
    minutes.refresh_from_db()
    return minutes


@transaction.atomic
def correct_minutes(minutes: Minutes, *, by: Acting, changed: str) -> Minutes:
    """Draft the next version of approved minutes as a copy, which it returns; `changed` says what
    will change and why. The earlier version counts until it is approved. Refused, on `changed`,
    without it or when a correction is being drafted already; Denied without the right.
    """
    MINUTES_LIFE.require(by, "correct", minutes)
    minutes = MINUTES_LIFE.hold(minutes, "correct", "unit", "body")
    if not clean(changed) or len(clean(changed)) > 500:
        raise Refused(_("Hãy ghi sẽ sửa gì và vì sao, không quá 500 ký tự."), "changed")
    values = {f.attname: getattr(minutes, f.attname) for f in Minutes._meta.concrete_fields}
    for name in (
        "id",
        "content_hash",
        "approved_by",
        "approver",
        "approved_at",
        "is_public",
        "edition",
        "state",
    ):
        del values[name]
    draft = Minutes.objects.create(
        **values
        | {
            "uid": uuid4(),
            "version": minutes.version + 1,
            "supersedes_id": minutes.pk,
            "changed": clean(changed),
            "made_by": by.key,
            "made_at": now(),
            "editor": by.name[:120],
            "edited_at": now(),
        }
    )
    _copy_text(minutes, draft)
    record(
        by,
        "minutes.correction_drafted",
        draft,
        unit=draft.unit_id,
        corrects=minutes.pk,
        version=draft.version,
    )
    return draft


def _copy_text(earlier, later):
    """Copy the paragraphs and passages to a later version; passages keep their `mark`."""
    old = list(earlier.blocks.all())
    new = Block.objects.bulk_create(
        Block(
            minutes=later,
            number=b.number,
            is_heading=b.is_heading,
            text=b.text,
            speaker=b.speaker,
            shown_as=b.shown_as,
        )
        for b in old
    )
    block_of = {before.pk: after.pk for before, after in zip(old, new, strict=True)}
    fields = [
        f.attname for f in Passage._meta.concrete_fields if f.name not in ("id", "minutes", "block")
    ]
    Passage.objects.bulk_create(
        Passage(
            minutes=later,
            block_id=block_of[p.block_id],
            **{name: getattr(p, name) for name in fields},
        )
        for p in earlier.passages.all()
    )


def _running_marks(minutes, promises):
    """The marks whose commitments exist already, from the version before. Withdraws those that a
    correction leaves out; Refused where one of them was confirmed.
    """
    if not minutes.supersedes_id:
        return set()
    marks = set(
        minutes.supersedes.passages.filter(kind=PassageKind.COMMITMENT).values_list(
            "mark", flat=True
        )
    )
    remaining = {passage.mark for passage in promises}
    for commitment in (
        Commitment.objects.filter(mark__in=marks - remaining)
        .exclude(state="withdrawn")
        .select_related("asker")
    ):
        if commitment.state in FINAL:
            raise Refused(
                _("Cam kết %s đã được xác nhận: không bỏ dấu của nó được.") % commitment.code,
                "kind",
            )
        withdraw_commitment(
            commitment,
            by=LAW,
            on=max(today(), commitment.moved_on),
            reason=_("Biên bản đã đính chính: %s") % minutes.changed,
        )
    return set(Commitment.objects.filter(mark__in=marks & remaining).values_list("mark", flat=True))


def _write_promise(minutes, passage, by):
    try:
        write_commitment(
            by,
            title=passage.title,
            text=passage.text,
            made_on=minutes.held_on,
            due_on=passage.due_on,
            due_reason=passage.due_reason,
            place=minutes.unit,
            owner=passage.owner,
            office=passage.office,
            asker=passage.asker,
            asked_by=passage.asked_by,
            origin=Origin.MINUTES,
            origin_uid=minutes.uid,
            mark=passage.mark,
            illustrative=minutes.illustrative,
        )
    except Refused as refusal:
        raise Refused(
            _("Cam kết ở đoạn %(number)s: %(why)s")
            % {"number": passage.block.number, "why": refusal.message},
            refusal.field,
        ) from None


def _update_event(minutes, by):
    """Write the numbers of passages into the event, by the acts of the register."""
    event = minutes.event
    numbers = numbers_of(event) if event else {}
    if all(getattr(event, name) == value for name, value in numbers.items()):
        return
    if event.state == EventState.DRAFT:
        edit_draft(event, by=by, **numbers)
    elif event.state == EventState.CONFIRMED:
        correct_event(
            event,
            by=by,
            reason=_("Đếm theo biên bản họp ngày %s đã duyệt.") % f"{minutes.held_on:%d/%m/%Y}",
            **numbers,
        )
