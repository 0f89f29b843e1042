"""Where consultations appear: at the desk, for machines, at the public site, in figures."""

import re
from datetime import date, timedelta

import pytest

from danchu.consultation.actions import (
    close_consultation,
    explain_decision,
    open_consultation,
    overrule_opinions,
    write_content,
)
from danchu.consultation.room import ROOM
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period, show_day
from danchu.kernel.refusals import Refused
from tests.consultation.conftest import GIVEN, OPENED, REQUIRED, TEXT, TITLE
from tests.consultation.test_acts import UNTIL_CLOSED, UNTIL_PUBLISHED, UNTIL_SIGNED

OTHER = "Thu hồi đất của một hộ"


def test_everyone_reads_all_but_what_is_about_one_person(client, begin):
    shown, hidden = begin(), begin(matter=8, title=OTHER)
    page = client.get("/consultations/")
    assert [line.row.title for line in page.context["lines"]] == [TITLE]
    answer = client.get("/api/v1/lists/consultations").json()
    assert [row["title"] for row in answer["rows"]] == [TITLE]
    assert client.get(f"/consultations/{shown.uid}/").status_code == 200
    assert client.get(f"/consultations/{hidden.uid}/").status_code == 404
    assert OTHER not in client.get("/consultations.atom").content.decode()


def test_the_desk_and_machines_have_the_same_rows(client, officials, begin):
    begin(*UNTIL_CLOSED)
    begin(matter=8, title=OTHER)
    client.force_login(officials.clerk)
    for query, titles in (
        ("", {TITLE, OTHER}),
        ("?q=mo+rong", {TITLE}),
        ("?state=closed", {TITLE}),
        ("?state=short", set()),
        ("?since=03/03/2026", set()),
    ):
        page = client.get(f"/desk/consultations/{query}")
        assert {line.row.title for line in page.context["lines"]} == titles
        answer = client.get(f"/api/v1/lists/consultations{query}").json()
        assert {row["title"] for row in answer["rows"]} == titles


def test_a_signed_summary_is_read_by_the_public_when_it_is_published(client, begin, system):
    summary = GIVEN["summarise"]["summary"]
    signed = begin(*UNTIL_SIGNED)
    published = begin(*UNTIL_PUBLISHED, "overrule", "explain")
    assert summary not in client.get(f"/consultations/{signed.uid}/").content.decode()
    page = client.get(f"/consultations/{published.uid}/").content.decode()
    assert summary in page and GIVEN["explain"]["explanation"] in page


def test_a_superior_that_decides_otherwise_owes_an_explanation_that_comes_back(
    client, officials, begin, system, country
):
    consultation = begin(*UNTIL_PUBLISHED)
    with pytest.raises(Refused):  # nothing to explain yet
        explain_decision(consultation, by=system, **GIVEN["explain"])
    consultation = overrule_opinions(consultation, by=system, **GIVEN["overrule"])
    owed = consultation.explanation_owed
    assert (owed.unit, owed.state, owed.event_on) == (country.province, "open", date(2026, 4, 10))
    page = client.get(f"/consultations/{consultation.uid}/").content.decode()
    assert "chưa giải trình" in page and show_day(owed.due_on) in page
    client.force_login(officials.clerk)
    inbox = client.get("/desk/").content.decode()
    assert f"/desk/consultations/{consultation.uid}/" in inbox
    on = owed.due_on + timedelta(days=1)
    explain_decision(consultation, by=system, **{**GIVEN["explain"], "on": on})
    owed.refresh_from_db()
    assert owed.state == "late"
    page = client.get(f"/consultations/{consultation.uid}/").content.decode()
    assert "chưa giải trình" not in page and "muộn" in page
    [arisen] = [
        declared for declared in ROOM.to_disclose if declared.kind == "consultation_explanation"
    ]
    assert [arisen.title(row) for row in arisen.rows()] == [f"Giải trình của cấp trên: {TITLE}"]


def test_an_individual_decision_has_no_majority(begin, system):
    consultation = begin("tell", *UNTIL_SIGNED, matter=8)
    with pytest.raises(Refused):
        overrule_opinions(consultation, by=system, **GIVEN["overrule"])


def test_everyone_reads_what_a_version_changed(client, begin, system):
    consultation = begin("write")
    write_content(
        consultation,
        by=system,
        on=OPENED,
        text=TEXT.replace("hai", "một"),
        note="Theo ý kiến các hộ",
    )
    page = client.get(f"/consultations/{consultation.uid}/").content.decode()
    assert re.search(r"<del\s*>hai</del><ins\s*>một</ins>", page)
    assert "Theo ý kiến các hộ" in page
    assert re.search(r'<li id="p2">\s*Mỗi hộ hiến một mét đất\.\s*</li>', page)


def test_a_record_tells_what_was_done_to_it(client, officials, begin):
    client.force_login(officials.clerk)
    consultation = begin("send", *UNTIL_PUBLISHED)
    page = client.get(f"/desk/consultations/{consultation.uid}/").content.decode()
    for words in ("Gửi kế hoạch", "Bắt đầu lấy ý kiến", "Ký tổng hợp, giải trình"):
        assert words in page


@pytest.mark.parametrize("months", [1, 12])
def test_figures_count_what_was_closed_and_open_to_it(client, officials, begin, system, months):
    begin(*UNTIL_CLOSED)
    short = open_consultation(begin("write"), by=system, on=OPENED, until=REQUIRED)
    close_consultation(short, by=system, on=OPENED, reason="Lũ lụt.")
    begin()
    begin("write", "open")
    period = Period.year(2026) if months == 12 else Period(OPENED, REQUIRED)
    value = {
        key: figure(INDICATORS[key], officials.here.pk, period, REQUIRED).value
        for key in ("consultations", "consultations_long_enough")
    }
    assert value["consultations"] == (2 if months == 12 else 1)
    assert value["consultations_long_enough"] == (50 if months == 12 else 0)
