"""The declared lists of promises and minutes: what narrows them, what they hold, what they ask."""

import csv
import io
from datetime import date, timedelta

import pytest

from danchu.kernel.days import show_day, today
from danchu.minutes.actions import (
    approve_minutes,
    draft_minutes,
    fulfil_commitment,
    make_commitment,
    postpone_commitment,
)
from danchu.minutes.input.blocks import BlockInput
from danchu.minutes.models import Minutes
from tests.desk.conftest import BY
from tests.desk.test_lists import questions_asked
from tests.desk.test_minutes import dialogue, offices  # noqa: F401
from tests.sizes import one_in

MADE, DUE = date(2025, 9, 8), date(2025, 12, 15)


@pytest.fixture
def promise(offices):
    def make(title, **more):
        owner, asker = offices.bodies
        given = {"text": "UBND sẽ sửa.", "made_on": MADE, "due_on": DUE, "owner": owner}
        return make_commitment(
            by=BY, unit=offices.ward, asker=asker, title=title, **{**given, **more}
        )

    return make


def titles(client, name, query=""):
    rows = client.get(f"/api/v1/lists/{name}{query}").json()["rows"]
    return {row["title"] for row in rows}


def lines(client, name):
    text = b"".join(client.get(f"/desk/{name}.csv").streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_promises_ask_as_much_for_one_as_for_three(client, offices, promise):
    client.force_login(offices.head)
    promise("Sửa ngõ 1")
    one = questions_asked(client, "commitments")
    promise("Sửa ngõ 2")
    promise("Sửa ngõ 3", owner=None, office="Chủ tịch UBND phường")
    assert questions_asked(client, "commitments") == one


@pytest.fixture
def promises(client, offices, promise):
    promise("Sửa ngõ quá hạn")
    promise("Sửa cầu sắp hạn", due_on=today() + timedelta(days=3))
    put_off = promise("Sửa chợ đã dời", made_on=date(2025, 10, 1))
    postpone_commitment(put_off, by=BY, on=DUE, due_on=today() + timedelta(days=90), reason="Mưa")
    kept = promise("Sửa đèn xong")
    fulfil_commitment(kept, by=BY, on=date(2025, 12, 1), text="Xong")
    client.force_login(offices.head)
    return kept


@one_in(3)
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?which=overdue", {"Sửa ngõ quá hạn"}),
        ("?which=soon", {"Sửa cầu sắp hạn"}),
        ("?which=put_off", {"Sửa chợ đã dời"}),
        ("?which=waiting", {"Sửa đèn xong"}),
        ("?state=fulfilled", {"Sửa đèn xong"}),
        ("?origin=petition", set()),
        ("?since=09/09/2025", {"Sửa chợ đã dời"}),
        ("?last=30/09/2025&q=sua+cau", {"Sửa cầu sắp hạn"}),
        ("?unit=Hoan+Kiem", set()),
    ],
)
def test_promises_are_narrowed_by_what_became_of_them(client, promises, query, found):
    assert titles(client, "commitments", query) == found


def test_a_promise_is_found_by_its_code(client, promises):
    query = f"?q={promises.code.lower()}"
    assert titles(client, "commitments", query) == {"Sửa đèn xong"}


def test_the_file_says_how_long_a_promise_is_overdue_and_whether_it_was_in_time(client, promises):
    rows = {row["Việc đã hứa"]: row for row in lines(client, "commitments")}
    assert rows["Sửa ngõ quá hạn"]["Quá hạn (ngày)"] == str((today() - DUE).days)
    assert rows["Sửa đèn xong"]["Đúng hạn"] == "có"
    assert rows["Sửa chợ đã dời"]["Số lần dời"] == "1"
    assert rows["Sửa cầu sắp hạn"]["Đúng hạn"] == rows["Sửa cầu sắp hạn"]["Quá hạn (ngày)"] == ""


def test_an_act_that_is_refused_says_so_on_its_field_and_keeps_what_was_typed(
    client, offices, promise
):
    page = f"/desk/commitments/{promise('Sửa ngõ').uid}/"
    client.force_login(offices.head)
    typed = {"on": "01/12/2025", "due_on": "01/10/2025", "reason": "Chờ vốn"}
    answer = client.post(f"{page}postpone/", typed)
    refused = answer.context["refused"]
    assert (answer.status_code, list(refused.errors)) == (400, ["due_on"])
    assert "Chờ vốn" in answer.content.decode()


def test_neighbours_see_no_promise_of_another_place(client, offices, promise):
    promise("Sửa ngõ")
    client.force_login(offices.neighbour)
    assert titles(client, "commitments") == set()


@pytest.fixture
def begin(offices):
    def make(title, **more):
        given = {"held_on": MADE, "blocks": [BlockInput("Khai mạc")]}
        return draft_minutes(by=BY, unit=offices.ward, title=title, **{**given, **more})

    return make


def test_minutes_ask_as_much_for_one_as_for_three(client, offices, begin):
    client.force_login(offices.head)
    begin("Họp tổ 1")
    one = questions_asked(client, "minutes")
    begin("Họp tổ 2")
    approve_minutes(begin("Họp tổ 3"), by=BY, is_public=True)
    assert questions_asked(client, "minutes") == one


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=12/BB", {"Đối thoại tháng 9"}),
        ("?q=hop+to", {"Họp tổ 5"}),
        ("?state=approved", {"Họp tổ 5"}),
        ("?since=10/09/2025", {"Họp tổ 5"}),
        ("?last=09/09/2025", {"Đối thoại tháng 9"}),
        ("?unit=Hoan+Kiem", set()),
    ],
)
def test_minutes_are_narrowed_by_number_words_state_and_days(client, offices, begin, query, found):
    begin("Đối thoại tháng 9", number="12/BB-UBND")
    approve_minutes(begin("Họp tổ 5", held_on=date(2025, 9, 10)), by=BY, is_public=False)
    client.force_login(offices.head)
    assert titles(client, "minutes", query) == found


def test_the_file_of_minutes_says_when_they_were_approved(client, offices, begin):
    approve_minutes(begin("Họp tổ 5", number="12/BB"), by=BY, is_public=False)
    begin("Họp tổ 6")
    client.force_login(offices.head)
    rows = {row["Biên bản"]: row for row in lines(client, "minutes")}
    assert rows["Họp tổ 5"]["Duyệt"] == show_day(today())
    assert (rows["Họp tổ 5"]["Số"], rows["Họp tổ 5"]["Phiên bản"]) == ("12/BB", "1")
    assert rows["Họp tổ 6"]["Duyệt"] == ""


def test_minutes_are_given_to_an_event_of_their_day_where_there_is_one(
    client, offices, begin, dialogue
):
    client.force_login(offices.writer)
    alone = begin("Họp tổ 5", held_on=date(2025, 9, 10))
    offered = client.get(f"/desk/minutes/{alone.uid}/").context["acts"]
    assert [act.name for act, *_rest in offered] == ["discard"]
    page = f"/desk/minutes/{begin('Đối thoại', held_on=dialogue.held_on).uid}/"
    assert str(dialogue.uid) in client.get(page).content.decode()
    refused = client.post(f"{page}attach/", {"event": "x"})
    assert (refused.status_code, list(refused.context["refused"].errors)) == (400, ["event"])
    assert client.post(f"{page}attach/", {"event": str(dialogue.uid)}).url == page
    assert Minutes.objects.get(event=dialogue).title == "Đối thoại"


def test_a_draft_that_is_thrown_away_leads_back_to_the_list(client, offices, begin):
    client.force_login(offices.writer)
    page = f"/desk/minutes/{begin('Họp tổ 5').uid}/"
    assert client.post(f"{page}discard/").url == "/desk/minutes/"
    assert not Minutes.objects.exists()


def test_acts_and_history_of_minutes_are_not_printed(client, offices, begin):
    client.force_login(offices.head)
    text = client.get(f"/desk/minutes/{begin('Họp tổ 5').uid}/").content.decode()
    assert text.index('<div class="no-print">') < text.index('id="act-approve"')
