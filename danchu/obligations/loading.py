"""Loads the default table of escalations into an installation that has none."""

import tomllib
from pathlib import Path

from django.db import transaction

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require
from danchu.obligations.models import Escalation

SOURCE = Path(__file__).with_name("escalations.toml")


@transaction.atomic
def load_escalations(*, by: Acting) -> int:
    """Create the rows of escalations.toml; returns their number, 0 when the table is not empty."""
    require(by.may("correct", "law", None))
    if Escalation.objects.exists():
        return 0
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["escalation"]
    Escalation.objects.bulk_create(Escalation(**row) for row in rows)
    record(by, "escalations.loaded", None, number=len(rows))
    return len(rows)
