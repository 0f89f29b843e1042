"""Where the subject appears: at the desk, for machines, at the public site, in its figure, in
the generated pages.
"""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from danchu.mediation.sections import LISTING
from danchu.subjects.listing import EXPECTED_FILTERS, FEWEST_SORTS
from tests.mediation.conftest import OUTCOME, TITLE

OTHER = "Mâu thuẫn về tiếng ồn"


@pytest.fixture
def two(begin):
    """One that was settled and one that only came."""
    return begin("schedule", "settle"), begin(title=OTHER)


def titles_of_csv(client, address):
    text = client.get(address).getvalue().decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text))
    return {line[head.index("Vụ việc")] for line in lines}


def titles_of_xlsx(client, address):
    content = client.get(address).getvalue()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    head, *lines = sheet.to_python()
    return {line[head.index("Vụ việc")] for line in lines}


def test_the_list_has_every_filter_and_two_sorts():
    assert set(EXPECTED_FILTERS) <= LISTING.filters.keys()
    assert len(LISTING.sorts) >= FEWEST_SORTS


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", {TITLE, OTHER}),
        ("?q=tieng+on", {OTHER}),
        ("?state=settled", {TITLE}),
        ("?since=11/01/2026", set()),
        ("?last=10/01/2026&sort=title", {TITLE, OTHER}),
    ],
)
def test_the_desk_and_machines_have_the_same_rows(client, officials, two, query, titles):
    client.force_login(officials.clerk)
    page = client.get(f"/desk/mediations/{query}")
    assert {line.row.title for line in page.context["lines"]} == titles
    assert titles_of_csv(client, f"/desk/mediations.csv{query}") == titles
    assert titles_of_xlsx(client, f"/desk/mediations.xlsx{query}") == titles
    answer = client.get(f"/api/v1/lists/mediations{query}").json()
    assert {row["title"] for row in answer["rows"]} == titles


def questions_asked(client):
    """How many queries the pages, files and answers for machines of the list take together."""
    paths = (
        "/desk/mediations/",
        "/desk/mediations.csv",
        "/api/v1/lists/mediations",
        "/mediations/",
    )
    for path in paths:
        client.get(path)
    with CaptureQueriesContext(connection) as queries:
        for path in paths:
            answer = client.get(path)
            b"".join(answer.streaming_content if answer.streaming else [])
    return len(queries)


def test_one_row_and_three_rows_ask_the_same_number_of_questions(client, officials, begin):
    client.force_login(officials.clerk)
    begin("schedule", "settle")
    asked = questions_asked(client)
    for _more in range(2):
        begin("schedule", "settle")
    assert questions_asked(client) == asked


def test_the_list_is_among_the_lists_for_machines(client, officials):
    client.force_login(officials.clerk)
    assert "mediations" in [one["name"] for one in client.get("/api/v1/lists").json()]


def test_the_desk_leads_to_the_list(client, officials):
    client.force_login(officials.clerk)
    assert 'href="/desk/mediations/"' in client.get("/desk/").content.decode()


def test_a_record_tells_what_was_done_to_it(client, officials, two):
    client.force_login(officials.clerk)
    page = client.get(f"/desk/mediations/{two[0].uid}/").content.decode()
    for words in ("Nhận vụ việc", "Hẹn ngày hòa giải", "Hòa giải thành", OUTCOME):
        assert words in page


def test_everyone_reads_what_was_heard_to_its_end_and_nothing_else(client, two):
    ended, open_one = two
    page = client.get("/mediations/")
    assert [line.row.title for line in page.context["lines"]] == [TITLE]
    assert titles_of_csv(client, "/mediations.csv") == {TITLE}
    answer = client.get("/api/v1/lists/mediations").json()
    assert [row["title"] for row in answer["rows"]] == [TITLE]
    assert OUTCOME in client.get(f"/mediations/{ended.uid}/").content.decode()
    assert client.get(f"/mediations/{open_one.uid}/").status_code == 404


def test_the_foot_of_every_public_page_leads_to_the_list(client, country):
    foot = client.get("/units/").content.decode().partition("<footer")[2]
    assert 'href="/mediations/"' in foot


def test_the_figure_opens_to_the_public_page_of_what_it_counts(client, officials, two, begin):
    begin("schedule", "end", title=OTHER)
    query = f"?unit={officials.here.pk}&since=2026-02-01&last=2026-02-01&map=2026-02-01"
    answer = client.get(f"/figures/mediations_settled/{query}")
    assert answer.context["figure"].value == 1
    [row] = answer.context["evidence"]["rows"]
    assert (row.title, row.url) == (TITLE, f"/mediations/{two[0].uid}/")
    assert f'href="{row.url}"' in answer.content.decode()
    before = query.replace("2026-02-01", "2026-01-31")
    assert client.get(f"/figures/mediations_settled/{before}").context["figure"].value == 0


@pytest.mark.parametrize(
    ("office", "verb", "kind"),
    [
        ("commune_clerk", "draft", "vụ việc hòa giải"),
        ("front_clerk", "draft", "hẹn ngày hòa giải"),
        ("front_clerk", "draft", "kết quả hòa giải"),
        ("front_chair", "confirm", "kết quả hòa giải"),
        ("front_chair", "withdraw", "vụ việc hòa giải"),
    ],
)
def test_each_right_stands_in_the_table_of_rights(settings, office, verb, kind):
    page = (settings.ROOT / "docs" / "generated" / "rights.md").read_text(encoding="utf-8")
    section = page.partition(f"`{office}` ·")[2].partition("\n## ")[0]
    [line] = [line for line in section.splitlines() if f"(`{verb}`)" in line]
    assert kind in line


def test_the_figure_stands_in_the_catalogue(settings):
    page = (settings.ROOT / "docs" / "generated" / "figures.md").read_text(encoding="utf-8")
    assert "| `mediations_settled` | Vụ việc hòa giải thành | Mediations settled |" in page
