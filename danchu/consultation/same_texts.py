"""Sets of texts that say the same: from one place, within a few days."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from danchu.consultation.contradictions import contradicts
from danchu.consultation.courtesy import core_of, words_of
from danchu.consultation.likeness import NEAR, says_the_same
from danchu.consultation.place_texts import PlaceTexts
from danchu.consultation.tiles import is_passed_on

WITHIN = timedelta(days=30)
SHARED = 0.6  # of the words of the shorter of two texts, in the other
AT_ONCE = 500  # texts compared with all others at a time


def alike(texts: Sequence[tuple[int, date, str]]) -> list[list[int]]:
    """Numbers of the texts (place, day, words) that say the same, those alone left out."""
    of_place = defaultdict(list)
    for number, (place, _day, _words) in enumerate(texts):
        of_place[place].append(number)
    parent = list(range(len(texts)))
    for numbers in of_place.values():
        _join_alike(texts, numbers, parent)
    sets = defaultdict(list)
    for number in range(len(texts)):
        sets[_root(parent, number)].append(number)
    return [numbers for numbers in sets.values() if len(numbers) > 1]


def _root(parent, one):
    while parent[one] != one:
        parent[one] = one = parent[parent[one]]
    return one


def _join_alike(texts, numbers, parent):
    """Join the texts of one place that say the same; those joined already are not compared."""
    place = PlaceTexts([texts[number][2] for number in numbers])
    words = [words_of(text) for text in place.mended]
    clauses = place.clauses
    names = place.names
    for one, other, is_near in _worth_reading(place.mended, clauses):
        first, second = numbers[one], numbers[other]
        root, other_root = _root(parent, first), _root(parent, second)
        if root == other_root or abs(texts[first][1] - texts[second][1]) > WITHIN:
            continue
        if not contradicts(clauses[one], clauses[other], names) and (
            (is_near and says_the_same(words[one], words[other]))
            or is_passed_on(clauses[one], clauses[other], names)
        ):
            parent[root] = other_root


def _worth_reading(texts, clauses) -> Iterator[tuple[int, int, bool]]:
    """Pairs of places in `texts` that share letters (then the third is true) or words."""
    cores = [core_of(text) for text in texts]
    incidence = _incidence(clauses)
    lengths = incidence.sum(axis=1)
    for start in range(0, len(texts), AT_ONCE):
        part = slice(start, start + AT_ONCE)
        near = cdist(cores[part], cores, scorer=Indel.normalized_similarity, score_cutoff=NEAR)
        shorter = np.minimum(lengths[part, None], lengths[None, :])
        is_near = near >= NEAR
        is_shared = incidence[part] @ incidence.T >= SHARED * shorter
        for row, other in np.argwhere(is_near | is_shared).tolist():
            if start + row < other:
                yield start + row, other, is_near[row, other]


def _incidence(clauses):
    """Which words (columns) are in which text (rows), as 0 and 1."""
    columns = {}
    for text in clauses:
        for word in text.words:
            columns.setdefault(word, len(columns))
    incidence = np.zeros((len(clauses), len(columns)), dtype=np.float32)
    for row, text in enumerate(clauses):
        incidence[row, [columns[word] for word in text.words]] = 1
    return incidence
