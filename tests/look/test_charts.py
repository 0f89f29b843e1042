"""Geometry of charts and of the map."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.look import charts
from danchu.look import map as places

numbers = st.one_of(st.integers(0, 10**12), st.fractions(0, 10**6, max_denominator=1000))


@given(st.lists(numbers, min_size=1, max_size=30), st.booleans())
def test_an_axis_holds_every_value_between_few_even_marks(values, zero):
    low, high, marks = charts.scale(values, zero=zero)
    assert low <= min(values) and max(values) <= high
    assert 2 <= len(marks) <= 7
    assert len({b - a for a, b in zip(marks, marks[1:], strict=False)}) == 1
    assert not zero or low == 0


@pytest.mark.parametrize("most", [1, 2, 3, 7, 9, 10, 86, 12_567])
def test_an_axis_of_things_that_are_counted_has_no_mark_of_half_a_thing(most):
    _low, high, marks = charts.scale([0, most])
    assert high >= most and all(Fraction(mark).denominator == 1 for mark in marks)


@given(st.lists(st.one_of(st.none(), numbers), min_size=1, max_size=15))
def test_higher_values_stand_higher_and_gaps_stay_gaps(values):
    line = charts.line_chart([("a", [(str(i), v) for i, v in enumerate(values)])]).lines[0]
    assert [point.y is None for point in line.points] == [value is None for value in values]
    known = sorted((p for p in line.points if p.y is not None), key=lambda p: p.value)
    assert [p.y for p in known] == sorted((p.y for p in known), reverse=True)
    assert all(charts.TOP - 1 <= p.y <= charts.HEIGHT - charts.BOTTOM + 1 for p in known)


def test_bars_are_shares_of_the_greatest():
    assert charts.bars([("a", 200), ("b", Fraction(50)), ("c", None)]) == [
        ("a", 200, "", 100.0),
        ("b", Fraction(50), "", 25.0),
        ("c", None, "", 0),
    ]


def test_a_single_value_makes_no_trend():
    assert charts.spark([5, None]) is None
    assert charts.spark([0, 10])["y"] == 4


def test_both_archipelagos_stand_on_every_map():
    for country in (None, [(21.0, 105.8)]):
        drawn = places.draw([], [(21.0, 105.8), (21.1, 105.9)], country)
        assert drawn["isles"]["hoang_sa"].count("M") == len(places.HOANG_SA)
        assert drawn["isles"]["truong_sa"].count("M") == len(places.TRUONG_SA)


def test_the_map_of_a_coastal_province_keeps_its_mainland_large():
    frame = places.close_frame([(16.0, 108.2), (16.1, 108.1), (16.57, 112.1)])
    x, y = frame.at(16.0, 108.2)
    assert 0 < x < frame.width and 0 < y < frame.height
    assert frame.at(16.57, 112.1)[0] > frame.width
