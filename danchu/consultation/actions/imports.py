"""Many opinions on paper, from a table."""

from typing import BinaryIO
from uuid import uuid4

from django.db import transaction

from danchu.consultation.input.opinion_list import may_write_some, read_opinions
from danchu.consultation.models import Consultation, Opinion
from danchu.consultation.voices import OPINION_LIFE
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import require
from danchu.register.imports.tables import check_outcome
from danchu.subjects.writes import next_number


@transaction.atomic
def import_opinions(file: BinaryIO, name: str, *, by: Acting, token: str) -> int:
    """Write down all opinions of a table (CSV, XLSX), exactly as previewed. Returns how many were
    new. Refused, and nothing written, when a cell is bad or the outcome differs from the preview
    that `token` identifies; Denied without the right.
    """
    require(may_write_some(by), OPINION_LIFE.no_right)
    first = {row["consultation"] for row in read_opinions(file, name, by).new}
    rows = Consultation.objects.filter(pk__in=first).order_by("pk")
    consultations = {one.pk: one for one in rows.select_for_update(no_key=True)}
    outcome = read_opinions(file, name, by)
    check_outcome(outcome, token)
    numbers = {pk: next_number(one.opinions) for pk, one in consultations.items()}
    moment = now()
    opinions = []
    for row in outcome.new:
        consultation = consultations[row["consultation"]]
        named = {f"{key}_id": row[key] for key in ("consultation", "content", "village")}
        plain = {key: value for key, value in row.items() if f"{key}_id" not in named}
        opinions.append(
            Opinion(
                uid=uuid4(),
                unit_id=consultation.unit_id,
                number=numbers[consultation.pk],
                made_by=by.key,
                made_at=moment,
                **named,
                **plain,
            )
        )
        numbers[consultation.pk] += 1
    Opinion.objects.bulk_create(opinions)
    if opinions:
        record(by, "opinions.imported", None, number=len(opinions))
    return len(opinions)
