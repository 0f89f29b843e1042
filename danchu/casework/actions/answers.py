"""The texts an office begins its answers from: kept, and taken off the list again."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.models import AnswerText
from danchu.casework.moves import FILE, NO_RIGHT
from danchu.casework.natures import Nature
from danchu.casework.queries.answer_texts import ACTS
from danchu.casework.writes.trail import LONGEST_TEXT
from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean


@transaction.atomic
def keep_answer_text(*, by, unit, act, title, text, nature=""):
    """A text for the form of an act, for everyone who handles petitions at the unit and below."""
    require(by.may("draft", FILE, unit), NO_RIGHT)
    title = clean(title)
    text = str(text or "").strip()
    if act not in ACTS or nature not in ("", *Nature.values):
        raise Refused(_("Hãy chọn trong danh sách."), "act")
    if not title or len(title) > 120:
        raise Refused(_("Hãy ghi tên mẫu, không quá %s ký tự.") % 120, "title")
    if not clean(text) or len(text) > LONGEST_TEXT:
        raise Refused(_("Hãy ghi nội dung mẫu, không quá %s ký tự.") % LONGEST_TEXT, "text")
    made = AnswerText.objects.create(
        unit=unit, act=act, nature=nature, title=title, text=text, made_by=by.key, made_at=now()
    )
    record(by, "answer_text.kept", made, unit=unit, of=act)
    return made


@transaction.atomic
def drop_answer_text(kept, *, by):
    """Take it off the list; answers given with it stay as they are."""
    require(by.may("draft", FILE, kept.unit_id), NO_RIGHT)
    AnswerText.objects.filter(pk=kept.pk).update(is_open=False)
    record(by, "answer_text.dropped", kept, unit=kept.unit_id)
