"""What opinions were answered: accepted, partly or not, and why; one answer may serve many."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.consultation.lives import CONSULTATION_LIFE
from danchu.consultation.models import Answer, Consultation, Opinion
from danchu.consultation.numbered import numbers_in
from danchu.consultation.voices import OPINION_LIFE, Result
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals
from danchu.subjects.texts import content_of, line_of

LONGEST_ANSWER = 5000


@transaction.atomic
def answer_opinions(
    consultation: Consultation,
    *,
    by: Acting,
    on: date,
    numbers: str,
    result: str,
    text: str,
    traced: str = "",
) -> Consultation:
    """One answer to the opinions of these numbers ("1, 4-9"); it takes the place of an answer that
    one of them had. What is accepted says where in the final text it is seen. Refused by field.
    """
    CONSULTATION_LIFE.require(by, "answer", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "answer")
    with all_refusals() as rule:
        with rule():
            opinions = _opinions_of(consultation, numbers)
        with rule():
            fields = _checked(consultation, on, result, text, traced)
    _write(consultation, opinions, by, fields)
    record(
        by,
        "consultation.answered",
        consultation,
        unit=consultation.unit_id,
        number=len(opinions),
        result=result,
    )
    return consultation


@transaction.atomic
def answer_opinion(
    opinion: Opinion, *, by: Acting, on: date, result: str, text: str, traced: str = ""
) -> Opinion:
    """The answer to one opinion, as `answer_opinions`."""
    OPINION_LIFE.require(by, "answer", opinion)
    consultation = CONSULTATION_LIFE.hold(opinion.consultation, "answer")
    opinion = OPINION_LIFE.hold(opinion, "answer")
    if opinion.parent_id is not None:
        raise Refused(_("Đây là lời trao đổi dưới một ý kiến: trả lời ở ý kiến ấy."))
    _write(consultation, [opinion], by, _checked(consultation, on, result, text, traced))
    record(by, "opinion.answered", opinion, unit=opinion.unit_id, result=result)
    opinion.refresh_from_db()
    return opinion


def _checked(consultation, on, result, text, traced):
    """The columns of the answer. Refused by field."""
    with all_refusals() as rule:
        with rule():
            check_day(on, consultation.opened_on, "on")
        if result not in Result.values:
            with rule():
                raise Refused(_("Hãy chọn tiếp thu hay không."), "result")
        with rule():
            text = content_of(text, "text", LONGEST_ANSWER)
        with rule():
            where = "" if result == Result.DECLINED else _("Hãy ghi tiếp thu ở đâu trong văn bản.")
            traced = line_of(traced, "traced", 300, where)
    return {"result": result, "text": text, "traced": traced, "answered_on": on}


def _write(consultation, opinions, by, fields):
    answer = Answer.objects.create(
        consultation=consultation, made_by=by.key, made_at=now(), **fields
    )
    rows = Opinion.objects.filter(pk__in=[one.pk for one in opinions])
    rows.update(answer=answer, result=answer.result)


def _opinions_of(consultation, text):
    """The counted opinions of these numbers, locked."""
    numbers = numbers_in(text, "numbers")
    rows = consultation.opinions.opinions().filter(number__in=numbers)
    opinions = list(rows.select_for_update())
    missing = sorted(numbers - {one.number for one in opinions})
    if missing:
        raise Refused(_("Không có ý kiến số %s đang được tính.") % missing[0], "numbers")
    return opinions
