"""Numbers, years, days and instants that come from outside: a bounded value, or a refusal."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.addresses import number_in, uid_in, year_in
from danchu.kernel.days import LAST_YEAR, day_of, parse_day, parse_instant, parse_machine_instant
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused

LONG = st.integers(1, 6000).map("9".__mul__)
SIGNED = st.builds("".join, st.lists(st.sampled_from("0123456789.,-+ :TZ/²٣"), max_size=60))
TYPED = st.one_of(
    LONG,
    SIGNED,
    st.text(max_size=40),
    st.builds("{}.{}".format, LONG, LONG),
    st.integers(1, 2000).map(lambda n: "1" + ".000" * n),
    st.integers(1, 5000).map(lambda n: "1," + "0" * n),
    st.datetimes().map(datetime.isoformat),
    st.builds(
        "{}{}".format,
        st.datetimes().map(datetime.isoformat),
        st.sampled_from(["Z", "+14:00", "-14:00", " 07:00", "+23:59", "-23:59"]),
    ),
    st.dates().map(str),
)


@pytest.mark.case("SE-L1", "FA27")
@given(TYPED)
def test_what_is_read_from_outside_is_bounded_or_refused(text):
    number = number_in(text)
    assert number is None or 0 <= number < 10**18
    year = year_in(text, 1900, 2100)
    assert year is None or 1900 <= year <= 2100
    uid_in(text)
    for read, is_bounded in (
        (parse_count, lambda value: 0 <= value < 10**15),
        (parse_day, lambda value: 1 <= value.year <= LAST_YEAR),
        (parse_instant, lambda value: 1 <= value.astimezone(UTC).year <= LAST_YEAR),
        (parse_machine_instant, lambda value: 1 <= day_of(value).year <= LAST_YEAR),
    ):
        try:
            value = read(text)
        except Refused as refusal:
            assert len(refusal.message) < 300
        else:
            assert is_bounded(value), (read, text, value)


@pytest.mark.case("FA27")
def test_an_instant_is_read_as_it_stands_in_an_address():
    instant = datetime(2026, 1, 30, 17, tzinfo=UTC)
    for text in ("2026-01-31T00:00:00+07:00", "2026-01-31T00:00:00 07:00", "2026-01-30T17:00:00Z"):
        assert parse_machine_instant(text) == instant
    for text in ("9999-12-31T23:00:00Z", "0001-01-01T00:00:00+14:00", "3000-01-01", "", "x"):
        with pytest.raises(Refused, match="dấu \\+ viết là %2B") as refusal:
            parse_machine_instant(text, "start_date")
        assert refusal.value.field == "start_date"


def test_an_instant_before_all_instants_is_refused():
    with pytest.raises(Refused):
        parse_instant("01/01/0001 00:00")


def test_a_year_has_four_digits_within_its_bounds():
    for text in ("20265", "20261", "026", "²026", "2101", "", None, "9" * 5000):
        assert year_in(text, 1900, 2100) is None
    assert year_in("2026", 1900, 2100) == 2026
