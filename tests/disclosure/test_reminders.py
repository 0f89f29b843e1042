"""What is to be done with what hangs is what an oracle says that looks at each day by itself; the
clerk reads it at the desk and in the mail of the day, with whose work it is.
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings

from danchu.desk.digests import digest_of
from danchu.disclosure import reminding
from danchu.disclosure.compliance import FOR_GOOD
from danchu.disclosure.reminders import Do, reminders
from tests.disclosure.conftest import DECIDED, TITLE
from tests.disclosure.test_compliance import years
from tests.sizes import long, size

FAR = timedelta(days=5000)
A_DAY = timedelta(days=1)


def is_up(postings, on):
    return any(one.since <= on and (one.until is None or on < one.until) for one in postings)


def streaks(postings, on):
    """[(first day, length)] of the days up to and with `on` on which it was there."""
    first = min((one.since for one in postings), default=on)
    rows, day = [], first
    while day <= on:
        if is_up(postings, day):
            if rows and rows[-1][0] + rows[-1][1] * A_DAY == day:
                rows[-1] = (rows[-1][0], rows[-1][1] + 1)
            else:
                rows.append((day, 1))
        day += A_DAY
    return rows


def of_need(need, right, denied, stale, version, on):
    """(what to do, day) of one need, by counting days; None for nothing."""
    rows = streaks(right, on)
    if is_up(right, on):
        first, length = rows[-1]
        if need.days == FOR_GOOD:
            return Do.KEEP_FOR_GOOD, first
        if need.days and length <= need.days:
            return Do.KEEP, first + need.days * A_DAY
        if need.days and is_up(right, on + FAR):
            return Do.TAKE_DOWN, first + need.days * A_DAY
        return None
    if rows:
        is_done = need.days != FOR_GOOD and max(length for _first, length in rows) >= need.days
        return None if is_done else (Do.POST_AGAIN, rows[-1][0] + rows[-1][1] * A_DAY)
    if denied:
        return Do.POST_AGAIN, version.due_on
    return (Do.REPLACE if stale else Do.POST), version.due_on


def oracle(owed, postings, on):
    latest = owed[-1]
    rows = set()
    places = {(one.form, one.place) for one in postings} | {(n.form, n.place) for n in latest.needs}
    for form, place in places:
        here = [
            one for one in postings if (one.form, one.place) == (form, place) and one.since <= on
        ]
        own = [one for one in here if one.version == latest.number]
        right = [one for one in own if not one.is_contested]
        old = [one for one in here if one.version != latest.number and not one.is_contested]
        stale = form == "posting" and is_up(old, on)
        needs = [need for need in latest.needs if (need.form, need.place) == (form, place)]
        answer = needs and of_need(needs[0], right, len(own) > len(right), stale, latest, on)
        if answer:
            rows.add((form, place, *answer))
        if stale and not (answer and answer[0] == Do.REPLACE):
            rows.add((form, place, Do.TAKE_DOWN, latest.decided_on))
    return rows


@long
@settings(max_examples=size(60, 3000))
@given(years())
def test_what_is_to_be_done_is_what_an_oracle_says_that_counts_days(year):
    owed, postings, on = year
    told = {(one.form, one.place, one.do, one.day) for one in reminders(owed, postings, on)}
    assert told == oracle(owed, postings, on)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-01-20", "phải để hết ngày 10/02/2026"),
        ("2026-02-10", "phải để hết ngày 10/02/2026"),
        ("2026-02-11", "được gỡ từ ngày 11/02/2026"),
    ],
)
def test_the_clerk_reads_what_stays_and_from_when_it_may_come_down(
    client, ward, begin, post, clock, day, words
):
    clock.set(day)
    post(begin(), "Trụ sở", date(2026, 1, 12))
    client.force_login(ward.clerk)
    page = client.get("/desk/reminders/").content.decode()
    assert words in page and TITLE in page and "Trụ sở" in page
    assert page.count("phải công khai, hạn 15/01/2026") == 3, "two houses and the page"
    assert ward.clerk.name in page and "đã qua" in page


def test_what_came_down_too_early_is_to_be_posted_again(client, ward, begin, post, clock):
    clock.set("2026-02-03")
    post(begin(), "Trụ sở", date(2026, 1, 12), date(2026, 2, 1))
    post(begin("commune.4", title="Quy chế"), "Trụ sở", DECIDED)
    client.force_login(ward.clerk)
    page = client.get("/desk/reminders/").content.decode()
    assert "phải công khai lại, thiếu từ ngày 02/02/2026" in page
    assert "Niêm yết: phải để thường xuyên" in page


def test_today_and_the_mail_of_the_day_tell_how_much(client, ward, begin, clock):
    clock.set("2026-01-12")
    begin()
    client.force_login(ward.clerk)
    page = client.get("/desk/").content.decode()
    assert "Theo lịch, trong 7 ngày" in page and "phải công khai, hạn 15/01/2026" in page
    assert "4 việc công khai theo lịch trong 7 ngày" in digest_of(ward.clerk, date(2026, 1, 12))
    assert "theo lịch" not in digest_of(ward.front, date(2026, 1, 12))


def test_who_writes_down_no_disclosures_reads_of_none(client, ward, begin, clock):
    clock.set("2026-01-12")
    begin()
    for role in ("front", "auditor"):
        client.force_login(getattr(ward, role))
        assert TITLE not in client.get("/desk/reminders/").content.decode()


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_every_content_is_watched_however_many_there_are(
    client, ward, begin, clock, monkeypatch, at_once
):
    clock.set("2026-01-12")
    begin(title="Cũ nhất", decided_on=date(2025, 8, 4))
    for number in range(4):
        begin(title=f"Việc {number}")
    client.force_login(ward.clerk)
    whole = client.get("/desk/reminders/").content.decode()
    monkeypatch.setattr(reminding, "AT_ONCE", at_once)
    page = client.get("/desk/reminders/").content.decode()
    assert page.index("Cũ nhất") < page.index("Việc 0") < page.index("Việc 3")
    words = "phải công khai, hạn"
    assert page.count(words) == whole.count(words) > 5


def test_one_and_three_contents_ask_the_same_queries(client, ward, begin, post, clock):
    clock.set("2026-01-12")
    client.force_login(ward.clerk)
    numbers = []
    for more in (1, 2):
        for _each in range(more):
            post(begin(), "Trụ sở", date(2026, 1, 12))
        with CaptureQueriesContext(connection) as queries:
            client.get("/desk/reminders/")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
