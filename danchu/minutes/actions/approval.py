"""Minutes are approved: locked, hashed, their marks become rows that count and promises that
run. Afterwards they are only corrected.
"""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
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
def approve_minutes(minutes, *, by, is_public=False):
    """Lock the minutes as they stand. The event takes its numbers from them; each new mark of a
    commitment is a promise from now on.

    `is_public`: everyone may read the text; the approver answers for it that nobody's own matters
    stand in it.
    """
    MINUTES_LIFE.require(by, "approve", minutes)
    found = MINUTES_LIFE.hold(minutes, "approve", "unit", "body")
    blocks = list(found.blocks.all())
    passages = list(found.passages.select_related("owner__unit", "asker", "block"))
    if not blocks:
        raise Refused(_("Biên bản chưa có nội dung."))
    promises = [passage for passage in passages if passage.kind == PassageKind.COMMITMENT]
    running = _running(found, promises)
    if found.supersedes_id:
        earlier = MINUTES_LIFE.hold(found.supersedes, "supersede")
        move_on(earlier, MINUTES_LIFE, "supersede")
    move_on(
        found,
        MINUTES_LIFE,
        "approve",
        content_hash=content_hash(found, blocks, passages),
        is_public=bool(is_public),
        approved_by=by.key,
        approver=by.name[:120],
        approved_at=now(),
    )
    _tell_event(found, by)
    for passage in promises:
        if passage.mark not in running:
            _promise(found, passage, by)
    record(
        by,
        "minutes.approved",
        found,
        unit=found.unit_id,
        hash=found.content_hash,
        version=found.version,
        promises=len(promises),
    )
    found.refresh_from_db()
    return found


@transaction.atomic
def correct_minutes(minutes, *, by, changed):
    """A draft of the next version, with everything the approved one says; it names what it
    changes. Until it is approved the earlier one counts.
    """
    MINUTES_LIFE.require(by, "correct", minutes)
    found = MINUTES_LIFE.hold(minutes, "correct", "unit", "body")
    if not clean(changed) or len(clean(changed)) > 500:
        raise Refused(_("Hãy ghi sẽ sửa gì và vì sao, không quá 500 ký tự."), "changed")
    kept = {f.attname: getattr(found, f.attname) for f in Minutes._meta.concrete_fields}
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
        del kept[name]
    made = Minutes.objects.create(
        **kept
        | {
            "uid": uuid4(),
            "version": found.version + 1,
            "supersedes_id": found.pk,
            "changed": clean(changed),
            "made_by": by.key,
            "made_at": now(),
            "editor": by.name[:120],
            "edited_at": now(),
        }
    )
    _copy(found, made)
    record(
        by,
        "minutes.correction_drafted",
        made,
        unit=made.unit_id,
        corrects=found.pk,
        version=made.version,
    )
    return made


def _copy(earlier, later):
    """The paragraphs and marks of an earlier version, under the same marks."""
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


def _running(found, promises):
    """The marks whose promises run already. Those that a correction leaves out are withdrawn;
    Refused where one has ended.
    """
    if not found.supersedes_id:
        return set()
    marks = set(
        found.supersedes.passages.filter(kind=PassageKind.COMMITMENT).values_list("mark", flat=True)
    )
    stay = {passage.mark for passage in promises}
    for commitment in (
        Commitment.objects.filter(mark__in=marks - stay)
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
            reason=_("Biên bản đã đính chính: %s") % found.changed,
        )
    return set(Commitment.objects.filter(mark__in=marks & stay).values_list("mark", flat=True))


def _promise(found, passage, by):
    try:
        write_commitment(
            by,
            title=passage.title,
            text=passage.text,
            made_on=found.held_on,
            due_on=passage.due_on,
            due_reason=passage.due_reason,
            place=found.unit,
            owner=passage.owner,
            office=passage.office,
            asker=passage.asker,
            asked_by=passage.asked_by,
            origin=Origin.MINUTES,
            origin_uid=found.uid,
            mark=passage.mark,
            illustrative=found.illustrative,
        )
    except Refused as refusal:
        raise Refused(
            _("Cam kết ở đoạn %(number)s: %(why)s")
            % {"number": passage.block.number, "why": refusal.message},
            refusal.field,
        ) from None


def _tell_event(found, by):
    """Write the count of the passages into the event, through the register's own acts: one
    number, said once.
    """
    event = found.event
    said = numbers_of(event) if event else {}
    if all(getattr(event, name) == value for name, value in said.items()):
        return
    if event.state == EventState.DRAFT:
        edit_draft(event, by=by, **said)
    elif event.state == EventState.CONFIRMED:
        correct_event(
            event,
            by=by,
            reason=_("Đếm theo biên bản đã duyệt ngày %s.") % f"{found.held_on:%d/%m/%Y}",
            **said,
        )
