"""How many took part and how many there are, by village, sex, age and household, for the page of
the organiser.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from danchu.consultation.lives import RUNNING
from danchu.consultation.missing import Cell, cells_of
from danchu.consultation.models import Consultation
from danchu.consultation.profiles import Age, Means, Sex
from danchu.decision.models import Household
from danchu.kernel.days import today
from danchu.units.names import names_of
from danchu.units.tree import children_on

KINDS = {"sex": Sex, "age": Age, "means": Means}


@dataclass(frozen=True)
class Group:
    """A cell with its name."""

    word: str
    cell: Cell


def missing_of(consultation: Consultation) -> dict[str, Any]:
    """The context of the page: `kinds` [(kind, [Group])], those of which nobody knows how many
    there are left out; `gaps` the names of the groups that are missing, and `days_left` while it
    is not too late to ask them.
    """
    present = _present(consultation)
    day = consultation.closed_on or consultation.until or today()
    villages = _villages(consultation, day)
    names = names_of({(village, day) for village in villages})
    groups = [
        Group(str(names[int(cell.key), day]), cell)
        for cell in cells_of(
            {str(village): number for village, number in villages.items()}, present["village"]
        )
    ]
    kinds = [("village", groups)] if groups else []
    for kind, words in KINDS.items():
        totals = {
            key: consultation.asked[key] for key in words.values if consultation.asked.get(key)
        }
        cells = cells_of(totals, present[kind])
        if cells:
            kinds.append((kind, [Group(str(words(cell.key).label), cell) for cell in cells]))
    gaps = [group.word for _kind, rows in kinds for group in rows if group.cell.is_missing]
    is_running = consultation.state in RUNNING and consultation.until
    return {
        "kinds": kinds,
        "gaps": gaps,
        "days_left": (consultation.until - today()).days if is_running else None,
    }


def _present(consultation):
    """{kind: {key: people}} of those who took part by an opinion or by votes."""
    present: dict[str, Counter[str]] = {kind: Counter() for kind in ("village", *KINDS)}
    columns = ("village_id", "sex", "age", "means")
    opinions = consultation.opinions.opinions().filter(people__gt=0)
    rows = [*opinions.values_list("people", *columns)]
    rows += [(1, *row) for row in consultation.voters.taking_part().values_list(*columns)]
    for people, *values in rows:
        for kind, value in zip(present, values, strict=True):
            if value:
                present[kind][str(value)] += people
    return present


def _villages(consultation, day):
    """{village: households on the roll of the day} of the villages of the place that have a
    roll.
    """
    there = [one.id for one in children_on(consultation.unit_id, day) if one.level == "village"]
    villages = {village: Household.objects.on_roll(village, day).count() for village in there}
    return {village: number for village, number in villages.items() if number}
