"""The working days of a calendar, at its edges and where a year was not loaded. No database is
asked.
"""

from datetime import date

import pytest

from danchu.kernel.refusals import Refused
from danchu.law.calendar import FIRST, LAST, Calendar, SpecialDay, days_between


@pytest.fixture
def may():
    """May 2024: Wednesday 1 is a holiday, Monday 6 is off in exchange for Saturday 4."""
    return Calendar(
        [
            SpecialDay(date(2024, 5, 1), "holiday", "Lễ"),
            SpecialDay(date(2024, 5, 6), "swapped_off", "Hoán đổi"),
            SpecialDay(date(2024, 5, 4), "make_up", "Làm bù"),
        ],
        years=[2024],
        version=7,
    )


def test_the_first_working_day_after_before_and_from_a_day(may):
    assert may.version == 7
    assert may.after(date(2024, 4, 30), 1) == date(2024, 5, 2)
    assert may.after(date(2024, 5, 1), 1) == date(2024, 5, 2)
    assert may.after(date(2024, 5, 3), 2) == date(2024, 5, 7)
    assert may.before(date(2024, 5, 2), 1) == date(2024, 4, 30)
    assert may.before(date(2024, 5, 7), 2) == date(2024, 5, 3)
    assert may.on_or_after(date(2024, 5, 4)) == date(2024, 5, 4)
    assert may.on_or_after(date(2024, 5, 5)) == date(2024, 5, 7)


def test_a_day_is_worked_unless_it_is_off(may):
    days = [date(2024, 5, day) for day in range(1, 8)]
    assert [may.is_working(day) for day in days] == [False, True, True, True, False, False, True]
    reasons = ["Lễ", "", "", "", "Chủ nhật", "Hoán đổi", ""]
    assert [may.why_off(day) for day in days] == reasons
    assert may.why_off(date(2024, 5, 11)) == "thứ Bảy"


def test_a_year_that_was_not_loaded_has_the_holidays_with_a_fixed_date_and_no_others(may):
    assert may.is_working(date(2024, 9, 2)), "2024 was loaded without it"
    fixed = [(1, 1), (4, 30), (5, 1), (9, 2)]
    assert [may.is_working(date(2025, *day)) for day in fixed] == [False] * 4
    assert may.why_off(date(2025, 1, 1)) == "Tết Dương lịch"
    for year in (FIRST.year, LAST.year):
        assert not may.is_working(date(year, 1, 1))
    assert may.after(date(2025, 4, 29), 1) == date(2025, 5, 2)


def test_a_span_is_complete_only_when_every_year_it_touches_was_loaded():
    calendar = Calendar(years=[2024, 2025])
    assert calendar.is_complete(date(2024, 1, 1), date(2025, 12, 31))
    assert not calendar.is_complete(date(2023, 12, 31), date(2024, 1, 1))
    assert not calendar.is_complete(date(2025, 12, 31), date(2026, 1, 1))


def test_the_calendar_reaches_from_its_first_working_day_to_its_last():
    calendar = Calendar()
    first = date(1980, 1, 2)  # the 1st is New Year
    last = date(2099, 12, 31)  # a Thursday
    assert calendar.on_or_after(FIRST) == first
    assert calendar.before(date(1980, 1, 3), 1) == first
    assert calendar.after(date(2099, 12, 30), 1) == last
    for refused in (
        lambda: calendar.before(first, 1),
        lambda: calendar.after(last, 1),
        lambda: calendar.on_or_after(date(2100, 1, 1)),
    ):
        with pytest.raises(Refused, match="từ năm 1980 đến năm 2099") as refusal:
            refused()
        assert refusal.value.field == "event"


def test_the_days_between_leave_out_the_first_and_keep_the_last():
    days = [date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1)]
    assert list(days_between(days[0], days[2])) == days[1:]
    assert list(days_between(days[0], days[0])) == []
