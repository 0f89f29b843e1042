"""Days and instants as people type them, and what is refused of them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from danchu.kernel import days
from danchu.kernel.days import (
    Period,
    check_day,
    day_of,
    next_first,
    parse_day,
    parse_instant,
    show_day,
    show_instant,
)
from danchu.kernel.refusals import Denied, Refused, require


@pytest.mark.parametrize("text", ["12/12/2023", " 12-12-2023", "12.12.2023", "2023-12-12"])
def test_a_day_is_read_as_people_write_it(text):
    assert parse_day(text) == date(2023, 12, 12)


@pytest.mark.parametrize("text", ["", "2023", "31/02/2023", "12/13/2023", "01/01/3000", "hôm nay"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(Refused):
        parse_day(text)


@pytest.mark.parametrize(
    "text", ["12/12/2026 08:30", "12/12/2026 8h30", "12/12/2026 8 giờ 30", "2026-12-12T08:30"]
)
def test_an_instant_is_read_in_the_time_of_vietnam(text):
    instant = parse_instant(text)
    assert instant.astimezone(UTC) == datetime(2026, 12, 12, 1, 30, tzinfo=UTC)
    assert show_instant(instant) == "12/12/2026 08:30"


@pytest.mark.parametrize("text", ["12/12/2026", "12/12/2026 24:00", "12/12/2026 08:60", "nay 8h"])
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(Refused):
        parse_instant(text)


def test_the_day_of_an_instant_is_that_of_vietnam():
    assert day_of(datetime(2026, 1, 31, 18, 0, tzinfo=UTC)) == date(2026, 2, 1)


def test_a_day_must_be_one_and_not_too_early_and_not_to_come(monkeypatch):
    monkeypatch.setattr(days, "read_clock", lambda: datetime(2026, 3, 1, tzinfo=UTC))
    check_day(date(2026, 3, 1), date(2026, 3, 1), "on")
    check_day(date(1990, 1, 1), None, "on")
    for day in ("01/03/2026", date(2026, 3, 2), date(2026, 2, 1)):
        with pytest.raises(Refused) as refusal:
            check_day(day, date(2026, 3, 1), "on")
        assert refusal.value.field == "on"


def test_a_day_that_is_too_early_is_refused_in_the_words_of_the_caller():
    with pytest.raises(Refused, match="sau ngày 12/12/2023"):
        check_day(date(2020, 1, 1), date(2023, 12, 12), "on", "sau ngày {since}")


def test_a_period_has_at_least_a_day():
    year = Period.year(2024)
    assert year.last == date(2024, 12, 31)
    assert date(2024, 12, 31) in year
    assert date(2025, 1, 1) not in year
    assert year.covers(Period(date(2024, 2, 1), date(2024, 3, 1)))
    with pytest.raises(Refused):
        Period(date(2024, 1, 1), date(2024, 1, 1))


def test_the_next_first_of_a_month_may_be_the_day_itself():
    assert next_first(date(2024, 12, 1)) == date(2024, 12, 1)
    assert next_first(date(2024, 12, 2)) == date(2025, 1, 1)


def test_a_day_is_shown_with_all_its_digits():
    assert show_day(date(2023, 2, 1)) == "01/02/2023"


def test_the_clock_of_the_machine_runs_in_utc():
    assert abs(datetime.now(UTC) - days.read_clock()) < timedelta(minutes=1)


def test_what_is_not_allowed_is_denied():
    require(True)
    with pytest.raises(Denied, match="không có quyền"):
        require(False, "không có quyền")
