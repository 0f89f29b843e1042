"""Loading the matters of the product; those an installation changed or added stay as they are."""

import tomllib
from pathlib import Path

from django.db import transaction

from danchu.casework.models import Matter
from danchu.journal.actions import record
from danchu.kernel.refusals import require

SOURCE = Path(__file__).with_name("sources") / "matters.toml"


@transaction.atomic
def load_matters(*, by):
    """Create the matters that are not there yet. Returns how many there were. Denied without the
    right.
    """
    require(by.may("correct", "law", None))
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["matter"]
    keys = set(Matter.objects.values_list("key", flat=True))
    matters = [Matter(**row) for row in rows if row["key"] not in keys]
    Matter.objects.bulk_create(matters)
    if matters:
        record(by, "matters.loaded", None, number=len(matters))
    return len(matters)
