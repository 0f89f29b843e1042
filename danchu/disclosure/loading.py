"""Loads the catalogue of what must be disclosed; rows that a place changed stay as they are."""

import tomllib
from pathlib import Path

from django.db import transaction

from danchu.disclosure.models import Item, YearlyDuty
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import require

SOURCE = Path(__file__).with_name("sources") / "catalogue.toml"


def catalogue_rows() -> list[dict]:
    """The rows of the source, each with the values of its list."""
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    return [
        {**source["lists"][item["list"]], **{k: v for k, v in item.items() if k != "list"}}
        for item in source["item"]
    ]


@transaction.atomic
def load_catalogue(*, by: Acting) -> int:
    """Create the items whose key has no row yet. Returns how many there were. Denied without the
    right.
    """
    require(by.may("correct", "law", None))
    keys = set(Item.objects.values_list("key", flat=True))
    rows = [row for row in catalogue_rows() if row["key"] not in keys]
    Item.objects.bulk_create(
        Item(text_id=row.pop("text"), made_by=by.key, made_at=now(), **row) for row in rows
    )
    number = len(rows) + _load_yearly()
    if number:
        record(by, "catalogue.loaded", None, number=number)
    return number


def _load_yearly() -> int:
    """Create what is disclosed every year and has no row yet; how many."""
    keys = set(YearlyDuty.objects.values_list("key", flat=True))
    source = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    rows = [row for row in source["yearly"] if row["key"] not in keys]
    YearlyDuty.objects.bulk_create(YearlyDuty(text_id=row.pop("text"), **row) for row in rows)
    return len(rows)
