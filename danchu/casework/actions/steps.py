"""Steps of a petition by its table of moves, each with its changes, its clocks, its line in the
trail and its notice; and what of a petition is shown to everyone.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.lives import FILE_LIFE
from danchu.casework.models import Petition
from danchu.casework.moves import DRAFT, PETITION_LIFE, State
from danchu.casework.writes.entry import keep_files
from danchu.casework.writes.trail import LONGEST_TEXT, advance, check_day
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, paragraphs
from danchu.papers.media import media_of
from danchu.subjects.texts import check_length

MOST_PHOTOS = 5


@transaction.atomic
def take_step(
    petition: Petition,
    act: str,
    *,
    by: Acting,
    on: date,
    text: str = "",
    photos: Sequence[tuple[Any, str]] = (),
    **values: Any,
) -> Petition:
    """Do one act of the table on the day `on`; `text` and `photos`, (file, name), are what the
    sender reads, `values` are what rules.changes reads for the act. Refused by field; Denied
    without the right.
    """
    PETITION_LIFE.require(by, act, petition)
    petition = PETITION_LIFE.hold(petition, act, "unit", "body", "matter")
    _check_claim(petition, act, by)
    check_day(on, petition.moved_on)
    old_state = petition.state
    advance(petition, act, by, on, {**values, "text": text})
    if photos:
        _keep_photos(petition, photos)
    record(
        by,
        f"petition.{act}",
        petition,
        unit=petition.unit_id,
        on=on.isoformat(),
        before=old_state,
        state=petition.state,
    )
    return petition


@transaction.atomic
def take_in_feedback(petition: Petition, *, by: Acting, on: date) -> Petition:
    """Take a piece of feedback in at once: eligible, in our competence, accepted; the two steps of
    the law stand in its trail. Refused as `take_step`, also for any other nature.
    """
    FILE_LIFE.require(by, "take_in", petition)
    petition = FILE_LIFE.hold(petition, "take_in")
    if petition.state == State.RECEIVED:
        petition = take_step(petition, "classify", by=by, on=on, eligible=True, competent=True)
    petition = take_step(petition, "accept", by=by, on=on)
    record(by, "petition.taken_in", petition, unit=petition.unit_id, on=on.isoformat())
    return petition


@transaction.atomic
def show_petition(petition: Petition, *, by: Acting, title: str, text: str) -> Petition:
    """Show a piece of feedback to everyone, in words that name nobody; an empty text takes it off
    the public list again. Refused by field; Denied without the right.
    """
    FILE_LIFE.require(by, "show", petition)
    petition = FILE_LIFE.hold(petition, "show")
    title = clean(title)
    text = paragraphs(text)
    check_length(text, "text", LONGEST_TEXT)
    check_length(title, "title", 180)
    if text and not title:
        raise Refused(_("Hãy ghi tóm tắt sẽ công khai."), "title")
    petition.shown_title = title
    petition.shown_text = text
    petition.save(update_fields=["shown_title", "shown_text"])
    act = "petition.shown" if petition.shown_text else "petition.hidden"
    record(by, act, petition, unit=petition.unit_id)
    return petition


def _keep_photos(petition, photos):
    """Keep the photos of an answer: no more than MOST_PHOTOS, and pictures alone."""
    if len(photos) > MOST_PHOTOS:
        raise Refused(_("Mỗi câu trả lời kèm nhiều nhất %s ảnh.") % MOST_PHOTOS, "photos")
    for file, name in photos:
        if not media_of(file, name).name.startswith("image/"):
            raise Refused(_("“%s” không phải là ảnh JPEG hay PNG.") % clean(name)[:60], "photos")
    keep_files(petition, photos, is_answer=True)


def _check_claim(petition, act, by):
    """Refused where another official has claimed the petition; never for acts that decide, which
    ask for more than the right to draft.
    """
    needs_draft_right = PETITION_LIFE.move(petition, act).right == DRAFT
    if needs_draft_right and by.account_id is not None and petition.is_taken_from(by.account_id):
        name = clean(petition.claimed_by.name)
        raise Refused(
            _("Đơn này đang do %s nhận xử lý. Hãy trao đổi, hoặc nhận lại đơn rồi làm tiếp.") % name
        )
