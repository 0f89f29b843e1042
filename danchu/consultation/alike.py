"""Texts that say nearly the same, whatever marks, letters and small words differ: by the runs of
three letters that they share. Pure.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TypeVar

from danchu.kernel.text import fold

RUN = 3
# The share of common runs from which two texts are nearly the same, and from which one is worth
# reading before the other is sent.
NEAR = 0.75
WORTH_READING = 0.6
# The newest texts that a page compares; each takes some fifty microseconds.
MOST_COMPARED = 1_000
# Shorter texts are alike by chance.
FEWEST_LETTERS = 8

Key = TypeVar("Key")


def runs_of(text: str) -> Counter[str]:
    """How often each run of three letters stands in the text, marks and case left out."""
    letters = f" {' '.join(fold(text).split())} "
    return Counter(letters[place : place + RUN] for place in range(len(letters) - RUN + 1))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of runs that two texts have in common, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def near_ones(text: str, texts: Iterable[tuple[Key, str]], near: float = NEAR) -> list[Key]:
    """The keys of the texts that say nearly the same, the nearest first."""
    if len(fold(text)) < FEWEST_LETTERS:
        return []
    runs = runs_of(text)
    rated: list[tuple[float, Key]] = []
    for key, other in texts:
        if _may_be_near(len(text), len(other), near):
            share = likeness(runs, runs_of(other))
            if share >= near:
                rated.append((share, key))
    rated.sort(key=lambda pair: -pair[0])
    return [key for _share, key in rated]


def _may_be_near(one: int, other: int, near: float) -> bool:
    """Whether two texts of these lengths can be alike at all: a much longer one is another."""
    small, large = sorted((one, other))
    return 2 * small >= near * (small + large) - 4
