"""The group of each voter: the few directions in which votes differ most, then everybody put where
their votes are likeliest, until hardly anybody moves. Nothing is left to chance: the same votes
give the same groups.
"""

from collections.abc import Sequence
from math import dist, log, sqrt
from operator import itemgetter
from random import Random

from danchu.consultation.votes import CHOICES, FEWEST_PEOPLE, FEWEST_VOTES, Vote

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
SMOOTH = 3.0


Values = dict[int, Sequence[float]]


class _Side:
    """The votes of each row (a person, or a statement) by choice: for one of the choices a function
    that picks what belongs to the voted-on from a list, and sums it.
    """

    def __init__(self, rows: Sequence[Sequence[tuple[int, int]]]) -> None:
        self.degree = [len(row) for row in rows]
        self.picks = {choice: [_picker(row, choice) for row in rows] for choice in CHOICES}

    def sums_of(self, choice: int, values: Sequence[float]) -> list[float]:
        """For each row the sum over its votes of this choice."""
        return [sum(pick(values)) for pick in self.picks[choice]]

    def sums(self, values: Values) -> list[float]:
        """For each row the sum over its votes of the value of what was voted on, by choice."""
        agree, passed, disagree = (self.picks[choice] for choice in CHOICES)
        of_agree, of_pass, of_disagree = (values[choice] for choice in CHOICES)
        return [
            sum(one(of_agree)) + sum(other(of_pass)) + sum(third(of_disagree))
            for one, other, third in zip(agree, passed, disagree, strict=True)
        ]


def _nothing(_values: Sequence[float]) -> tuple[float, ...]:
    return ()


def _picker(row, choice):
    """A function that picks from a list the values at the places of the row with this choice."""
    places = [place for place, vote in row if vote == choice]
    if not places:
        return _nothing
    if len(places) == 1:
        [place] = places
        return lambda values: (values[place],)
    return itemgetter(*places)


class _Table:
    """The votes from both sides, people and statements numbered from 0."""

    def __init__(self, votes: Sequence[Vote], people: int, statements: int) -> None:
        by_person: list[list[tuple[int, int]]] = [[] for _ in range(people)]
        by_statement: list[list[tuple[int, int]]] = [[] for _ in range(statements)]
        for person, statement, vote in votes:
            by_person[person].append((statement, vote))
            by_statement[statement].append((person, vote))
        self.people = _Side(by_person)
        self.statements = _Side(by_statement)
        self.mean = [sum(vote for _, vote in row) / (len(row) or 1) for row in by_statement]


def best_labels(rows, people, statements):
    """The group of each person for the number of groups that tells most of votes held back; None
    where one group tells as much.
    """
    order = list(range(len(rows)))
    Random(len(rows)).shuffle(order)
    back = set(order[: len(rows) // HELD_BACK])
    others = [row for place, row in enumerate(rows) if place not in back]
    spare = [rows[place] for place in sorted(back)]
    table = _Table(others, people, statements)
    where = _places(table)
    best = (_likelihood(table, spare, [0] * people, 1), 1, None)
    for number in range(2, MOST_GROUPS + 1):
        labels = _settled(table, _first_labels(where, number), number, FIRST_MOVES)
        if min(labels.count(group) for group in range(number)) < FEWEST_PEOPLE:
            continue
        likelihood = _likelihood(table, spare, labels, number)
        if likelihood > best[0]:
            best = (likelihood, number, labels)
        elif best[2] is not None:
            break
    _, number, labels = best
    if labels is None:
        return None
    labels = _settled(_Table(rows, people, statements), labels, number, MOVES)
    if min(labels.count(group) for group in range(number)) < FEWEST_PEOPLE:
        return None
    return labels


def _places(table):
    """For each person their place along the directions in which votes differ most."""
    chance = Random(1)
    size = len(table.mean)
    directions = [[chance.gauss(0, 1) for _ in range(size)] for _ in range(DIRECTIONS)]
    weight_of_people = [1 / sqrt(degree + FEWEST_VOTES) for degree in table.people.degree]
    weight_of_statements = [1 / (degree + FEWEST_VOTES) for degree in table.statements.degree]
    places: list[list[float]] = []
    for _round in range(ROUNDS):
        places = []
        for direction in _orthogonal(directions):
            values = {
                choice: [
                    (choice - mean) * one for mean, one in zip(table.mean, direction, strict=True)
                ]
                for choice in CHOICES
            }
            place = table.people.sums(values)
            places.append([one * w for one, w in zip(place, weight_of_people, strict=True)])
        directions = [
            _back(table, place, weight_of_people, weight_of_statements) for place in places
        ]
    return list(zip(*places, strict=True))


def _back(table, place, weight_of_people, weight_of_statements):
    """The direction to which people at these places point."""
    weighed = [one * weight for one, weight in zip(place, weight_of_people, strict=True)]
    parts = zip(*(table.statements.sums_of(choice, weighed) for choice in CHOICES), strict=True)
    return [
        (agree - disagree - mean * (agree + passed + disagree)) * weight
        for (agree, passed, disagree), mean, weight in zip(
            parts, table.mean, weight_of_statements, strict=True
        )
    ]


def _orthogonal(vectors):
    """The vectors made orthogonal to those before them, of length 1 (Gram and Schmidt)."""
    basis: list[list[float]] = []
    for vector in vectors:
        for other in basis:
            along = sum(map(float.__mul__, vector, other))
            vector = [one - along * two for one, two in zip(vector, other, strict=True)]
        length = sqrt(sum(map(float.__mul__, vector, vector))) or 1.0
        basis.append([one / length for one in vector])
    return basis


def _first_labels(where, number):
    """Groups to begin with: the best of some runs of k-means on a sample of the places."""
    chance = Random(number)
    sample = where[:: max(1, len(where) // SAMPLE)]
    runs = [_centres(sample, number, chance) for _run in range(RUNS)]
    _far, centres = min(runs, key=itemgetter(0))
    return [_nearest(one, centres) for one in where]


def _centres(sample, number, chance):
    """(how far people are from the centre of their group, the centres)."""
    centres = [chance.choice(sample)]
    while len(centres) < number:
        far = [min(dist(one, centre) for centre in centres) ** 2 for one in sample]
        centres.append(chance.choices(sample, weights=[one + TINY for one in far])[0])
    for _round in range(MOVES):
        parts = [[] for _ in centres]
        for one in sample:
            parts[_nearest(one, centres)].append(one)
        centres = [
            tuple(sum(axis) / len(part) for axis in zip(*part, strict=True)) if part else centre
            for part, centre in zip(parts, centres, strict=True)
        ]
    return sum(min(dist(one, centre) for centre in centres) ** 2 for one in sample), centres


def _nearest(one, centres):
    far = [dist(one, centre) for centre in centres]
    return far.index(min(far))


def _settled(table, labels, number, most):
    """The labels when hardly anybody moves to where their votes are likelier, or after `most`
    rounds.
    """
    for _round in range(most):
        likely = _likely(table, labels, number)
        scores = [table.people.sums(values) for values in likely]
        moved = [max(range(number), key=one.__getitem__) for one in zip(*scores, strict=True)]
        steady = sum(map(int.__ne__, moved, labels)) <= STEADY * len(labels)
        labels = moved
        if steady:
            break
    return labels


def _likely(table, labels, number):
    """For each group {choice: for each statement the logarithm of the share of that choice}, drawn
    towards the share in the whole where few voted.
    """
    whole = _shares(table, [1.0] * len(labels), None)
    return [
        {
            choice: list(map(log, shares))
            for choice, shares in _shares(
                table, [float(label == group) for label in labels], whole
            ).items()
        }
        for group in range(number)
    ]


def _shares(table, inside, whole):
    """{choice: for each statement the share among those inside}."""
    counts = {choice: table.statements.sums_of(choice, inside) for choice in CHOICES}
    voters = [sum(one) for one in zip(*counts.values(), strict=True)]
    even = [1 / len(CHOICES)] * len(voters)
    return {
        choice: [
            (number + SMOOTH * prior) / (all_of + SMOOTH)
            for number, prior, all_of in zip(
                counts[choice], whole[choice] if whole else even, voters, strict=True
            )
        ]
        for choice in CHOICES
    }


def _likelihood(table, spare, labels, number):
    """How likely the votes that were held back are, as a logarithm."""
    likely = _likely(table, labels, number)
    return sum(likely[labels[person]][vote][statement] for person, statement, vote in spare)
