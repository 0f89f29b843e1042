"""Sets of texts that say the same: from one place, within a few days."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from danchu.consultation.courtesy import core_of, words_of
from danchu.consultation.likeness import NEAR, says_the_same

WITHIN = timedelta(days=30)


def alike(texts: Sequence[tuple[int, date, str]]) -> list[list[int]]:
    """Numbers of the texts (place, day, words) that say the same, those alone left out."""
    of_place = defaultdict(list)
    for number, (place, _day, _words) in enumerate(texts):
        of_place[place].append(number)
    parent = list(range(len(texts)))
    for numbers in of_place.values():
        for one, other in _pairs(texts, numbers):
            parent[_root(parent, one)] = _root(parent, other)
    sets = defaultdict(list)
    for number in range(len(texts)):
        sets[_root(parent, number)].append(number)
    return [numbers for numbers in sets.values() if len(numbers) > 1]


def _root(parent, one):
    while parent[one] != one:
        parent[one] = one = parent[parent[one]]
    return one


def _pairs(texts, numbers):
    """Pairs of numbers of texts of one place that say the same."""
    cores = [core_of(texts[number][2]) for number in numbers]
    words = [words_of(texts[number][2]) for number in numbers]
    near = cdist(cores, cores, scorer=Indel.normalized_similarity, score_cutoff=NEAR)
    for one, other in np.argwhere(np.triu(near >= NEAR, 1)).tolist():
        first, second = numbers[one], numbers[other]
        is_soon = abs(texts[first][1] - texts[second][1]) <= WITHIN
        if is_soon and says_the_same(words[one], words[other]):
            yield first, second
