"""Texts that say the same in nearly the same words: from one place, within a few days. Slips of the
finger, missing diacritics and words of courtesy are no difference; another place, another number
and a "not" are.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

import numpy as np
from rapidfuzz.distance import OSA, Indel, Levenshtein
from rapidfuzz.process import cdist

from danchu.consultation.courtesy import core_of

WITHIN = timedelta(days=30)
NEAR = 0.6  # texts less like each other are not compared word by word
FRAME, INSERTED = 8, 1  # words that one text has more at an end, and between
LONG_WORD = 5
# Words that turn a sentence round.
TURNING = ("khong", "chua", "chang", "dung", "cam", "tru", "bo")


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
    near = cdist(cores, cores, scorer=Indel.normalized_similarity, score_cutoff=NEAR)
    for one, other in np.argwhere(np.triu(near >= NEAR, 1)).tolist():
        first, second = numbers[one], numbers[other]
        is_soon = abs(texts[first][1] - texts[second][1]) <= WITHIN
        if is_soon and says_the_same(cores[one].split(), cores[other].split()):
            yield first, second


def says_the_same(one: list[str], other: list[str]) -> bool:
    """Whether all words that differ are slips, or a few that one of the two has more."""
    steps = Levenshtein.opcodes(one, other).as_list()
    runs = [
        list(run)
        for is_equal, run in groupby(steps, lambda step: step[0] == "equal")
        if not is_equal
    ]
    return all(_is_slight(one, other, run) for run in runs)


def _is_slight(one, other, run):
    start, end, other_start, other_end = run[0][1], run[-1][2], run[0][3], run[-1][4]
    left, right = one[start:end], other[other_start:other_end]
    if left and right:
        return len(left) == len(right) and all(map(_is_slip, left, right))
    at_an_end = (start, other_start) == (0, 0) or (end, other_end) == (len(one), len(other))
    more = left or right
    short = len(more) <= (FRAME if at_an_end else INSERTED)
    return short and not any(map(_turns, more))


def _turns(word):
    return word.isdigit() or any(_is_slip(word, one) for one in TURNING)


def _is_slip(word, other):
    """Whether one is the other with letters exchanged, or one letter too many or wrong."""
    if word == other:
        return True
    if word.isdigit() or other.isdigit():
        return False
    if Counter(word) == Counter(other):
        return True
    long = len(word) != len(other) or len(word) >= LONG_WORD
    return long and OSA.distance(word, other) <= 1
