"""The engine against a clock that walks day by day."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from danchu.law.calendar import Calendar, SpecialDay
from danchu.law.deadline import due
from danchu.law.rule import Rule

DAY = timedelta(days=1)
days = st.dates(date(2023, 1, 1), date(2026, 12, 31))
kinds = st.sampled_from(["holiday", "swapped_off", "make_up"])
calendars = st.dictionaries(days, kinds, max_size=40).map(
    lambda marks: Calendar(
        [SpecialDay(day, kind, "ngày") for day, kind in marks.items()], years=range(2020, 2031)
    )
)


def rule(value, unit, sense):
    return Rule(
        "a", "a", "a", sense, Fraction(value), unit, "", "", date(2000, 1, 1), None, "verified"
    )


def works(calendar, day):
    mark = calendar.special_days.get(day)
    return mark.kind == "make_up" if mark else day.weekday() not in (5, 6)


def walk(calendar, day, number, step):
    """Day by day until `number` working days were met."""
    while number:
        day += step
        number -= works(calendar, day)
    return day


@given(calendars, days, st.integers(1, 60))
def test_working_days_after_and_before_agree_with_a_walk(calendar, event, number):
    assert due(rule(number, "working_day", "within"), event, calendar).day == walk(
        calendar, event, number, DAY
    )
    assert due(rule(number, "working_day", "before"), event, calendar).day == walk(
        calendar, event, number, -DAY
    )


@given(calendars, days, st.integers(1, 120))
def test_days_agree_with_a_walk_and_move_only_when_they_are_a_limit(calendar, event, number):
    last = event
    for _ in range(number):
        last += DAY
    assert due(rule(number, "day", "lasting"), event, calendar).day == last
    assert due(rule(number, "day", "through"), event, calendar).day == last
    while not works(calendar, last):
        last += DAY
    assert due(rule(number, "day", "within"), event, calendar).day == last


@given(days, st.integers(1, 24))
def test_months_keep_the_day_or_end_with_the_month(event, number):
    found = due(rule(number, "month", "through"), event, Calendar(years=range(2020, 2031))).day
    assert (found.year * 12 + found.month) - (event.year * 12 + event.month) == number
    assert found.day == event.day or found.day < event.day and (found + DAY).day == 1


@given(calendars, days, days, st.integers(1, 40), st.sampled_from(["day", "working_day"]))
def test_what_happens_later_is_never_due_earlier(calendar, one, other, number, unit):
    assume(one <= other)
    limit = rule(number, unit, "within")
    assert due(limit, one, calendar).day <= due(limit, other, calendar).day
