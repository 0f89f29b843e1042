"""Many texts that were sent without an account, let in or hidden together."""

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.consultation.lives import CONSULTATION_LIFE
from danchu.consultation.models import Consultation
from danchu.consultation.numbered import numbers_in, spans_of
from danchu.consultation.voices import OpinionState
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, all_refusals
from danchu.subjects.texts import reason_of


class Verdict(models.TextChoices):
    ADMIT = "admit", gettext_lazy("Cho hiện và được trả lời")
    HIDE = "hide", gettext_lazy("Ẩn, có lý do cho người gửi đọc")


@transaction.atomic
def moderate_opinions(
    consultation: Consultation, *, by: Acting, numbers: str, verdict: str, reason: str = ""
) -> Consultation:
    """Let in the texts of these numbers ("1, 4-9") that wait, or hide them with one reason that the
    author of each reads. Refused by field, on "numbers" where any does not wait any more.
    """
    CONSULTATION_LIFE.require(by, "moderate", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "moderate")
    with all_refusals() as rule:
        with rule():
            rows = _waiting_of(consultation, numbers)
        with rule():
            if verdict not in Verdict.values:
                raise Refused(_("Hãy chọn cho hiện hay ẩn."), "verdict")
        with rule():
            reason = reason_of(reason) if verdict == Verdict.HIDE else ""
    state = OpinionState.HIDDEN if verdict == Verdict.HIDE else OpinionState.COUNTED
    number = rows.update(state=state, reason=reason)
    record(
        by,
        "consultation.moderated",
        consultation,
        unit=consultation.unit_id,
        number=number,
        verdict=verdict,
    )
    return consultation


def _waiting_of(consultation, text):
    """The texts of these numbers that wait, locked."""
    numbers = numbers_in(text, "numbers")
    rows = consultation.opinions.waiting().filter(number__in=numbers)
    there = set(rows.select_for_update().values_list("number", flat=True))
    if numbers - there:
        missing = spans_of(numbers - there)
        raise Refused(_("Không còn chờ duyệt: ý kiến số %s.") % missing, "numbers")
    return rows
