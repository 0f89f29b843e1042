"""The register of open points: questions about a rule that the texts read so far leave open."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.law.models import OpenPoint

LONGEST = 2000


@transaction.atomic
def raise_point(
    key: str, *, by: Acting, vi: str, en: str = "", name: str = "", on: date | None = None
) -> OpenPoint:
    """Write down a question about the rule with this key, or about "calendar.<year>". Refused, on
    "vi", without a question; Denied without the right to correct the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    question = _clean_words(
        vi, "vi", _("Hãy ghi điều còn vướng mắc, không quá %s ký tự.") % LONGEST
    )
    point = OpenPoint.objects.create(
        name=name,
        key=key,
        vi=question,
        en=clean(en)[:LONGEST],
        opened_on=on or today(),
        made_by=by.key,
        made_at=now(),
    )
    record(by, "open_point.raised", point, key=key)
    return point


@transaction.atomic
def settle_point(point: OpenPoint, *, by: Acting, answer: str) -> OpenPoint:
    """Write down the answer to an open point, with the text it was read in; this is final. The rule
    itself changes only by its own acts. Refused, on "answer", without one, or where it is settled
    already; Denied without the right to correct the law.
    """
    require(by.may("correct", "law", None), _("Ông/bà không có quyền thay đổi quy tắc."))
    point = OpenPoint.objects.select_for_update().get(pk=point.pk)
    if point.settled_on is not None:
        raise Refused(_("Vướng mắc này đã được giải đáp."))
    point.answer = _clean_words(
        answer, "answer", _("Hãy ghi giải đáp và văn bản làm căn cứ, không quá %s ký tự.") % LONGEST
    )
    point.settled_on = today()
    point.save(update_fields=["answer", "settled_on"])
    record(by, "open_point.settled", point, key=point.key)
    return point


def _clean_words(text: str, field: str, message: str) -> str:
    words = clean(text)
    if not words or len(words) > LONGEST:
        raise Refused(message, field)
    return words
