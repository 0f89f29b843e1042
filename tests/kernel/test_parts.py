"""How much of a divided unit counts where: compared with every division of what was left open."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.parts import ALL, NOTHING, Part, combined

HALF = Fraction(1, 2)
GROUPS = ("a", "b", "c")
PARTS = (NOTHING, ALL, Part(0, 1), Part(HALF, 0), Part(HALF, HALF), Part(0, HALF))
pieces_of_three = st.dictionaries(st.sampled_from(GROUPS), st.sampled_from(PARTS), min_size=1)
shares = st.sampled_from((None, None, Fraction(1, 4), HALF))


def divisions(pieces):
    """The share of each piece, in every division that gives all that was left open to one."""
    rest = 1 - sum(share for _parts, share in pieces if share is not None)
    open_pieces = [number for number, (_parts, share) in enumerate(pieces) if share is None]
    for receiver in open_pieces or [None]:
        yield [
            (rest if number == receiver else 0) if share is None else share
            for number, (_parts, share) in enumerate(pieces)
        ]


@given(st.lists(st.tuples(pieces_of_three, shares), min_size=2, max_size=3))
def test_a_group_gets_what_every_division_gives_and_at_most_what_one_does(pieces):
    agreed = sum(share for _parts, share in pieces if share is not None)
    if agreed > 1:
        return
    result = combined(pieces)
    for group in GROUPS:
        had = [parts.get(group, NOTHING) for parts, _share in pieces]
        low = min(
            sum(s * p.certain for s, p in zip(row, had, strict=True)) for row in divisions(pieces)
        )
        high = max(
            sum(s * (p.certain + p.open) for s, p in zip(row, had, strict=True))
            for row in divisions(pieces)
        )
        part = result.get(group, NOTHING)
        assert (part.certain, part.certain + part.open) == (low, high), group
        assert (group in result) == bool(high)


def test_what_lies_in_a_piece_that_nothing_is_left_for_counts_nowhere():
    """Two pieces share all of it by agreement; the third has no share and nothing is left."""
    pieces = [({"a": ALL}, HALF), ({"b": ALL}, HALF), ({"c": ALL}, None)]
    assert combined(pieces) == {"a": Part(HALF, 0), "b": Part(HALF, 0)}


def test_one_piece_is_the_whole():
    for certain, left in product((0, HALF), (0, HALF)):
        assert combined([({"a": Part(certain, left)}, None)]) == {"a": Part(certain, left)}
