"""Rounds as boards hold them: written on the spot, photos arriving piece by piece, confirmed
with what was noted, thrown away.
"""

import hashlib
from datetime import UTC, datetime
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.actions.findings import record_finding
from danchu.inspection.input.rounds import (
    Conflict,
    checked_photos,
    checked_round,
    digest_of,
    refuse_board,
)
from danchu.inspection.lives import GONE, ROUND_LIFE
from danchu.inspection.models import RoundPhoto, RoundPlan, RoundSheet
from danchu.inspection.moves import ROUND
from danchu.inspection.photos.plain import plain_photo
from danchu.inspection.photos.uploads import append, arrived, content_of, forget
from danchu.inspection.rules.membership import INVESTMENT
from danchu.journal.actions import record
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import fold
from danchu.register.actions import (
    attach_paper,
    confirm_event,
    discard_draft,
    draft_event,
    edit_draft,
)
from danchu.register.models import Event


@transaction.atomic
def write_round(uid, *, by, board, plan=None, project=None, photos=(), apart=False, **given):
    """Write a round down under the uid its device made, as a draft of the register; what is sent
    twice is there once.

    `photos` are (hash, name, size) of what will follow. Conflict: the uid stands for another text,
    the draft was thrown away, the plan has its round, or, unless `apart`, the board has one of that
    day and name.
    """
    refuse_board(board)
    require(by.may("draft", ROUND, board.unit_id), ROUND_LIFE.no_right)
    fields = checked_round(given)
    photos = checked_photos(photos)
    digest = digest_of(fields, board, plan, project, photos)
    known = RoundSheet.objects.select_for_update().filter(uid=uid).first()
    if known:
        return _again(known, by, digest)
    _refuse_meeting(board, plan, project, fields, apart)
    event = draft_event(
        ROUND,
        by=by,
        unit=board.unit,
        body=board,
        uid=uid,
        form="investment" if board.kind == INVESTMENT else "",
        **{name: fields[name] for name in ("held_on", "title", "place", "participants")},
    )
    kept = {
        name: fields[name]
        for name in (
            "held_on",
            "title",
            "minutes",
            "noted",
            "keeps_trace",
            "latitude",
            "longitude",
            "accuracy",
        )
    }
    sheet = RoundSheet.objects.create(
        uid=uid,
        board=board,
        unit_id=board.unit_id,
        event=event,
        plan=plan,
        project=project,
        digest=digest,
        made_by=by.key,
        made_at=datetime.now(UTC),
        **kept,
    )
    RoundPhoto.objects.bulk_create(
        RoundPhoto(sheet=sheet, number=n, sent_hash=sent, name=name, size=size)
        for n, (sent, name, size) in enumerate(photos, 1)
    )
    record(by, "round_sheet.written", sheet, unit=sheet.unit_id, photos=len(photos))
    return sheet


@transaction.atomic
def receive_photo(sheet, sent_hash, offset, chunk, *, by):
    """The bytes of a promised photo from `offset` on; (how many have come, whether it is whole and
    kept).

    Bytes that do not fit behind those that came are not taken: the answer says where to go on. A
    photo whose bytes do not have the hash it was promised under is forgotten and Refused.
    """
    require(by.may("draft", ROUND, sheet.unit_id), ROUND_LIFE.no_right)
    photo = (
        RoundPhoto.objects.select_related("sheet__event")
        .select_for_update(of=("self",))
        .filter(sheet=sheet, sent_hash=sent_hash)
        .first()
    )
    if photo is None or photo.sheet.event is None:
        raise Refused(GONE if photo else _("Cuộc này không có ảnh ấy."), "photos")
    if photo.paper_id:
        return photo.size, True
    came = arrived(photo)
    if offset != came or not chunk or came + len(chunk) > photo.size:
        return came, False
    came = append(photo, chunk)
    if came < photo.size:
        return came, False
    content = content_of(photo)
    forget(photo)
    if hashlib.sha256(content).hexdigest() != sent_hash:
        raise Refused(
            _("Ảnh “%s” đến nơi không còn nguyên vẹn. Hãy gửi lại.") % photo.name, "photos"
        )
    _keep(photo, content, by)
    record(by, "round_sheet.photo", photo.sheet, unit=photo.sheet.unit_id, hash=photo.paper.hash)
    return photo.size, True


@transaction.atomic
def drop_photo(sheet, sent_hash, *, by):
    """A promised photo will not come: its sender lost it, or it could not be read."""
    ROUND_LIFE.require(by, "drop", sheet)
    photo = (
        RoundPhoto.objects.select_for_update()
        .filter(sheet=sheet, sent_hash=sent_hash, paper=None)
        .first()
    )
    if photo is None:
        raise Refused(_("Cuộc này không có ảnh ấy."), "photos")
    forget(photo)
    RoundPhoto.objects.filter(pk=photo.pk).delete()
    record(by, "round_sheet.photo_dropped", sheet, unit=sheet.unit_id)


@transaction.atomic
def edit_round(sheet, *, by, **given):
    """Change what was written while it is a draft: the texts, the day, what was noted. Photos
    and the point stay.
    """
    ROUND_LIFE.require(by, "edit", sheet)
    found = _held(sheet, "edit")
    fields = checked_round({"keeps_trace": found.keeps_trace, **given})
    found.event = edit_draft(
        found.event,
        by=by,
        **{name: fields[name] for name in ("held_on", "title", "place", "participants")},
    )
    for name in ("held_on", "title", "minutes", "noted"):
        setattr(found, name, fields[name])
    found.save(update_fields=["held_on", "title", "minutes", "noted"])
    record(by, "round_sheet.edited", found, unit=found.unit_id)
    return found


@transaction.atomic
def confirm_round(sheet, *, by):
    """The head of the board confirms it: it counts, and what was noted stands in the book of
    violations.
    """
    ROUND_LIFE.require(by, "confirm", sheet)
    found = _held(sheet, "confirm")
    confirm_event(found.event, by=by)
    found.event.refresh_from_db()
    _enter(found, by)
    record(by, "round_sheet.confirmed", found, unit=found.unit_id, noted=len(found.noted))
    return found


@transaction.atomic
def discard_round(sheet, *, by):
    """Throw the draft away. Its uid stays known, so that a device that sends it again is told
    and not obeyed.
    """
    ROUND_LIFE.require(by, "discard", sheet)
    found = _held(sheet, "discard")
    discard_draft(found.event, by=by)
    for photo in found.photos.filter(paper=None):
        forget(photo)
    record(by, "round_sheet.discarded", found, unit=found.unit_id)


def _again(known, by, digest):
    """The same round sent once more; Conflict where it is another or was thrown away."""
    if known.made_by != by.key:
        raise Refused(_("Mã của cuộc này đã được dùng. Hãy tải lại trang rồi ghi lại."), "uid")
    if known.event_id is None:
        raise Conflict("discarded", known, GONE)
    if known.digest != digest:
        raise Conflict(
            "changed",
            known,
            _("Cuộc này đã gửi trước đó với nội dung khác. Hãy sửa trên trang của cuộc."),
        )
    return known


def _refuse_meeting(board, plan, project, fields, apart):
    if plan is not None:
        plan = RoundPlan.objects.select_for_update().get(pk=plan.pk)
        if plan.board_id != board.pk or plan.cancelled_on:
            raise Refused(
                _("Kế hoạch này không phải của Ban, hoặc đã bỏ. Hãy chọn kế hoạch khác."), "plan"
            )
        other = RoundSheet.objects.kept().filter(plan=plan).first()
        if other:
            raise Conflict(
                "plan",
                other,
                _("Kế hoạch này đã có cuộc giám sát, ghi ngày %s.") % show_day(other.held_on),
            )
    if project is not None and project.board_id != board.pk:
        raise Refused(_("Dự án này không phải của Ban. Hãy chọn dự án của Ban."), "project")
    same_day = (
        () if apart else RoundSheet.objects.kept().filter(board=board, held_on=fields["held_on"])
    )
    other = next((one for one in same_day if fold(one.title) == fold(fields["title"])), None)
    if other:
        raise Conflict(
            "alike",
            other,
            _(
                "Ban đã có cuộc cùng ngày, cùng nội dung. Nếu là cuộc khác, hãy gửi lại "
                "như cuộc khác."
            ),
        )


def _held(sheet, act):
    return ROUND_LIFE.hold(sheet, act, "board__unit", "event", "project")


def _keep(photo, content, by):
    """Keep the photo without its metadata and attach it to the round as it stands now."""
    plain, ending = plain_photo(content, photo.sheet.keeps_trace)
    event = photo.sheet.event
    while (later := Event.objects.filter(supersedes=event).first()) is not None:
        event = later
    attachment = attach_paper(event, BytesIO(plain), f"anh-{photo.number:02d}.{ending}", by=by)
    photo.paper = attachment.paper
    photo.kept_at = datetime.now(UTC)
    photo.save(update_fields=["paper", "kept_at"])


def _enter(sheet, by):
    """Enter what was noted in the book of violations, once."""
    for line in sheet.noted:
        record_finding(
            by=by,
            board=sheet.board,
            round=sheet.event,
            project=sheet.project,
            found_on=sheet.event.held_on,
            **line,
        )
    sheet.entered_at = datetime.now(UTC)
    sheet.save(update_fields=["entered_at"])
