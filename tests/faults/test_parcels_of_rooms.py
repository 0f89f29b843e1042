"""What the desk of a room and the devices of delegates send: any JSON, any clock, any letters."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.conference.access.tokens import cookie_name, write_token
from danchu.conference.actions.rooms import take_room_entries
from danchu.conference.models import Pass, Question, RoomEntry
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused
from danchu.live.intake import Intake, InvalidField
from tests.conference.conftest import (  # noqa: F401
    _law_loaded_once,
    committee,
    conference,
    convened,
    country,
    delegates,
    holder,
    in_march,
    offices,
    person,
    steward,
    system,
)
from tests.conference.test_rooms import entry, room  # noqa: F401


@pytest.fixture
def desk(room):  # noqa: F811
    """A browser with the pass of the room."""
    one = Pass.objects.get(conference=room.conference, role="room")
    Pass.objects.filter(pk=one.pk).update(device="thiet-bi")
    client = Client(raise_request_exception=False)
    client.cookies[cookie_name(room.conference_id)] = write_token(
        room.conference_id, one.pk, "room", room.pk, "thiet-bi"
    )
    client.here = f"/hall/{room.conference_id}/room/"
    return client


def send(browser, *entries, raw="", **more):
    parcel = {"sent_at": now().isoformat(), "desk": "may-1", "entries": list(entries), **more}
    body = raw or json.dumps(parcel)
    answer = browser.post(f"{browser.here}entries/", body, content_type="application/json")
    page = browser.get(browser.here)
    assert page.status_code == 200, "the page of the desk reads every entry that was taken in"
    return answer


@pytest.mark.case("FA6", "FA4")
def test_letters_that_the_database_cannot_hold_do_not_stop_a_desk(desk, room):  # noqa: F811
    text = "Bao giờ xo\u0302ng\0 nha\u0300 \ud800văn hóa\ufffe?\x0bƉống Ða"
    answer = send(
        desk,
        entry(1, "question", text=text, asker="Bà\0 \udfffHoa"),
        entry(2, "hand", speaker="\0", kind="speak"),
        entry(3, "hea\0ds", count=4, **{"a\0\ud800": "b\0"}),
        entry(4, "heads", count=44),
        desk="may\0\ud800-1",
    )
    assert answer.status_code == 200, answer.content
    outcomes = [one["outcome"] for one in answer.json()["entries"]]
    assert outcomes[0] == outcomes[1] == outcomes[3] == "counted"
    question = Question.objects.get()
    assert question.text == "Bao giờ xông nhà văn hóa?\nĐống Đa" and question.asker == "Bà Hoa"
    assert set(RoomEntry.objects.values_list("desk", flat=True)) == {"may-1"}


@pytest.mark.case("FA27", "SE-L1")
@pytest.mark.parametrize(
    "instant",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "1970-01-01T00:00:00+00:00",
        "2100-02-28T12:00:00+07:00",
    ],
)
def test_a_clock_that_is_far_off_is_taken_for_one(desk, room, instant):  # noqa: F811
    made = {**entry(1, "heads", count=41), "made_at": instant}
    for sent_at in (instant, now().isoformat()):
        answer = send(desk, {**made, "uid": str(uuid4())}, sent_at=sent_at)
        assert answer.status_code == 200, answer.content
    taken = RoomEntry.objects.order_by("pk")
    assert [row.outcome for row in taken] == ["counted"] * 2
    assert all(abs(row.at - now()) < timedelta(days=3) for row in taken)


@pytest.mark.case("SE-L1")
def test_numbers_that_jump_are_taken_in_order(desk, room):  # noqa: F811
    top = 2**53 - 1
    for numbers in ((1,), (top,), (2, top - 1)):
        answer = send(desk, *(entry(number, "heads", count=5) for number in numbers))
        assert answer.status_code == 200, answer.content
    at = dict(RoomEntry.objects.values_list("number", "at"))
    assert at[1] < at[top] and at[2] < at[top]
    assert abs(at[top] - now()) < timedelta(minutes=10)


@pytest.mark.case("SE-L1")
@pytest.mark.parametrize(
    "raw",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        "[]",
        "null",
        '{"sent_at": 1, "desk": "", "entries": []}',
        '{"sent_at": "9999-99-99", "desk": "", "entries": []}',
        f'{{"sent_at": "2026-03-20T08:00:00+07:00", "desk": "", "entries": [{"9" * 5000}]}}',
        b"\xff\xfe",
    ],
)
def test_a_parcel_that_is_none_is_refused_in_words(desk, room, raw):  # noqa: F811
    answer = send(desk, raw=raw)
    assert answer.status_code == 400 and "không đọc được" in answer.json()["message"]


@pytest.mark.case("SE-L1")
@pytest.mark.parametrize(
    "value", ["Infinity", "-Infinity", "NaN", "1e999", '{"a": [[1]]}', '["a"]']
)
def test_a_value_that_no_desk_sends_is_refused(desk, room, value):  # noqa: F811
    good = json.dumps(entry(1, "heads", count="HERE"))
    raw = json.dumps({"sent_at": now().isoformat(), "desk": "m", "entries": ["E"]})
    raw = raw.replace('"E"', good).replace('"HERE"', value)
    assert send(desk, raw=raw).status_code == 400
    assert not RoomEntry.objects.exists()


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.just("\0\ud800")
)
PARCELS = st.lists(
    st.fixed_dictionaries(
        {
            "uid": st.uuids().map(str) | VALUES,
            "number": st.integers(0, 2**53) | VALUES,
            "act": st.sampled_from(["heads", "hands", "question", "hand", "unhand", "left"])
            | VALUES,
            "content": st.dictionaries(
                st.sampled_from(["count", "text", "asker", "kind", "hand", "poll", "counts"]),
                VALUES | st.lists(VALUES, max_size=3),
                max_size=4,
            )
            | VALUES,
            "made_at": st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat) | VALUES,
        }
    ),
    max_size=3,
)


@pytest.mark.case("SE-L1")
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PARCELS)
def test_any_entries_are_taken_in_or_refused(room, entries):  # noqa: F811
    try:
        take_room_entries(room, entries, by=room.desk, desk="may", sent_at=now())
    except Refused:
        return
    list(RoomEntry.objects.all())


@pytest.mark.case("FA6", "FA23")
def test_a_question_of_a_device_has_the_one_form_of_text():
    taken = []

    class Writer:
        async def put(self, one):
            taken.append(one)
            return True

    intake = Intake()
    intake.writers["question"] = Writer()
    token = SimpleNamespace(conference=1, subject=2)

    def ask(text):
        return asyncio.run(intake.question(token, {"uid": str(uuid4()), "text": text}))

    assert ask(" Ðường\0 la\u0300ng\ufffe\x0bsửa\u200b ")[0] == 201
    assert taken[0][3] == "Đường làng\nsửa"
    for nothing in ("", "\0", "\u3164 \u200b"):
        with pytest.raises(InvalidField):
            ask(nothing)
