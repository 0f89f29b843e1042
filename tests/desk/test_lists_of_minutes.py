"""The declared lists of promises and minutes: what narrows them, what they hold, what they ask."""

import csv
import io
from datetime import date, timedelta

import pytest

from danchu.kernel.days import today
from danchu.minutes.actions import fulfil_commitment, make_commitment, postpone_commitment
from tests.desk.conftest import BY
from tests.desk.test_lists import questions_asked
from tests.desk.test_minutes import dialogue, offices  # noqa: F401

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
