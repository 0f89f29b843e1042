"""Rounds of boards: written on the spot, confirmed with their violations, or discarded."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.findings import record_finding
from danchu.inspection.input.rounds import (
    Conflict,
    check_board,
    checked_photos,
    checked_round,
    round_digest,
)
from danchu.inspection.lives import ROUND_LIFE, WAS_DISCARDED
from danchu.inspection.models import Project, RoundPhoto, RoundPlan, RoundSheet
from danchu.inspection.moves import ROUND
from danchu.inspection.photos.uploads import delete_upload
from danchu.inspection.rules.membership import INVESTMENT
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import fold
from danchu.register.actions import confirm_event, discard_draft, draft_event, edit_draft
from danchu.units.models import Body

# What of a round stands in its event in the register, and what in its sheet.
OF_EVENT = ("held_on", "title", "place", "participants")
OF_SHEET = (
    "held_on",
    "title",
    "minutes",
    "noted",
    "keeps_trace",
    "latitude",
    "longitude",
    "accuracy",
)


@transaction.atomic
def write_round(
    uid: UUID,
    *,
    by: Acting,
    board: Body,
    plan: RoundPlan | None = None,
    project: Project | None = None,
    photos: Iterable[tuple[str, str, int]] = (),
    apart: bool = False,
    **values: Any,
) -> RoundSheet:
    """Write a round as a draft of the register. Idempotent by the `uid` that the device drew.

    `photos` are (SHA-256, name, size in bytes) of the uploads that follow. Conflict: the uid has
    other content, the draft was discarded, the plan has a round, or, unless `apart`, the board has
    one of that day and title. Refused by field; Denied without the right.
    """
    check_board(board)
    require(by.may("draft", ROUND, board.unit_id), ROUND_LIFE.no_right)
    fields = checked_round(values)
    announced_photos = checked_photos(photos)
    digest = round_digest(fields, board, plan, project, announced_photos)
    earlier = RoundSheet.objects.select_for_update().filter(uid=uid).first()
    if earlier:
        return _earlier_round(earlier, by, digest)
    _refuse_duplicate(board, plan, project, fields, apart)
    event = draft_event(
        ROUND,
        by=by,
        unit=board.unit,
        body=board,
        uid=uid,
        form="investment" if board.kind == INVESTMENT else "",
        **{name: fields[name] for name in OF_EVENT},
    )
    sheet = RoundSheet.objects.create(
        uid=uid,
        board=board,
        unit_id=board.unit_id,
        event=event,
        plan=plan,
        project=project,
        digest=digest,
        made_by=by.key,
        made_at=now(),
        **{name: fields[name] for name in OF_SHEET},
    )
    RoundPhoto.objects.bulk_create(
        RoundPhoto(sheet=sheet, number=number, sent_hash=sent_hash, name=name, size=size)
        for number, (sent_hash, name, size) in enumerate(announced_photos, 1)
    )
    record(by, "round_sheet.written", sheet, unit=sheet.unit_id, photos=len(announced_photos))
    return sheet


@transaction.atomic
def edit_round(sheet: RoundSheet, *, by: Acting, **values: Any) -> RoundSheet:
    """Change the texts, the day or the violations of a draft; photos and coordinates stay. Refused
    by field; Denied without the right.
    """
    ROUND_LIFE.require(by, "edit", sheet)
    sheet = _lock(sheet, "edit")
    fields = checked_round({"keeps_trace": sheet.keeps_trace, **values})
    sheet.event = edit_draft(
        sheet.event,
        by=by,
        **{name: fields[name] for name in OF_EVENT},
    )
    for name in ("held_on", "title", "minutes", "noted"):
        setattr(sheet, name, fields[name])
    sheet.save(update_fields=["held_on", "title", "minutes", "noted"])
    record(by, "round_sheet.edited", sheet, unit=sheet.unit_id)
    return sheet


@transaction.atomic
def confirm_round(sheet: RoundSheet, *, by: Acting) -> RoundSheet:
    """Confirm the round: it is counted, and its violations become findings. Refused unless it is a
    draft; Denied without the right.
    """
    ROUND_LIFE.require(by, "confirm", sheet)
    sheet = _lock(sheet, "confirm")
    confirm_event(sheet.event, by=by)
    sheet.event.refresh_from_db()
    _record_findings(sheet, by)
    record(by, "round_sheet.confirmed", sheet, unit=sheet.unit_id, noted=len(sheet.noted))
    return sheet


@transaction.atomic
def discard_round(sheet: RoundSheet, *, by: Acting) -> None:
    """Delete the draft. Its uid is kept, so that a device that sends it again gets a Conflict.
    Refused unless it is a draft; Denied without the right.
    """
    ROUND_LIFE.require(by, "discard", sheet)
    sheet = _lock(sheet, "discard")
    discard_draft(sheet.event, by=by)
    for photo in sheet.photos.filter(paper=None):
        delete_upload(photo)
    record(by, "round_sheet.discarded", sheet, unit=sheet.unit_id)


def _earlier_round(sheet, by, digest):
    """The round that was sent before; Conflict where its content differs or it was discarded."""
    if sheet.made_by != by.key:
        raise Refused(_("Mã của cuộc này đã được dùng. Hãy tải lại trang rồi ghi lại."), "uid")
    if sheet.event_id is None:
        raise Conflict("discarded", sheet, WAS_DISCARDED)
    if sheet.digest != digest:
        raise Conflict(
            "changed",
            sheet,
            _("Cuộc này đã gửi trước đó với nội dung khác. Hãy sửa trên trang của cuộc."),
        )
    return sheet


def _refuse_duplicate(board, plan, project, fields, apart):
    """Refused by field where plan or project are not of the board; Conflict where the plan has a
    round or, unless `apart`, the board has one of that day and title.
    """
    if plan is not None:
        plan = RoundPlan.objects.select_for_update().get(pk=plan.pk)
        if plan.board_id != board.pk or plan.cancelled_on:
            raise Refused(
                _("Kế hoạch này không phải của Ban, hoặc đã bỏ. Hãy chọn kế hoạch khác."), "plan"
            )
        other_sheet = RoundSheet.objects.kept().filter(plan=plan).first()
        if other_sheet:
            raise Conflict(
                "plan",
                other_sheet,
                _("Kế hoạch này đã có cuộc giám sát, ghi ngày %s.") % show_day(other_sheet.held_on),
            )
    if project is not None and project.board_id != board.pk:
        raise Refused(_("Dự án này không phải của Ban. Hãy chọn dự án của Ban."), "project")
    same_day = (
        () if apart else RoundSheet.objects.kept().filter(board=board, held_on=fields["held_on"])
    )
    other_sheet = next(
        (sheet for sheet in same_day if fold(sheet.title) == fold(fields["title"])), None
    )
    if other_sheet:
        raise Conflict(
            "alike",
            other_sheet,
            _(
                "Ban đã có cuộc cùng ngày, cùng nội dung. Nếu là cuộc khác, hãy gửi lại "
                "như cuộc khác."
            ),
        )


def _lock(sheet, act):
    return ROUND_LIFE.hold(sheet, act, "board__unit", "event", "project")


def _record_findings(sheet, by):
    """Record the violations of the round as findings."""
    for line in sheet.noted:
        record_finding(
            by=by,
            board=sheet.board,
            round=sheet.event,
            project=sheet.project,
            found_on=sheet.event.held_on,
            **line,
        )
    sheet.entered_at = now()
    sheet.save(update_fields=["entered_at"])
