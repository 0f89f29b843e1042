"""Loads the published scores that come with the product."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.figures.models import OutsideScore
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require
from danchu.kernel.text import fold
from danchu.units.models import Standing

SOURCES = Path(__file__).parent / "sources"
PREFIXES = ("tinh ", "thanh pho ")


def _bare(name: str) -> str:
    """The folded name of a province without its kind: "Tỉnh Bắc Ninh" → "bac ninh"."""
    folded = fold(name)
    for prefix in PREFIXES:
        folded = folded.removeprefix(prefix)
    return folded


def _provinces(day: date) -> dict[str, int]:
    """`{folded name: unit id}` of the provinces of a day."""
    standings = Standing.objects.on(day).filter(unit__level="province")
    return {_bare(standing.name): standing.unit_id for standing in standings}


@transaction.atomic
def load_scores(*, by: Acting) -> int:
    """Load the published scores; idempotent. Returns the number of new ones. Denied without the
    right to reorganise units.
    """
    require(by.may("reorganise", "unit", None), _("Ông/bà không có quyền nạp chỉ số."))
    existing = set(OutsideScore.objects.values_list("series", "unit_id", "year"))
    scores: list[OutsideScore] = []
    provinces: dict[int, dict[str, int]] = {}
    for series in ("par_index", "sipas"):
        with open(SOURCES / f"{series}.csv", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                year = int(row["year"])
                if year not in provinces:
                    provinces[year] = _provinces(date(year, 12, 31))
                unit = provinces[year].get(_bare(row["province"]))
                if unit and (series, unit, year) not in existing:
                    existing.add((series, unit, year))
                    scores.append(
                        OutsideScore(
                            series=series,
                            unit_id=unit,
                            year=year,
                            score=row["score"] or None,
                            rank=row["rank"] or None,
                            source=row["source"],
                            status=row["status"],
                            note=row["note"],
                        )
                    )
    OutsideScore.objects.bulk_create(scores)
    if scores:
        record(by, "score.loaded", None, count=len(scores))
    return len(scores)
