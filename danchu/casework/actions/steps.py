"""A step in the life of a petition: by the table of moves, with its change, its clocks, its
line in the trail, its notice.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.lives import FILE_LIFE
from danchu.casework.moves import DRAFT, PETITION_LIFE
from danchu.casework.writes.trail import LONGEST_TEXT, advance, check_day
from danchu.journal.actions import record
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.subjects.texts import check_length


@transaction.atomic
def take_step(petition, act, *, by, on, text="", **given):
    """One act of the table on the day `on`; `text` is what its sender reads. Refused by field;
    Denied without the right.
    """
    PETITION_LIFE.require(by, act, petition)
    found = PETITION_LIFE.hold(petition, act, "unit", "body", "matter")
    _check_claim(found, act, by)
    check_day(on, found.moved_on)
    before = found.state
    advance(found, act, by, on, {**given, "text": text})
    record(
        by,
        f"petition.{act}",
        found,
        unit=found.unit_id,
        on=on.isoformat(),
        before=before,
        state=found.state,
    )
    return found


@transaction.atomic
def show_petition(petition, *, by, title, text):
    """Show a piece of feedback to everyone, in words that name nobody; an empty text takes it
    off the list again.
    """
    FILE_LIFE.require(by, "show", petition)
    found = FILE_LIFE.hold(petition, "show")
    title = clean(title)
    text = str(text).strip()
    check_length(text, "text", LONGEST_TEXT)
    check_length(title, "title", 180)
    if text and not title:
        raise Refused(_("Hãy ghi tóm tắt sẽ công khai."), "title")
    found.shown_title = title
    found.shown_text = text
    found.save(update_fields=["shown_title", "shown_text"])
    record(
        by, "petition.shown" if found.shown_text else "petition.hidden", found, unit=found.unit_id
    )
    return found


def _check_claim(found, act, by):
    """Whoever works on a case that another has taken is told so; the one who decides is never
    kept out.
    """
    drafts = PETITION_LIFE.move(found, act).right == DRAFT
    if drafts and by.account_id is not None and found.is_taken_from(by.account_id):
        name = clean(found.claimed_by.name)
        raise Refused(
            _("Đơn này đang do %s nhận xử lý. Hãy trao đổi, hoặc nhận lại đơn rồi làm tiếp.") % name
        )
