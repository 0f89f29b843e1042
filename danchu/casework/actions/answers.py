"""Answer texts of an office, from which its officials begin an answer: stored, and taken off the
list again.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.models import AnswerText
from danchu.casework.moves import FILE, NO_RIGHT
from danchu.casework.natures import Nature
from danchu.casework.queries.answer_texts import ACTS
from danchu.casework.writes.trail import LONGEST_TEXT
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import clean, paragraphs
from danchu.units.models import Unit


@transaction.atomic
def keep_answer_text(
    *, by: Acting, unit: Unit, act: str, title: str, text: str, nature: str = ""
) -> AnswerText:
    """Store a text for the form of an act, for everyone who handles petitions at the unit and
    below it; of every nature where `nature` is empty. Refused by field; Denied without the right.
    """
    require(by.may("draft", FILE, unit), NO_RIGHT)
    title = clean(title)
    text = paragraphs(text or "")
    with all_refusals() as rule:
        if act not in ACTS or nature not in ("", *Nature.values):
            with rule():
                raise Refused(_("Hãy chọn trong danh sách."), "act")
        if not title or len(title) > 120:
            with rule():
                raise Refused(_("Hãy ghi tên mẫu, không quá %s ký tự.") % 120, "title")
        if not clean(text) or len(text) > LONGEST_TEXT:
            with rule():
                raise Refused(_("Hãy ghi nội dung mẫu, không quá %s ký tự.") % LONGEST_TEXT, "text")
    answer_text = AnswerText.objects.create(
        unit=unit, act=act, nature=nature, title=title, text=text, made_by=by.key, made_at=now()
    )
    record(by, "answer_text.kept", answer_text, unit=unit, of=act)
    return answer_text


@transaction.atomic
def drop_answer_text(answer_text: AnswerText, *, by: Acting) -> None:
    """Take the text off the list; answers written with it stay as they are."""
    require(by.may("draft", FILE, answer_text.unit_id), NO_RIGHT)
    AnswerText.objects.filter(pk=answer_text.pk).update(is_open=False)
    record(by, "answer_text.dropped", answer_text, unit=answer_text.unit_id)
