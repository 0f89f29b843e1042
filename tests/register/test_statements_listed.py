"""The declared list of statements and the forms of their acts."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.register.actions import attach_paper, confirm_statement
from danchu.register.models import Statement
from tests.desk.conftest import BY, appointed, officials  # noqa: F401
from tests.desk.test_statements import PDF, drafted, front, typed  # noqa: F401
from tests.sizes import one_in

LIST = "/desk/statements/"
MACHINE = "/api/v1/lists/statements"


@pytest.fixture
def three(front, officials, client):  # noqa: F811
    """Three drafts, written down in another order than that of their days; a clerk logged in."""
    client.force_login(officials.clerk)
    return [
        drafted(
            front, since=date(2026, 1, day), until=date(2026, 1, day + 1), amount=day, note=note
        )
        for day, note in ((5, "Sổ chép tay"), (9, ""), (2, "Sổ của Mặt trận"))
    ]


def amounts(client, query=""):
    return [row["amount"] for row in client.get(f"{MACHINE}{query}").json()["rows"]]


@one_in(3)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [2, 9, 5]),
        ("?sort=since", [2, 5, 9]),
        ("?sort=-since", [9, 5, 2]),
        ("?sort=recorded_at", [5, 9, 2]),
        ("?q=chep+tay", [5]),
        ("?q=giam+sat", [2, 9, 5]),
        ("?q=khong+co+chu+nay", []),
        ("?since=05/01/2026", [9, 5]),
        ("?last=05/01/2026", [2, 5]),
        ("?state=draft&unit=ba+dinh", [2, 9, 5]),
        ("?state=confirmed", []),
        ("?indicator=supervisions_217", [2, 9, 5]),
    ],
)
def test_the_page_the_files_and_the_answer_for_machines_hold_the_same(
    client, three, query, expected
):
    page = client.get(f"{LIST}{query}")
    assert [line.row.amount for line in page.context["lines"]] == expected
    assert amounts(client, query) == expected
    text = b"".join(client.get(f"/desk/statements.csv{query}").streaming_content)
    head, *rows = csv.reader(io.StringIO(text.decode("utf-8-sig")))
    assert [int(row[head.index("Số liệu")]) for row in rows] == expected
    assert client.get(f"/desk/statements.xlsx{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?unit=khong-co-noi-nay", "unit"),
        ("?indicator=zzz", "indicator"),
        ("?state=zzz", "state"),
        ("?last=31/02/2026", "last"),
        ("?q=ab", "q"),
    ],
)
def test_what_does_not_read_is_refused_on_its_field(client, three, query, field):
    page = client.get(f"{LIST}{query}")
    assert page.status_code == 400
    assert page.context["form"].errors.keys() == {field}
    assert client.get(f"{MACHINE}{query}").json()["field"] == field


def test_one_row_and_three_rows_ask_the_same_number_of_questions(client, officials, front):  # noqa: F811
    client.force_login(officials.clerk)
    counts = []
    for day in (1, 2, 3):
        drafted(front, since=date(2026, 1, day), until=date(2026, 1, day + 1))
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
            client.get(MACHINE)
            b"".join(client.get("/desk/statements.csv").streaming_content)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_the_same_form_sent_twice_is_one_statement(client, officials, front):  # noqa: F811
    client.force_login(officials.clerk)
    sent = {**typed(), "uid": str(uuid4())}
    first, second = (client.post(f"{LIST}new/", sent) for _ in range(2))
    assert first.url == second.url
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    ("act", "wrong", "field"),
    [
        ("edit", {"amount": "12,5"}, "amount"),
        ("edit", {"last": "31/12/2099"}, "last"),
        ("edit", {"last": "01/12/2025"}, "last"),
        ("correct", {"reason": ""}, "reason"),
    ],
)
def test_a_refused_change_comes_back_on_its_own_page_with_what_was_typed(
    client,
    officials,  # noqa: F811
    front,  # noqa: F811
    act,
    wrong,
    field,
):
    made = drafted(front)
    if act == "correct":
        attach_paper(made, io.BytesIO(PDF), "a.pdf", by=BY)
        confirm_statement(made, by=BY)
    client.force_login(officials.head)
    page = f"{LIST}{made.uid}/{act}/"
    assert 'value="7"' in " ".join(client.get(page).content.decode().split())
    answer = client.post(page, {**typed(note="Ghi chú dài"), "reason": "x", **wrong})
    assert answer.status_code == 400
    assert answer.context["form"].errors.keys() == {field}
    assert "Ghi chú dài" in answer.content.decode()
    assert Statement.objects.get().amount == 7


def test_a_withdrawal_without_a_reason_is_refused_on_its_field(client, officials, front):  # noqa: F811
    made = drafted(front)
    attach_paper(made, io.BytesIO(PDF), "a.pdf", by=BY)
    confirm_statement(made, by=BY)
    client.force_login(officials.head)
    answer = client.post(f"{LIST}{made.uid}/withdraw/", {"reason": " "})
    assert answer.status_code == 400
    assert answer.context["refused"].errors.keys() == {"reason"}


def test_a_discarded_draft_leads_back_to_the_list(client, officials, front):  # noqa: F811
    made = drafted(front)
    client.force_login(officials.clerk)
    assert client.get(f"{LIST}{made.uid}/discard/").status_code == 405
    assert client.post(f"{LIST}{made.uid}/discard/").url == LIST
