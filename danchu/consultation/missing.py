"""Who is missing from a consultation: those who took part, by village, sex, age and household,
against how many there are. Pure: what is counted comes from `participation`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 5  # fewer people are not named
FEWEST_ASKED = 20  # of fewer no share is told
HALF = 2  # a group takes part too little where its share is less than half of that of all


@dataclass(frozen=True)
class Cell:
    """One group: `total` people or households there are, of which `present` took part; None where
    that is too few to be told, or would tell of another group.
    """

    key: str
    total: int
    present: int | None
    is_missing: bool


def cells_of(total: Mapping[str, int], present: Mapping[str, int]) -> list[Cell]:
    """The groups of one kind (such as the villages), in the order of `total`.

    A group is missing where its share is less than half of the share of all together, in whole
    numbers, and it has FEWEST_ASKED or more. Where exactly one group is too small to be told, the
    next smallest is not told either, so that no difference tells it.
    """
    counts = {key: present.get(key, 0) for key in total}
    hidden = {key for key, number in counts.items() if 0 < number < FEWEST}
    larger = sorted((number, key) for key, number in counts.items() if number and key not in hidden)
    if len(hidden) == 1 and larger:
        hidden.add(larger[0][1])
    everyone, took_part = sum(total.values()), sum(counts.values())
    return [
        Cell(
            key,
            number,
            None if key in hidden else counts[key],
            number >= FEWEST_ASKED and HALF * counts[key] * everyone < took_part * number,
        )
        for key, number in total.items()
    ]
