"""The lists of casework as page, files and for machines: one cost, one right, nobody's secret."""

import io
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from danchu.casework.models import Petition, Visit
from tests.desk.test_petitions import staff, typed  # noqa: F401
from tests.sizes import one_in

pytestmark = pytest.mark.usefixtures("law_loaded")
DENOUNCER = {"name": "Trần Thị Kín", "address": "Số 9 ngõ Mật", "identity": "001099000123"}


def heard(client, **more):
    """One more line of the register."""
    typed = {
        "uid": str(uuid4()),
        "unit": "00004",
        "received_on": "02/03/2026",
        "form": "regular",
        "name": "Lê Văn Tám",
        "people": "6",
        "nature": "feedback",
        "content": "Hỏi đất",
        **more,
    }
    answer = client.post("/desk/reception/new/", typed)
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def sent(client, **more):
    """One more petition."""
    number = Petition.objects.count()
    name = {"name": f"Người {number}", "title": f"Việc số {number}", "signers": "", "seen": "on"}
    answer = client.post("/desk/petitions/new/", typed(**name | more))
    assert answer.status_code == 200, answer.content.decode()[-3000:]


ENTER = {"reception": heard, "petitions": sent}


def everywhere(client, name, query=""):
    """The text of the page, of both files and of the answer for machines."""
    csv = client.get(f"/desk/{name}.csv{query}")
    xlsx = client.get(f"/desk/{name}.xlsx{query}")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.getvalue())).get_sheet_by_index(0)
    return [
        client.get(f"/desk/{name}/{query}").content.decode(),
        csv.getvalue().decode("utf-8-sig"),
        str(sheet.to_python()),
        str(client.get(f"/api/v1/lists/{name}{query}").json()),
    ]


@one_in(2)
@pytest.mark.parametrize("name", ENTER)
def test_one_row_and_three_rows_ask_the_same_number_of_questions(client, staff, name):
    client.force_login(staff.handler)
    counts = []
    for number in (1, 2, 3):
        ENTER[name](client)
        everywhere(client, name)
        with CaptureQueriesContext(connection) as queries:
            everywhere(client, name)
        counts.append(len(queries))
        assert len(client.get(f"/api/v1/lists/{name}").json()["rows"]) == number
    assert counts[0] == counts[1] == counts[2]


@pytest.mark.parametrize("name", ENTER)
def test_who_denounced_stands_in_no_list_and_no_file(client, staff, name):
    client.force_login(staff.handler)
    ENTER[name](client, nature="denunciation", content="Thu tiền sai", **DENOUNCER)
    for text in everywhere(client, name):
        assert not [secret for secret in DENOUNCER.values() if secret in text]
    found = client.get(f"/api/v1/lists/{name}").json()["rows"]
    assert len(found) == 1


@pytest.mark.parametrize("name", ENTER)
@pytest.mark.parametrize("path", ["/desk/{}/", "/desk/{}.csv", "/desk/{}.xlsx", "/api/v1/lists/{}"])
def test_who_may_read_no_file_reads_no_list_of_them(client, staff, name, path):
    client.force_login(staff.handler)
    ENTER[name](client)
    client.force_login(staff.neighbour)
    assert client.get(path.format(name)).status_code == 403


@pytest.mark.parametrize("name", ENTER)
@pytest.mark.parametrize("field", ["unit", "since", "last", "nature", "state", "q"])
def test_what_does_not_read_is_refused_on_its_field_everywhere(client, staff, name, field):
    client.force_login(staff.handler)
    query = {field: "zz"}
    page = client.get(f"/desk/{name}/", query)
    assert (page.status_code, set(page.context["form"].errors)) == (400, {field})
    assert client.get(f"/desk/{name}.csv", query).status_code == 400
    assert client.get(f"/api/v1/lists/{name}", query).json()["field"] == field


def test_the_register_is_searched_by_state_words_and_place(client, staff):
    client.force_login(staff.handler)
    heard(client, content="Hỏi việc đất ở tổ 5")
    heard(client, content="Đường ngập")
    for query, number in (
        ("?q=viec+dat", 1),
        ("?state=received", 2),
        ("?state=answered", 0),
        ("?unit=Ba+Dinh", 2),
        ("?since=03/03/2026", 0),
    ):
        answer = client.get(f"/api/v1/lists/reception{query}").json()
        assert len(answer["rows"]) == number, query
    assert Visit.objects.count() == 2
    first = client.get("/desk/reception.csv").getvalue().decode("utf-8-sig").splitlines()[1]
    assert first.startswith('"1","02/03/2026",')


def test_an_answer_that_is_refused_stands_on_its_field_and_stays_typed(client, staff):
    client.force_login(staff.handler)
    heard(client, is_owed="on")
    page = f"/desk/reception/{Visit.objects.get().uid}/"
    refused = client.post(f"{page}answer/", {"on": "31/02/2026", "text": "Đã trả lời đủ"})
    assert refused.status_code == 400
    assert refused.context["refused"].errors.keys() == {"on"}
    assert "Đã trả lời đủ" in refused.content.decode()
    assert "no-store" in client.get(page).headers["Cache-Control"]
