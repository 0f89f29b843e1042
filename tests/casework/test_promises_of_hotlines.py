"""What hot-lines promise: working hours are counted as a clock would, and each row has a source."""

from datetime import date, datetime, timedelta

import pytest

from danchu.casework.input.call_columns import COLUMNS
from danchu.casework.input.call_rows import WAYS
from danchu.casework.models import Call, Matter, Petition
from danchu.casework.queries.calls import call_of
from danchu.casework.rules.hotlines import (
    after_working_hours,
    heads_of,
    hotlines,
    meanings,
    owed_to,
    source,
)
from danchu.kernel.days import VIETNAM
from danchu.law.calendar import Calendar, SpecialDay
from danchu.law.rule import MARKS

HOLIDAY = date(2026, 3, 4)  # a Wednesday
CALENDAR = Calendar([SpecialDay(HOLIDAY, "holiday", "Nghỉ")], [2026], 1)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def slow(instant, hours):
    """Minute by minute."""
    left = hours * 60
    while left:
        is_open = 8 <= instant.hour < 12 or 13 <= instant.hour < 17
        if CALENDAR.is_working(instant.date()) and is_open:
            left -= 1
        instant += timedelta(minutes=1)
    return instant


@pytest.mark.parametrize("hours", [4, 8])
def test_working_hours_are_those_of_a_clock_that_stops_at_night_and_on_days_off(hours):
    for minutes in range(0, 6 * 24 * 60, 53):
        instant = at("2026-03-02T00:00") + timedelta(minutes=minutes)
        assert after_working_hours(instant, hours, CALENDAR) == slow(instant, hours), instant


def call(hotline, called_at, **more):
    petition = Petition(received_on=at(called_at).date(), **more)
    return Call(hotline=hotline, called_at=at(called_at)), petition


def promised(one, petition):
    return [(owed.promise.act, owed.until, owed.is_kept) for owed in owed_to(one, petition)]


def test_a_call_of_hanoi_is_promised_within_eight_working_hours_and_four_when_urgent(law):
    one, petition = call("ihanoi", "2026-03-02T14:30")
    assert promised(one, petition) == [("take_in", "trước 03/03/2026 14:30", False)]
    one.is_urgent = True
    assert promised(one, petition) == [("take_in", "trước 03/03/2026 09:30", False)]
    petition.processed_on = petition.received_on
    assert promised(one, petition) == [("take_in", "trước 03/03/2026 09:30", True)]


def test_a_promise_is_owed_only_from_the_day_of_its_decision(law):
    assert promised(*call("ihanoi", "2025-02-27T14:30")) == []
    assert promised(*call("local", "2026-03-02T14:30")) == []


def test_a_call_of_1022_is_promised_minutes_and_days(law):
    one, petition = call("1022-hcm", "2026-03-02T23:58")
    assert promised(one, petition) == [
        ("forward", "trước 03/03/2026 00:03", False),
        ("answer", "đến hết ngày 07/03/2026", False),
    ]
    one.forwarded_to, petition.ended_on = "UBND phường", petition.received_on
    assert [kept for _act, _until, kept in promised(one, petition)] == [True, True]


def test_where_only_the_day_is_known_nothing_is_promised_in_hours(law):
    one, petition = call("1022-hcm", "2026-03-02T10:00")
    one.called_at = None
    assert [act for act, _until, _kept in promised(one, petition)] == ["answer"]


def test_every_row_names_its_source_and_what_columns_and_words_exist(law):
    promises = [promise for line in hotlines().values() for promise in line.promises]
    assert promises
    for promise in promises:
        assert promise.text and promise.mark in MARKS and "chưa đối chiếu" in promise.source
    columns = {column.key for column in COLUMNS}
    for line in hotlines():
        assert set(heads_of(line)) <= columns
    assert {
        *source()["heads"],
        *(one for line in hotlines().values() for one in line.heads),
    } <= columns
    assert set(meanings("states").values()) == {*map(str, WAYS)}
    assert set(meanings("matters").values()) <= set(Matter.objects.values_list("key", flat=True))


def test_a_hot_line_that_is_gone_promises_nothing(law):
    assert promised(*call("closed-long-ago", "2026-03-02T14:30")) == []


def test_a_petition_of_a_hot_line_without_its_call_has_no_promise(db):
    petition = Petition(pk=1, channel="hotline", received_on=date(2026, 3, 2))
    assert call_of(petition) == {}
    assert call_of(Petition(pk=1, channel="counter")) == {}
