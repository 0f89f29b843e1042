"""Individual decisions that burden somebody (article 27): the addressees are told before it is
signed, and what they said is filed with the dossier.
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.consultation.lives import CONSULTATION_LIFE
from danchu.consultation.models import Consultation
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day
from danchu.kernel.refusals import Refused, all_refusals


@transaction.atomic
def tell_addressees(
    consultation: Consultation, *, by: Acting, on: date, people: int
) -> Consultation:
    """The addressees of the decision were told of it and that they may state an opinion; `people`
    is how many. Another telling takes the place of the former one.
    """
    CONSULTATION_LIFE.require(by, "tell", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "tell")
    with all_refusals() as rule:
        with rule():
            check_day(on, consultation.planned_on, "on")
        if not 0 < people <= 1_000_000:
            with rule():
                raise Refused(_("Hãy ghi đã báo cho bao nhiêu người."), "people")
    consultation.told_on = on
    consultation.told_people = people
    consultation.save(update_fields=["told_on", "told_people"])
    record(by, "consultation.told", consultation, unit=consultation.unit_id, people=people)
    return consultation


@transaction.atomic
def file_answers(consultation: Consultation, *, by: Acting, on: date) -> Consultation:
    """What the addressees said, with the answers, was filed with the dossier that is submitted for
    signature.
    """
    CONSULTATION_LIFE.require(by, "file", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "file")
    check_day(on, consultation.summarised_on, "on")
    consultation.filed_on = on
    consultation.save(update_fields=["filed_on"])
    record(by, "consultation.filed", consultation, unit=consultation.unit_id, on=on.isoformat())
    return consultation
