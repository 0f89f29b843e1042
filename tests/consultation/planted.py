"""Votes of people whose groups are known, made without anything of the room."""

from collections import Counter
from math import comb
from random import Random

SIZES = (0.5, 0.3, 0.2)
# About so many statements are asked first.
FIRST = 100


def planted(people, statements, votes, groups=3, seed=7, in_order=False):
    """(votes, the group of each person): three statements of four divide the groups, some people
    vote much more than others, and one vote of eight is a pass. `in_order`: everybody is asked the
    same statements first, and about as much.
    """
    chance = Random(seed)
    group_of = chance.choices(range(groups), weights=SIZES[:groups], k=people)
    agreeing = [_agreeing(chance, groups) for _statement in range(statements)]
    eager = [chance.lognormvariate(0, 0.3 if in_order else 0.7) for _person in range(people)]
    if in_order:
        seen = [(FIRST + place) ** -2 for place in range(statements)]
    else:
        seen = [chance.lognormvariate(0, 0.8) for _statement in range(statements)]
    drawn = votes * 6 if in_order else votes * 5 // 4
    pairs = zip(
        chance.choices(range(people), weights=eager, k=drawn),
        chance.choices(range(statements), weights=seen, k=drawn),
        strict=True,
    )
    cast = []
    for person, statement in list(dict.fromkeys(pairs))[:votes]:
        agrees = chance.random() < agreeing[statement][group_of[person]]
        cast.append((person, statement, 0 if chance.random() < 0.12 else 1 if agrees else -1))
    return cast, group_of


def _agreeing(chance, groups):
    """The share of each group that agrees with one statement."""
    if groups == 1 or chance.random() < 0.25:
        return [chance.betavariate(4, 1.5)] * groups
    shares = [chance.choice((0.03, 0.97)) for _group in range(groups)]
    if len(set(shares)) == 1:
        shares[chance.randrange(groups)] = 1 - shares[0]
    return shares


def adjusted_rand(one, other):
    """The adjusted Rand index of two labellings (Hubert and Arabie, 1985)."""
    both = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    first = sum(comb(n, 2) for n in Counter(one).values())
    second = sum(comb(n, 2) for n in Counter(other).values())
    expected = first * second / comb(len(one), 2)
    return (both - expected) / ((first + second) / 2 - expected)
