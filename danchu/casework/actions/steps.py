"""A step in the life of a petition: by the table of moves, with its change, its clocks, its
line in the trail, its notice.
"""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.models import Petition
from danchu.casework.moves import FILE, MOVES
from danchu.casework.natures import Nature
from danchu.casework.writes.trail import LONGEST_TEXT, advance, check_day, held
from danchu.journal.actions import record
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean

NO_RIGHT = gettext_lazy("Ông/bà không có quyền làm việc này với đơn này.")


@transaction.atomic
def take_step(petition, act, *, by, on, text="", **given):
    """One act of the table on the day `on`; `text` is what its sender reads. Refused by field;
    Denied without the right.
    """
    move = MOVES.get((petition.nature, act))
    require(move is not None and by.may(move.verb, FILE, petition.unit_id), NO_RIGHT)
    found = held(petition, act)
    _check_claim(found, move, by)
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
    require(by.may("draft", FILE, petition.unit_id), NO_RIGHT)
    found = Petition.objects.select_for_update().get(pk=petition.pk)
    if found.nature != Nature.FEEDBACK:
        raise Refused(_("Chỉ kiến nghị, phản ánh được đưa lên danh sách công khai."))
    title, text = clean(title), str(text).strip()
    if len(text) > LONGEST_TEXT or len(title) > 180:
        raise Refused(_("Dài quá %s ký tự. Hãy rút gọn.") % LONGEST_TEXT, "text")
    if text and not title:
        raise Refused(_("Hãy ghi tóm tắt sẽ công khai."), "title")
    found.shown_title, found.shown_text = title, text
    found.save(update_fields=["shown_title", "shown_text"])
    record(
        by, "petition.shown" if found.shown_text else "petition.hidden", found, unit=found.unit_id
    )
    return found


def _check_claim(found, move, by):
    """Whoever works on a case that another has taken is told so; the one who decides is never
    kept out.
    """
    if found.is_taken_from(by.account_id) and move.verb == "draft" and by.account_id is not None:
        name = clean(found.claimed_by.name)
        raise Refused(
            _("Đơn này đang do %s nhận xử lý. Hãy trao đổi, hoặc nhận lại đơn rồi làm tiếp.") % name
        )
