"""The API answers with exact text and refuses by name. The figures themselves are tested in
tests/figures.
"""

from datetime import date

import pytest

from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, draft_event
from danchu.units.find import unit_from
from danchu.units.sources_load import load_units

QUESTION = "unit=01@2023-12-12&since=2023-01-01&until=2024-01-01&map=2023-12-12"


@pytest.fixture
def records(country_database, db):
    by = Actor.system("test")
    load_units(by=by)
    ward = unit_from("00004@2023-12-12")
    for kind, fields in (
        ("inspection_round", {"findings": 3, "recommended": 3, "resolved": 2}),
        ("petition", {"eligible": 1, "competent": 1, "resolved": 1}),
    ):
        event = draft_event(
            kind, by=by, unit=ward, held_on=date(2023, 5, 5), title="Bà Nguyễn Thị Bí Mật", **fields
        )
        confirm_event(event, by=by)
    return ward


def test_a_ratio_answers_exactly_with_what_is_over_and_under(records, client):
    face = client.get(f"/api/v1/figures/pib_resolution_rate?{QUESTION}").json()
    assert (face["over"], face["under"], face["value"], face["shown"]) == (
        "2",
        "3",
        "200/3",
        "66,7\u00a0%",
    )


def test_the_public_gets_no_count_of_petitions_that_is_not_published_and_no_rows(records, client):
    face = client.get(f"/api/v1/figures/petitions_received?{QUESTION}").json()
    assert (face["value"], face["shown"], face["blurred"]) == (None, "không nêu", True)
    evidence = client.get(f"/api/v1/figures/petitions_received/evidence?{QUESTION}")
    assert evidence.json() == {
        "rows": [],
        "parts": [],
        "records": None,
        "withheld": None,
        "blurred": True,
        "next": None,
    }


def test_a_ratio_of_small_counts_tells_the_public_neither_count(records, client):
    face = client.get(f"/api/v1/figures/petition_resolution_rate?{QUESTION}").json()
    assert (face["value"], face["over"], face["under"], face["blurred"]) == (None, None, None, True)


def test_public_rows_are_named(records, client):
    rows = client.get(f"/api/v1/figures/pib_violations/evidence?{QUESTION}").json()["rows"]
    assert [(r["amount"], r["share"], r["unit"]) for r in rows] == [("3", "1", records.pk)]


@pytest.mark.parametrize(
    "question",
    ["unit=XX@2023-12-12", "unit=2&since=31/02/2023", "unit=2&since=2024-01-01&until=2023-01-01"],
)
def test_what_does_not_read_is_refused_in_vietnamese(records, client, question):
    answer = client.get(f"/api/v1/figures/opinions?{question}")
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_an_unknown_indicator_is_named(records, client):
    assert "khong_co" in client.get(f"/api/v1/figures/khong_co?{QUESTION}").json()["error"]


def test_units_are_found_without_marks_and_described_by_openapi(records, client):
    assert any(
        u["name"] == "Phường Trúc Bạch" for u in client.get("/api/v1/units?q=truc+bach").json()
    )
    assert "/api/v1/figures/{key}" in client.get("/api/v1/openapi.json").json()["paths"]
