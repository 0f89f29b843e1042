"""Photos of rounds: uploaded in chunks, or given up."""

import hashlib
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.inspection.lives import ROUND_LIFE, WAS_DISCARDED
from danchu.inspection.models import RoundPhoto, RoundSheet
from danchu.inspection.moves import ROUND
from danchu.inspection.photos.plain import plain_photo
from danchu.inspection.photos.uploads import (
    append_bytes,
    bytes_received,
    delete_upload,
    read_upload,
)
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.register.actions import attach_paper
from danchu.register.models import Event


@transaction.atomic
def receive_photo(
    sheet: RoundSheet, sent_hash: str, offset: int, chunk: bytes, *, by: Acting
) -> tuple[int, bool]:
    """Append a chunk of an announced photo at `offset`. Returns (bytes received so far, whether the
    photo is complete and stored).

    A chunk at another offset is ignored: the first value says where to go on. Content that does not
    have the announced hash is deleted and Refused, as is a photo that was not announced; Denied
    without the right.
    """
    require(by.may("draft", ROUND, sheet.unit_id), ROUND_LIFE.no_right)
    photo = (
        RoundPhoto.objects.select_related("sheet__event")
        .select_for_update(of=("self",))
        .filter(sheet=sheet, sent_hash=sent_hash)
        .first()
    )
    if photo is None or photo.sheet.event is None:
        raise Refused(WAS_DISCARDED if photo else _("Cuộc này không có ảnh ấy."), "photos")
    if photo.paper_id:
        return photo.size, True
    received = bytes_received(photo)
    if offset != received or not chunk or received + len(chunk) > photo.size:
        return received, False
    received = append_bytes(photo, chunk)
    if received < photo.size:
        return received, False
    content = read_upload(photo)
    delete_upload(photo)
    if hashlib.sha256(content).hexdigest() != sent_hash:
        raise Refused(
            _("Ảnh “%s” đến nơi không còn nguyên vẹn. Hãy gửi lại.") % photo.name, "photos"
        )
    _store_photo(photo, content, by)
    record(by, "round_sheet.photo", photo.sheet, unit=photo.sheet.unit_id, hash=photo.paper.hash)
    return photo.size, True


@transaction.atomic
def drop_photo(sheet: RoundSheet, sent_hash: str, *, by: Acting) -> None:
    """Remove an announced photo that cannot be uploaded any more. Refused where the round has no
    such photo; Denied without the right.
    """
    ROUND_LIFE.require(by, "drop", sheet)
    photo = (
        RoundPhoto.objects.select_for_update()
        .filter(sheet=sheet, sent_hash=sent_hash, paper=None)
        .first()
    )
    if photo is None:
        raise Refused(_("Cuộc này không có ảnh ấy."), "photos")
    delete_upload(photo)
    RoundPhoto.objects.filter(pk=photo.pk).delete()
    record(by, "round_sheet.photo_dropped", sheet, unit=sheet.unit_id)


def _store_photo(photo, content, by):
    """Store the photo without its metadata, attached to the latest correction of the event."""
    plain, ending = plain_photo(content, photo.sheet.keeps_trace)
    event = photo.sheet.event
    while (later := Event.objects.filter(supersedes=event).first()) is not None:
        event = later
    attachment = attach_paper(event, BytesIO(plain), f"anh-{photo.number:02d}.{ending}", by=by)
    photo.paper = attachment.paper
    photo.kept_at = now()
    photo.save(update_fields=["paper", "kept_at"])
