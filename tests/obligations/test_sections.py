"""The declared list of obligations: what it begins with, narrows by and counts, and its acts."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.kernel.days import today
from danchu.law.loading import load_law
from danchu.obligations.actions import owe
from danchu.obligations.models import Obligation, State
from tests.desk.conftest import BY, appointed, officials  # noqa: F401

pytestmark = pytest.mark.usefixtures("law_loaded")
LIST = "/desk/obligations/"
MACHINE = "/api/v1/lists/obligations"


@pytest.fixture
def law(officials, client):  # noqa: F811
    load_law(by=BY)
    client.force_login(officials.chair)
    return officials


def owed(law, title="Trả lời kiến nghị", rule="pib.answer", event_on=date(2025, 10, 20)):
    return owe(by=BY, unit=law.ward, rule_key=rule, event_on=event_on, title=title)


def titles(client, query=""):
    return [row["title"] for row in client.get(f"{MACHINE}{query}").json()["rows"]]


@pytest.fixture
def three(law, client):
    """One overdue since October, one since November, one done."""
    owed(law, "Niêm yết", event_on=date(2025, 11, 20))
    owed(law, "Trả lời")
    done = owed(law, "Họp dân", event_on=date(2025, 9, 1))
    client.post(f"{LIST}{done.uid}/meet/", {"on": "02/09/2025", "note": ""})
    return law


def test_the_list_begins_with_what_is_open_and_the_nearest_due_first(client, three):
    assert titles(client) == ["Trả lời", "Niêm yết"]
    assert titles(client, "?which=all") == ["Họp dân", "Trả lời", "Niêm yết"]
    assert titles(client, "?which=all&sort=-due_on") == ["Niêm yết", "Trả lời", "Họp dân"]
    assert titles(client, "?which=closed") == ["Họp dân"]


def test_a_state_that_is_asked_for_is_not_narrowed_to_what_is_open(client, three):
    assert titles(client, f"?state={State.MET}") == ["Họp dân"]
    assert titles(client, "?q=hop+dan") == ["Họp dân"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=niem+yet", ["Niêm yết"]),
        ("?unit=ba+dinh&which=open", ["Trả lời", "Niêm yết"]),
        ("?since=20/11/2025&which=open", ["Niêm yết"]),
        ("?last=20/11/2025&which=open", ["Trả lời"]),
        ("?sort=title", ["Niêm yết", "Trả lời"]),
    ],
)
def test_it_is_narrowed_and_sorted_the_same_everywhere(client, three, query, expected):
    page = client.get(f"{LIST}{query}")
    assert [line.row.title for line in page.context["lines"]] == expected
    assert titles(client, query) == expected
    text = b"".join(client.get(f"/desk/obligations.csv{query}").streaming_content)
    head, *rows = csv.reader(io.StringIO(text.decode("utf-8-sig")))
    assert [row[head.index("Việc phải làm")] for row in rows] == expected
    assert {"Hạn", "Nơi", "Theo quy tắc", "Ngày phát sinh", "Trạng thái", "Ngày làm xong"} < set(
        head
    )
    assert client.get(f"/desk/obligations.xlsx{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?which=zzz", "which"),
        ("?unit=khong-co-noi-nay", "unit"),
        ("?since=31/02/2025", "since"),
        ("?state=zzz", "state"),
        ("?q=ab", "q"),
    ],
)
def test_what_does_not_read_is_refused_on_its_field(client, three, query, field):
    page = client.get(f"{LIST}{query}")
    assert page.status_code == 400
    assert page.context["form"].errors.keys() == {field}
    assert client.get(f"{MACHINE}{query}").json()["field"] == field


def test_the_numbers_overdue_and_soon_stand_beside_their_choices(client, three):
    owed(three, "Gần hạn", rule="investment.answer", event_on=today() - timedelta(days=10))
    text = client.get(LIST).content.decode()
    assert "Quá hạn (2)" in text and "Đến hạn trong 7 ngày (1)" in text
    assert "Báo lên tôi (2)" in text
    assert "Đã khép lại (" not in text


def test_how_it_stands_is_said_with_its_days(client, law):
    late = owed(law)
    over = (today() - late.due_on).days
    assert f"quá hạn {over:,} ngày".replace(",", ".") in client.get(LIST).content.decode()
    again = owed(law, "Bầu lại", rule="election.again", event_on=today())
    page = client.get(f"{LIST}{again.uid}/").content.decode()
    page = page.partition("<main")[2].partition("</main>")[0]  # the navigation counts the others
    assert "ngày" in page and "quá hạn" not in page


@pytest.mark.parametrize(
    ("act", "typed", "field"),
    [
        ("meet", {"on": "31/02/2025", "note": "CV 9"}, "on"),
        ("meet", {"on": "01/01/2090", "note": "CV 9"}, "on"),
        ("meet", {"on": "01/10/2025", "note": "CV 9"}, "on"),
        ("excuse", {"reason": ""}, "reason"),
    ],
)
def test_a_refusal_stands_on_its_field_and_what_was_typed_stays(client, law, act, typed, field):
    made = owed(law)
    answer = client.post(f"{LIST}{made.uid}/{act}/", typed)
    assert answer.status_code == 400
    assert answer.context["refused"].errors.keys() == {field}
    assert typed.get("note", "") in answer.content.decode()
    assert Obligation.objects.get().state == State.OPEN


def test_what_is_closed_offers_no_act_and_refuses_one(client, law):
    made = owed(law)
    page = f"{LIST}{made.uid}/"
    assert len(client.get(page).context["acts"]) == 2
    client.post(f"{page}excuse/", {"reason": "Đã rút"})
    assert client.get(page).context["acts"] == []
    answer = client.post(f"{page}meet/", {"on": "04/11/2025", "note": ""})
    assert answer.status_code == 400
    assert "đã khép lại" in answer.content.decode()


def test_one_row_and_three_rows_ask_the_same_number_of_questions(client, law):
    counts = []
    for more in (1, 2, 3):
        for number in range(more):
            owed(law, f"Việc {more}.{number}")
        paths = (LIST, "/desk/obligations.csv", MACHINE)
        for path in paths:
            client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
            client.get(MACHINE)
            b"".join(client.get("/desk/obligations.csv").streaming_content)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
