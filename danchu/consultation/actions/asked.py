"""How many people there are of each group, to see who is missing."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.consultation.lives import CONSULTATION_LIFE
from danchu.consultation.models import Consultation
from danchu.consultation.participation import KINDS
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused

MOST = 1_000_000


@transaction.atomic
def count_asked(consultation: Consultation, *, by: Acting, **people: int) -> Consultation:
    """Write down how many people of each sex, age and kind of household there are; 0 where nobody
    knows. Of the villages the roll of households says it.
    """
    CONSULTATION_LIFE.require(by, "count_asked", consultation)
    consultation = CONSULTATION_LIFE.hold(consultation, "count_asked")
    keys = [key for words in KINDS.values() for key in words.values]
    for key in keys:
        if not 0 <= people.get(key, 0) <= MOST:
            raise Refused(_("Hãy ghi số người, nhiều nhất 1.000.000."), key)
    consultation.asked = {key: people[key] for key in keys if people.get(key)}
    consultation.save(update_fields=["asked"])
    record(by, "consultation.asked", consultation, unit=consultation.unit_id)
    return consultation
