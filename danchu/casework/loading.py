"""The matters that come with the product; those an installation changed or added are left alone."""

import tomllib
from pathlib import Path

from django.db import transaction

from danchu.casework.models import Matter
from danchu.journal.actions import record
from danchu.kernel.refusals import require

SOURCE = Path(__file__).with_name("sources") / "matters.toml"


@transaction.atomic
def load_matters(*, by):
    """How many were new."""
    require(by.may("correct", "law", None))
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["matter"]
    known = set(Matter.objects.values_list("key", flat=True))
    fresh = [Matter(**row) for row in rows if row["key"] not in known]
    Matter.objects.bulk_create(fresh)
    if fresh:
        record(by, "matters.loaded", None, number=len(fresh))
    return len(fresh)
