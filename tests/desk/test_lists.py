"""Every declared list: the same rows on the page, in files and for machines; the same refusals."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from danchu.inspection import actions
from danchu.inspection.models import Finding
from danchu.inspection.room import ROOM
from danchu.subjects.listing import EXPECTED_FILTERS, FEWEST_SORTS
from danchu.subjects.room import sections
from tests.desk.conftest import BY
from tests.desk.test_boards import offices, world  # noqa: F401
from tests.sizes import one_in

NAMES = [section.listing.name for section in sections()]
# The lists that `more` of tests/desk/test_boards.py fills; each other room fills its own.
FILLED = [section.listing.name for section in ROOM.sections]
FOUND = date(2025, 8, 10)


@pytest.fixture
def many(world, client):
    """Seven violations, of which some share their day and two their title."""
    for number in range(6):
        actions.record_finding(
            by=BY,
            board=world.inspection,
            found_on=FOUND + timedelta(days=number // 2),
            title=f"Thu quỹ sai mức {number % 4}",
        )
    client.force_login(world.chair)
    return world


def test_what_a_list_lacks_stands_in_its_declaration_with_a_reason(capsys):
    wanting = []
    for section in sections():
        listing = section.listing
        lacking = [name for name in EXPECTED_FILTERS if name not in listing.filters]
        if len(listing.sorts) < FEWEST_SORTS:
            lacking.append("sorts")
        print(f"{listing.name:20} {' '.join(listing.filters):40} {' '.join(listing.sorts)}")
        wanting += [(listing.name, name) for name in lacking if not listing.lacks.get(name)]
    print(wanting)
    assert wanting == []


def rows_of_csv(client, query=""):
    text = client.get(f"/desk/findings.csv{query}").getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def rows_of_xlsx(client, query=""):
    content = client.get(f"/desk/findings.xlsx{query}").getvalue()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


@pytest.mark.parametrize("query", ["", "?q=muc+1", "?sort=title", "?last=11/08/2025&state=open"])
def test_the_page_the_files_and_the_answer_for_machines_hold_the_same_rows(client, many, query):
    page = client.get(f"/desk/findings/{query}")
    titles = [line.row.title for line in page.context["lines"]]
    head, *lines = rows_of_csv(client, query)
    assert [line[head.index("Vụ việc vi phạm")] for line in lines] == titles
    sheet_head, *sheet = rows_of_xlsx(client, query)
    assert sheet_head == head
    assert [line[1] for line in sheet] == titles
    answer = client.get(f"/api/v1/lists/findings{query}").json()
    assert [row["title"] for row in answer["rows"]] == titles
    assert titles


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?unit=khong-co-noi-nay", "unit"),
        ("?since=31/02/2025", "since"),
        ("?last=abc", "last"),
        ("?state=zzz", "state"),
        ("?q=ab", "q"),
        ("?sort=-zzz", "sort"),
    ],
)
def test_what_does_not_read_is_refused_on_its_field_everywhere_and_stays_typed(
    client, many, query, field
):
    page = client.get(f"/desk/findings/{query}")
    assert page.status_code == 400
    if field != "sort":
        assert page.context["form"].errors.keys() == {field}
    for ending in ("csv", "xlsx"):
        assert client.get(f"/desk/findings.{ending}{query}").status_code == 400
    answer = client.get(f"/api/v1/lists/findings{query}")
    assert (answer.status_code, answer.json()["field"]) == (400, field)


@pytest.mark.parametrize(
    "after", ["x", "1", ".2025-08-10", "1.", "-1.2025-08-10", "9" * 30, "1.31"]
)
def test_a_mark_that_does_not_read_is_refused_and_begins_nothing_again(client, many, after):
    for path in ("/desk/findings/", "/api/v1/lists/findings"):
        assert client.get(path, {"after": after}).status_code == 400


@one_in(3)
@pytest.mark.parametrize("sort", ["", "found_on", "-found_on", "title", "-title"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_hold_each_row_once_in_the_order_of_the_whole(client, many, monkeypatch, sort, size):
    whole = [row["uid"] for row in _answer(client, sort)["rows"]]
    monkeypatch.setattr("danchu.subjects.listing.PAGE", size)
    paged, after = [], ""
    while after is not None:
        answer = _answer(client, sort, after)
        paged += [row["uid"] for row in answer["rows"]]
        after = answer["next"]
    assert paged == whole
    assert len(whole) == Finding.objects.count()


def test_a_row_that_goes_between_two_pages_neither_repeats_nor_hides_another(
    client, many, monkeypatch
):
    whole = [row["uid"] for row in _answer(client, "")["rows"]]
    monkeypatch.setattr("danchu.subjects.listing.PAGE", 3)
    first = _answer(client, "")
    Finding.objects.filter(uid=first["rows"][-1]["uid"]).delete()
    second = _answer(client, "", first["next"])
    assert [row["uid"] for row in second["rows"]] == whole[3:6]


def _answer(client, sort, after=""):
    query = {name: value for name, value in (("sort", sort), ("after", after)) if value}
    return client.get("/api/v1/lists/findings", query).json()


def questions_asked(client, name):
    """How many queries the page, the file and the answer for machines of a list take together."""
    paths = (f"/desk/{name}/", f"/desk/{name}.csv", f"/api/v1/lists/{name}")
    for path in paths:
        client.get(path)
    with CaptureQueriesContext(connection) as queries:
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == 200
            if answer.streaming:
                b"".join(answer.streaming_content)
    return len(queries)


@one_in(2)
@pytest.mark.parametrize("name", FILLED)
def test_one_row_and_three_rows_ask_the_same_number_of_questions(client, world, name):
    from tests.desk.test_boards import more  # late: fixtures

    client.force_login(world.chair)
    counts = []
    for number in (1, 2, 3):
        counts.append(questions_asked(client, name))
        more(world, number)
    assert counts[0] == counts[1] == counts[2]


def test_the_lists_are_described_for_machines_and_closed_to_strangers(client, world):
    assert "findings" not in [one["name"] for one in client.get("/api/v1/lists").json()]
    assert client.get("/api/v1/lists/findings").status_code == 403
    client.force_login(world.chair)
    names = {one["name"] for one in client.get("/api/v1/lists").json()}
    assert names == set(NAMES)
    assert client.get("/api/v1/lists/nothing").status_code == 404


def test_a_place_means_what_counts_there_today(client, many):
    here = client.get("/api/v1/lists/findings", {"unit": "Phường Ba Đình, Hà Nội"}).json()["rows"]
    assert len(here) == Finding.objects.count()
    by_code = client.get("/api/v1/lists/findings", {"unit": "00004"}).json()["rows"]
    assert len(by_code) == len(here)
    elsewhere = client.get("/desk/findings/", {"unit": "Hoàn Kiếm"})
    assert elsewhere.status_code == 400 or elsewhere.context["lines"] == []


def test_the_box_of_a_place_shows_its_name_where_the_address_has_a_number(client, officials):
    client.force_login(officials.chair)
    name = "Phường Ba Đình – Thành phố Hà Nội (00004)"

    def box(address):
        return client.get(address).context["form"]["unit"].value()

    assert box("/desk/records/?unit=00004") == name
    assert box(f"/commitments/?unit={officials.ward.pk}") == name
    assert box("/desk/records/?unit=Ba Đình") == "Ba Đình"
    assert client.get("/desk/records/", {"unit": name}).status_code == 200
