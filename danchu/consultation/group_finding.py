"""The group of each voter: the few directions in which votes differ most, then everybody put where
their votes are likeliest, until hardly anybody moves. Nothing is left to chance: the same votes
give the same groups.
"""

from operator import itemgetter
from random import Random

import numpy as np

from danchu.consultation.votes import CHOICES, FEWEST_PEOPLE, FEWEST_VOTES

MOST_GROUPS = 5
DIRECTIONS = 4
ROUNDS = 8
MOVES = 8
# Rounds in which the number of groups is chosen, and the share of people whose move is too few for
# another round.
FIRST_MOVES, STEADY = 3, 0.001
SAMPLE = 1000
RUNS = 4
TINY = 1e-12
HELD_BACK = 10  # one vote in so many
GOLDEN = 0.6180339887498949  # steps of this size fall evenly between 0 and 1
SMOOTH = 3.0


def best_groups(table):
    """For each group how likely it votes (statements × choices, as logarithms), for the number of
    groups that tells most of votes held back; None where one group tells as much.
    """
    back = (np.arange(len(table.person)) * GOLDEN) % 1 < 1 / HELD_BACK
    spare = table.part(back)
    others = table.part(~back)
    where = _places(others)
    best = (_likelihood(others, spare, np.zeros(table.people, int), 1), 1, None)
    for number in range(2, MOST_GROUPS + 1):
        labels, _likely = _settled(others, _first_labels(where, number), number, FIRST_MOVES)
        if np.bincount(labels, minlength=number).min() < FEWEST_PEOPLE:
            continue
        likelihood = _likelihood(others, spare, labels, number)
        if likelihood > best[0]:
            best = (likelihood, number, labels)
        elif best[2] is not None:
            break
    _, number, labels = best
    if labels is None:
        return None
    labels, likely = _settled(table, labels, number, MOVES)
    return None if np.bincount(labels, minlength=number).min() < FEWEST_PEOPLE else likely


def _places(table):
    """For each person their place along the directions in which votes differ most."""
    chance = Random(1)
    counts = table.counts()
    voters = counts.sum(axis=1)
    mean = (counts @ CHOICES) / np.maximum(voters, 1)
    off = np.array(CHOICES) - mean[:, None]
    weight_of_people = 1 / np.sqrt(table.votes_of_people() + FEWEST_VOTES)
    weight_of_statements = 1 / (voters + FEWEST_VOTES)
    directions = [
        np.array([chance.gauss(0, 1) for _ in range(table.statements)]) for _ in range(DIRECTIONS)
    ]
    places = []
    for _round in range(ROUNDS):
        places = [
            table.by_person(off * direction[:, None]) * weight_of_people
            for direction in _orthogonal(directions)
        ]
        directions = [
            (table.counts(place * weight_of_people) * off).sum(axis=1) * weight_of_statements
            for place in places
        ]
    return np.stack(places, axis=1)


def _orthogonal(vectors):
    """The vectors made orthogonal to those before them, of length 1 (Gram and Schmidt)."""
    basis = []
    for vector in vectors:
        for other in basis:
            vector = vector - (vector * other).sum() * other
        basis.append(vector / (np.sqrt((vector * vector).sum()) or 1.0))
    return basis


def _first_labels(where, number):
    """Groups to begin with: the best of some runs of k-means on a sample of the places."""
    chance = Random(number)
    sample = where[:: max(1, len(where) // SAMPLE)]
    runs = [_centres(sample, number, chance) for _run in range(RUNS)]
    _far, centres = min(runs, key=itemgetter(0))
    return _far_from(where, centres).argmin(axis=1)


def _centres(sample, number, chance):
    """(how far people are from the centre of their group, the centres)."""
    places = range(len(sample))
    centres = sample[[chance.choice(places)]]
    while len(centres) < number:
        far = _far_from(sample, centres).min(axis=1) + TINY
        centres = np.vstack([centres, sample[chance.choices(places, weights=far.tolist())]])
    for _round in range(MOVES):
        nearest = _far_from(sample, centres).argmin(axis=1)
        centres = np.array(
            [
                sample[nearest == place].mean(axis=0) if (nearest == place).any() else centre
                for place, centre in enumerate(centres)
            ]
        )
    return _far_from(sample, centres).min(axis=1).sum(), centres


def _far_from(where, centres):
    """The squared distance of each place from each centre."""
    return np.stack([((where - centre) ** 2).sum(axis=1) for centre in centres], axis=1)


def _settled(table, labels, number, most):
    """(the labels when hardly anybody moves to where their votes are likelier, or after `most`
    rounds; how likely each group votes, by which they were placed).
    """
    for _round in range(most):
        likely = _likely(table, labels, number)
        moved = placed(table, likely)
        moves = np.count_nonzero(moved != labels)
        labels = moved
        if moves <= STEADY * len(labels):
            break
    return labels, likely


def placed(table, likely):
    """The group in which the votes of each person are likeliest."""
    return np.array([table.by_person(one) for one in likely]).argmax(axis=0)


def _likely(table, labels, number):
    """For each group (statements × choices) the logarithm of the share of that choice, drawn
    towards the share in the whole where few voted.
    """
    whole = _shares(table.counts(), 1 / len(CHOICES))
    return np.log([_shares(one, whole) for one in table.counts_by(labels, number)])


def _shares(counts, prior):
    return (counts + SMOOTH * prior) / (counts.sum(axis=1, keepdims=True) + SMOOTH)


def _likelihood(table, spare, labels, number):
    """How likely the votes that were held back are, as a logarithm."""
    likely = _likely(table, labels, number)
    return likely[labels[spare.person], spare.statement, spare.choice].sum()
