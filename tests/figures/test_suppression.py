"""Which small counts are hidden from the public, worked out from figures alone; and the array of
the lookup `among`. No database is asked.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from danchu.figures import blur
from danchu.figures.among import Among, Ids, array
from danchu.figures.answer import Figure
from danchu.figures.blur import SMALLEST_SHOWN, hidden_units, is_hidden, is_too_small
from danchu.figures.catalogue import Flow, Ratio, Source
from danchu.kernel.days import Period
from danchu.people.actor import Actor

PUBLIC, CLERK = Actor.public(), Actor.system("test")
YEAR, DAY = Period.year(2024), date(2024, 12, 31)
FLOW = Flow("a", "a", "a", Source("a", list, "day", "unit"), sensitive=True)
OPEN = replace(FLOW, sensitive=False)
RATIO = Ratio("r", "r", "r", over=FLOW, under=FLOW)


def figures(*values, indicator=FLOW):
    return [Figure(indicator, unit, YEAR, DAY, value) for unit, value in enumerate(values)]


@pytest.mark.parametrize(
    ("value", "is_small"),
    [(None, False), (0, False), (1, True), (4, True), (5, False), (Fraction(1, 2), True)],
)
def test_a_count_from_one_to_four_is_too_small_for_the_public(value, is_small):
    assert SMALLEST_SHOWN == 5
    assert is_too_small(FLOW, value, PUBLIC) is is_small
    assert not is_too_small(FLOW, value, CLERK)
    assert not is_too_small(OPEN, value, PUBLIC)


@pytest.mark.parametrize(
    ("values", "hidden"),
    [
        ((), set()),
        ((5, 6), set()),
        ((2, 6, 7), {0, 1}),
        ((2, 7, 6), {0, 2}),
        ((2, 3, 7), {0, 1}),
        ((0, 2, 0), {1}),
        ((None, 2, 9), {1, 2}),
        ((9, 8, 4), {1, 2}),
    ],
)
def test_a_single_small_count_takes_the_next_smallest_with_it(values, hidden):
    assert hidden_units(figures(*values), PUBLIC) == hidden
    assert hidden_units(figures(*values), CLERK) == frozenset()
    assert hidden_units(figures(*values, indicator=OPEN), PUBLIC) == frozenset()


def ratios(overs, unders):
    return [
        Figure(RATIO, over.unit_id, YEAR, DAY, Fraction(1), over=over, under=under)
        for over, under in zip(figures(*overs), figures(*unders), strict=True)
    ]


def test_a_ratio_is_hidden_with_either_of_its_sums():
    assert hidden_units(ratios((2, 3, 9), (9, 9, 9)), PUBLIC) == {0, 1}
    assert hidden_units(ratios((9, 9, 9), (9, 3, 2)), PUBLIC) == {1, 2}
    assert hidden_units(ratios((2, 3, 9), (9, 3, 2)), PUBLIC) == {0, 1, 2}


@pytest.fixture
def neighbours(monkeypatch):
    """A function that sets the figures beside the one that is asked about."""

    def set_values(*values):
        monkeypatch.setattr(blur, "_neighbours", lambda figure: figures(*values))

    return set_values


def test_a_figure_is_hidden_by_itself_or_because_of_its_neighbours(neighbours):
    neighbours(2, 6, 7)
    assert [is_hidden(figure, PUBLIC) for figure in figures(2, 6, 7)] == [True, True, False]
    assert [is_hidden(figure, CLERK) for figure in figures(2, 6, 7)] == [False] * 3
    assert not any(is_hidden(figure, PUBLIC) for figure in figures(2, 6, 7, indicator=OPEN))
    neighbours(2, 0, 0)
    assert [is_hidden(figure, PUBLIC) for figure in figures(2, 0, 0)] == [True, False, False]


def test_a_ratio_is_hidden_when_one_of_its_sums_is(neighbours):
    neighbours(9, 9, 9)
    hidden = [is_hidden(ratio, PUBLIC) for ratio in ratios((2, 9, 9), (9, 9, 2))]
    assert hidden == [True, False, True]


class Column:
    """Takes the place of a lookup whose column is compiled already."""

    process_lhs = staticmethod(lambda compiler, connection: ('"unit_id"', ("a",)))
    process_rhs = staticmethod(lambda compiler, connection: ("%s", ("{1,2}",)))


def test_many_ids_are_one_parameter_of_a_query():
    assert array([3, 1, 2]) == Ids("{3,1,2}")
    assert array([]) == Ids("{}")
    assert Among.as_sql(Column(), None, None) == (
        '"unit_id" = ANY(%s::bigint[])',
        ("a", "{1,2}"),
    )
    for value in ([1, 2], Ids("{1,2}")):
        assert Among.get_db_prep_lookup(None, value, None) == ("%s", ("{1,2}",))
