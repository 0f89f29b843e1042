"""Topics of many free texts in Vietnamese: which say the same, and which speak of the same matter.
Nothing is asked of a service, and nothing is left to chance.

Texts are compared by sequences of letters, so that a slip of the finger and a missing diacritic
change little. Sequences weigh by how few texts have them (TF-IDF); the directions in which texts
differ most (SVD) put words that go together at one place.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from danchu.consultation.courtesy import core_of

SHORTEST, LONGEST = 3, 5  # letters of a sequence
RARE, COMMON = 2, 0.4  # in fewer texts, or in more of them, a sequence tells nothing
DIRECTIONS, ROUNDS = 16, 6
MOST_TOPICS, RUNS, MOVES = 12, 6, 12
SAMPLE = 800
FEWEST_TEXTS = 50
WORDS_OF_TOPIC = 6
TINY = 1e-12


@dataclass(frozen=True)
class Topic:
    """Places of the texts of one topic, the most typical first, and the words that set it apart."""

    texts: tuple[int, ...]
    words: tuple[str, ...]


def topics_of(texts: Sequence[str]) -> tuple[Topic, ...]:
    """The topics, largest first; none of fewer than FEWEST_TEXTS texts."""
    if len(texts) < FEWEST_TEXTS:
        return ()
    where = _places([core_of(text) for text in texts])
    best = _topics(where)
    if best is None:
        return ()
    labels, near = best
    topics = []
    for number in sorted(set(labels.tolist())):
        members = np.flatnonzero(labels == number)
        members = members[np.argsort(-near[members], kind="stable")]
        topics.append(Topic(tuple(members.tolist()), _words(texts, labels == number)))
    return tuple(sorted(topics, key=lambda topic: (-len(topic.texts), topic.texts)))


def _sequences(text):
    """How often each sequence of letters is in the text."""
    padded = f" {text} "
    return Counter(
        padded[at : at + size]
        for size in range(SHORTEST, LONGEST + 1)
        for at in range(len(padded) - size + 1)
    )


def _places(texts):
    """For each text its place along the directions in which texts differ most, of length 1."""
    counts = [_sequences(text) for text in texts]
    texts_with = Counter(one for count in counts for one in count)
    most = max(RARE, COMMON * len(texts))
    sequences = sorted(one for one, number in texts_with.items() if RARE <= number <= most)
    number_of = {one: place for place, one in enumerate(sequences)}
    if not sequences:
        return np.zeros((len(texts), 0))
    row, column, weight = [], [], []
    for place, count in enumerate(counts):
        for one, number in count.items():
            if one in number_of:
                row.append(place)
                column.append(number_of[one])
                weight.append((1 + np.log(number)) * np.log(len(texts) / texts_with[one]))
    row = np.array(row, int)
    column = np.array(column, int)
    weight = np.array(weight)
    length = np.sqrt(np.bincount(row, weight**2, len(texts)))
    weight = weight / np.maximum(length[row], TINY)
    return _along(row, column, weight, (len(texts), len(number_of)))


def _along(row, column, weight, size):
    """The table of these weights (texts × sequences) along its strongest directions."""
    chance = Random(1)
    directions = min(DIRECTIONS, *size)
    places = np.array([[chance.gauss(0, 1) for _ in range(directions)] for _ in range(size[0])])
    for _round in range(ROUNDS):
        back = _sums(column, row, weight, np.linalg.qr(places)[0], size[1])
        places = _sums(row, column, weight, np.linalg.qr(back)[0], size[0])
    turned, lengths, _directions = np.linalg.svd(places, full_matrices=False)
    return turned * lengths


def _sums(into, out, weight, values, number):
    """For each of `number` rows the weighed sum of the values it points to."""
    return np.stack([np.bincount(into, weight * one[out], number) for one in values.T], axis=1)


def _topics(where):
    """(the topic of each text, how near it is to the middle of it) for the number of topics, with
    as many directions, that lie farthest apart; None where texts do not differ.
    """
    best = None
    for number in range(2, min(MOST_TOPICS, where.shape[1], len(where) // 3) + 1):
        part = _of_length_1(where[:, :number])
        chance = Random(number)
        runs = [_parted(part, number, chance) for _run in range(RUNS)]
        _sum, labels, near = max(runs, key=lambda run: run[0])
        apart = _apart(part, labels) * (1 - 1 / number**2)  # few directions part too neatly
        if len(set(labels.tolist())) == number and (best is None or apart > best[0]):
            best = (apart, labels, near)
    return best and best[1:]


def _of_length_1(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), TINY)


def _parted(where, number, chance):
    """(how near texts are to the middle of their topics together, their topics, how near each)."""
    centres = where[[chance.randrange(len(where))]]
    while len(centres) < number:
        far = 1 - (where @ centres.T).max(axis=1).clip(max=1) + TINY
        [next_one] = chance.choices(range(len(where)), weights=far.tolist())
        centres = np.vstack([centres, where[next_one]])
    for _move in range(MOVES):
        labels = (where @ centres.T).argmax(axis=1)
        sums = np.array([where[labels == one].sum(axis=0) for one in range(number)])
        centres = _of_length_1(sums)
    near = where @ centres.T
    return near.max(axis=1).sum(), near.argmax(axis=1), near.max(axis=1)


def _apart(where, labels):
    """How far topics lie apart, -1 to 1: the silhouette of a sample of the texts."""
    chosen = slice(None, None, max(1, len(where) // SAMPLE))
    far = 1 - where[chosen] @ where[chosen].T
    own = labels[chosen]
    names = sorted(set(own.tolist()))
    members = np.array([own == one for one in names])
    sums = far @ members.T
    sizes = members.sum(axis=1)
    at = np.searchsorted(names, own)
    rows = np.arange(len(own))
    inside = sums[rows, at] / np.maximum(sizes[at] - 1, 1)
    others = sums / sizes
    others[rows, at] = np.inf
    outside = others.min(axis=1)
    score = (outside - inside) / np.maximum(np.maximum(inside, outside), TINY)
    return np.where(sizes[at] > 1, score, 0).mean()


def _words(texts, chosen):
    """Pairs of syllables that are much commoner in the chosen texts than in the others."""
    inside, outside = Counter(), Counter()
    for text, is_chosen in zip(texts, chosen.tolist(), strict=True):
        syllables = re.findall(r"\w+", text.casefold())
        pairs = {" ".join(pair) for pair in zip(syllables, syllables[1:], strict=False)}
        (inside if is_chosen else outside).update(pairs)
    most = np.count_nonzero(chosen)
    rest = np.count_nonzero(~chosen)
    strength = {
        pair: number / most * np.log((number + 1) / most * (rest + 1) / (outside[pair] + 1))
        for pair, number in inside.items()
        if number >= RARE
    }
    ranked = sorted(strength, key=lambda pair: (-strength[pair], pair))
    return tuple(ranked[:WORDS_OF_TOPIC])
