"""Which totals are published together, worked out from numbers alone; and the array of the lookup
`among`. No database is asked.
"""

from fractions import Fraction

import pytest

from danchu.figures.among import Among, Ids, array
from danchu.figures.suppression import SMALLEST_SHOWN, Tree, safe_parts, safe_totals

PROVINCES = Tree("all", {"a": (), "b": (), "c": ()})
COMMUNES = Tree("all", {"a": ("a1", "a2", "a3")})


def test_a_count_is_published_from_five_on():
    assert SMALLEST_SHOWN == 5
    assert safe_totals(PROVINCES, {"all": 13, "a": 5, "b": 4, "c": 4}) == {
        "a": 5,
        "all": 13,
    }
    assert safe_totals(PROVINCES, {}) == {}


@pytest.mark.parametrize(
    ("totals", "shown"),
    [
        # What is left for the provinces without a number and the nation's own rows is too small.
        ({"all": 30, "a": 20, "b": 10}, {"a", "b"}),
        ({"all": 34, "a": 20, "b": 10, "c": 4}, {"a", "b"}),
        ({"all": 35, "a": 20, "b": 10, "c": 4}, {"a", "b", "all"}),
        # Where every province has one, only the nation's own rows would be left.
        ({"all": 50, "a": 20, "b": 10, "c": 10}, {"a", "b", "c"}),
    ],
)
def test_the_nation_is_published_beside_enough_that_is_not(totals, shown):
    assert safe_totals(PROVINCES, totals).keys() == shown


@pytest.mark.parametrize(
    ("communes", "own", "shown"),
    [
        ((9, 8, 7), 0, {"a2", "a1"}),
        ((9, 8, 7), 5, {"a1", "a2"}),
        ((9, 8, 2), 3, {"a1", "a2"}),
        ((9, 8, 2), 0, {"a1"}),
        ((2, 1, 2), 0, set()),
    ],
)
def test_the_smallest_communes_are_left_out_until_enough_is_open(communes, own, shown):
    totals = dict(zip(("a1", "a2", "a3"), communes, strict=True))
    totals["a"] = sum(communes) + own
    assert safe_totals(COMMUNES, totals).keys() - {"a"} == shown
    assert "a" in safe_totals(COMMUNES, totals)


def parts(*by_province):
    """The totals of two parts, from (first, second) of each province, then of the nation itself."""
    both = []
    for at in range(2):
        values = [pair[at] for pair in by_province]
        both.append({**dict(zip("abc", values, strict=False)), "all": sum(values)})
    return both


@pytest.mark.parametrize(
    ("by_province", "shown"),
    [
        (((9, 8), (7, 6), (1, 1)), {"a", "b"}),
        (((9, 4), (7, 6), (1, 1)), {"b"}),
        (((9, 0), (7, 0), (1, 0)), set()),
        (((9, 8), (3, 2), (4, 4)), {"a"}),
        (((9, 8), (1, 3), (4, 2)), {"a"}),
        (((9, 8), (1, 3), (2, 2), (4, 4)), {"a", "all"}),
    ],
)
def test_a_breakdown_is_published_whole_where_each_part_is_large(by_province, shown):
    both = parts(*by_province)
    totals = {place: both[0][place] + both[1][place] for place in both[0]}
    breakdowns = safe_parts(PROVINCES, totals, safe_totals(PROVINCES, totals), both)
    assert breakdowns.keys() == shown
    assert all(values == [part[place] for part in both] for place, values in breakdowns.items())


def test_what_is_in_no_part_is_a_part_too():
    both = [{"a": Fraction(9)}, {"a": Fraction(9)}]
    for rest, shown in ((0, {"a"}), (1, set()), (4, set()), (5, {"a"})):
        totals = {"a": Fraction(18 + rest)}
        assert safe_parts(PROVINCES, totals, totals, both).keys() == shown


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
