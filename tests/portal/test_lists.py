"""Every public list: the same rows on the page, in files and for machines; nothing of the desk."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from python_calamine import CalamineWorkbook

from danchu.conference.models import Conference
from danchu.subjects.listing import EXPECTED_FILTERS, FEWEST_SORTS
from danchu.subjects.room import public_sections, sections
from danchu.units.models import Standing
from tests.conference.conftest import committee, conference, convened, delegates, in_march  # noqa: F401
from tests.people.conftest import country, offices, system  # noqa: F401
from tests.sizes import one_in

pytestmark = pytest.mark.usefixtures("law_loaded")

NAMES = [section.listing.name for section in public_sections()]


@pytest.fixture
def three(convened):  # noqa: F811
    """Three conferences that were convened and one that is prepared."""
    for number, state in enumerate(("convened", "convened", "drafted")):
        Conference.objects.create(
            uid=uuid4(),
            unit=convened.unit,
            title=f"Hội nghị {number}",
            state=state,
            starts_at=convened.starts_at + timedelta(days=number + 1),
            made_by="x",
            made_at=convened.made_at,
        )


def test_what_a_public_list_lacks_stands_in_its_declaration_with_a_reason():
    wanting = []
    for section in public_sections():
        listing = section.listing
        lacking = [name for name in EXPECTED_FILTERS if name not in listing.filters]
        if len(listing.sorts) < FEWEST_SORTS:
            lacking.append("sorts")
        wanting += [(listing.name, name) for name in lacking if not listing.lacks.get(name)]
    assert wanting == []


@pytest.mark.parametrize("query", ["", "?sort=title", "?q=hoi+nghi", "?state=convened"])
def test_the_page_the_files_and_the_answer_for_machines_hold_the_same_rows(client, three, query):
    page = client.get(f"/conferences/{query}")
    titles = [line.row.title for line in page.context["lines"]]
    text = client.get(f"/conferences.csv{query}").getvalue().decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text))
    title = head.index("Hội nghị")
    assert [line[title] for line in lines] == titles
    content = client.get(f"/conferences.xlsx{query}").getvalue()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert [line[title] for line in sheet[1:]] == titles
    answer = client.get(f"/api/v1/lists/conferences{query}").json()
    assert [row["title"] for row in answer["rows"]] == titles
    assert titles and "Hội nghị 2" not in titles


@one_in(3)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("query", ["?unit=khong-co-noi-nay", "?since=31/02/2025", "?state=zzz"])
def test_what_does_not_read_is_refused_and_stays_typed(client, db, name, query):
    listing = next(one.listing for one in public_sections() if one.listing.name == name)
    if query[1:].partition("=")[0] in listing.lacks:
        pytest.skip("the list has no such filter")
    page = client.get(f"/{name}/{query}")
    assert page.status_code == 400
    assert page.context["form"].errors.keys() == {query[1:].split("=")[0]}
    for address in (f"/{name}.csv{query}", f"/{name}.xlsx{query}", f"/api/v1/lists/{name}{query}"):
        assert client.get(address).status_code == 400


def test_the_public_reads_its_own_lists_and_none_of_the_desk(client, db):
    names = [one["name"] for one in client.get("/api/v1/lists").json()]
    assert names == NAMES
    only_at_desk = {section.listing.name for section in sections()} - set(NAMES)
    assert only_at_desk
    assert {client.get(f"/api/v1/lists/{name}").status_code for name in only_at_desk} == {403}


def test_every_public_list_stands_in_the_navigation_or_at_the_foot(client, db):
    page = client.get("/law/").content.decode()
    assert all(f'href="/{name}/"' in page for name in NAMES)


def test_a_number_in_a_public_address_is_that_of_a_unit_though_another_has_it_as_code(
    client,
    three,
    convened,
    country,  # noqa: F811
):
    here = str(convened.unit_id)
    Standing.objects.filter(unit=country.far).update(code=here)
    assert client.get(f"/conferences/?unit={here}").context["lines"]
    assert not client.get(f"/conferences/?unit={country.far.pk}").context["lines"]


def test_a_public_list_has_the_columns_it_names_and_a_new_one_of_the_desk_is_not_among_them():
    columns = {
        section.listing.name: [column.name for column in section.listing.columns]
        for section in public_sections()
    }
    assert columns["conferences"] == [
        "starts_at",
        "title",
        "place",
        "state",
        "opened_at",
        "closed_at",
    ]
    assert set(columns["commitments"]) == {
        "code",
        "title",
        "place",
        "owner",
        "made_on",
        "due_on",
        "state",
        "over",
    }


@pytest.mark.case("FA35")
def test_a_workbook_too_long_to_wait_for_is_refused_and_the_text_file_is_not(
    client, three, settings
):
    settings.EXPORT_ROWS = 2
    answer = client.get("/conferences.xlsx")
    assert answer.status_code == 400
    assert "hãy lọc bớt" in answer.content.decode().lower()
    whole = b"".join(client.get("/conferences.csv").streaming_content).decode()
    assert len(whole.splitlines()) == 1 + Conference.objects.exclude(state="drafted").count()
    assert client.get("/conferences.xlsx?q=hoi+nghi+0").status_code == 200
