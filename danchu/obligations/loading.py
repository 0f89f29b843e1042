"""The escalations that come with the product, where an installation has none of its own."""

import tomllib
from pathlib import Path

from django.db import transaction

from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.obligations.models import Escalation

SOURCE = Path(__file__).with_name("escalations.toml")


@transaction.atomic
def load_escalations(*, by):
    """How many were loaded; none where there are any."""
    require(by.may("correct", "law", None))
    if Escalation.objects.exists():
        return 0
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["escalation"]
    Escalation.objects.bulk_create(Escalation(**row) for row in rows)
    record(by, "escalations.loaded", None, number=len(rows))
    return len(rows)
