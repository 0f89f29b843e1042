"""What a seal holds and what is told of it later: value and evidence of one moment, each cell with
its own rows, drift line by line whatever happened to the map, corrections followed to their end.
"""

import threading
from datetime import date
from fractions import Fraction
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.db import close_old_connections, connection

from danchu.figures.answer import by_unit, evidence_rows, figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.models import OutsideScore
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.register.actions import (
    attach_paper,
    confirm_event,
    confirm_statement,
    correct_event,
    correct_statement,
    draft_event,
    draft_statement,
    withdraw_event,
)
from danchu.reports import sealing
from danchu.reports.actions import seal_report
from danchu.reports.document import fill
from danchu.reports.drift import broken_seals, drift_of
from danchu.reports.models import Seal
from danchu.reports.sealing import evidence_sum, unpacked
from danchu.reports.template import Form, parse_text
from danchu.units.actions import open_body
from danchu.units.models import Standing, Succession, Unit
from tests.people.conftest import NOW, REFORM, country, make_unit, system  # noqa: F401
from tests.site.conftest import PDF

BY, KEY = Actor.system("test"), "dialogue_participants"
YEAR = Period(date(2024, 1, 1), date(2026, 3, 1))


@pytest.fixture(autouse=True)
def papers(settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path


def event(unit, kind="dialogue", on=date(2025, 9, 9), **fields):
    fields = {"participants": 1, **fields}
    draft = draft_event(kind, by=BY, unit=unit, held_on=on, title="Việc", **fields)
    return confirm_event(draft, by=BY)


def form(unit, *blocks, map_day=NOW):
    words = {"vi": "Báo cáo", "en": "Report"}
    return Form("thu", str(unit.pk), YEAR, map_day, words, blocks)


def table(*keys, level=""):
    words = {"vi": "Bảng", "en": "Table"}
    keys = keys or (KEY,)
    return {"kind": "table", "text": words, "keys": keys, "level": level, "compare": False}


def sentence(text):
    return {"kind": "paragraph", "text": {lang: parse_text(text) for lang in ("vi", "en")}}


def lines(seal):
    """{(key, unit, own): (sealed value, sum of the sealed evidence, number of rows)}"""
    return {
        (line.key, line.unit_id, line.own): (
            Fraction(line.value),
            evidence_sum(unpacked(line.evidence)),
            len(unpacked(line.evidence)),
        )
        for line in seal.lines.all()
    }


@pytest.mark.case("FI2")
def test_a_seal_has_the_value_of_the_rows_it_seals_not_of_an_older_document(country):
    event(country.here, participants=3)
    document = fill(form(country.province, table(), table(level="commune")))
    event(country.here, participants=4)
    seal = seal_report(document, by=BY)
    assert lines(seal) == {
        (KEY, country.province.pk, ""): (7, 7, 2),
        (KEY, country.here.pk, ""): (7, 7, 2),
    }
    assert all(drift.is_unchanged for drift in drift_of(seal))
    assert not list(broken_seals())
    assert "7" in str(seal.text)


@pytest.mark.case("FI2")
def test_a_value_that_is_not_the_sum_of_its_evidence_is_not_sealed(country, monkeypatch):
    event(country.here, participants=3)
    whole = sealing.evidence_lines
    monkeypatch.setattr(
        sealing, "evidence_lines", lambda figure: dict([*whole(figure).items()][1:])
    )
    with pytest.raises(Refused, match="không bằng tổng các hồ sơ"):
        seal_report(fill(form(country.province, table())), by=BY)
    assert not Seal.objects.exists()


@pytest.mark.case("FI2")
@pytest.mark.django_db(transaction=True)
def test_what_is_confirmed_while_a_report_is_sealed_is_in_none_of_its_lines(country, monkeypatch):
    event(country.here, participants=3)
    whole, confirmed = sealing.evidence_lines, []

    def confirm():
        close_old_connections()
        try:
            confirmed.append(event(country.here, participants=4))
        finally:
            connection.close()

    def evidence_while_another_confirms(figure):
        if not confirmed:
            thread = threading.Thread(target=confirm)
            thread.start()
            thread.join(30)
        return whole(figure)

    monkeypatch.setattr(sealing, "evidence_lines", evidence_while_another_confirms)
    seal = seal_report(fill(form(country.province, table(KEY, "dialogues"))), by=BY)
    assert confirmed
    assert lines(seal) == {
        (KEY, country.province.pk, ""): (3, 3, 1),
        ("dialogues", country.province.pk, ""): (1, 1, 1),
    }
    monkeypatch.setattr(sealing, "evidence_lines", whole)
    drifts = drift_of(seal)
    assert [[change.how for change in drift.changes] for drift in drifts] == [["came"], ["came"]]


@pytest.mark.case("FI1")
def test_what_was_recorded_at_a_unit_itself_has_its_own_address_and_evidence(country, client):
    event(country.province, participants=5)
    event(country.here, participants=2)
    event(country.old_whole, on=date(2024, 9, 9), participants=1)
    question = (INDICATORS[KEY], country.province.pk, YEAR, NOW)
    answers = {(f.unit_id, f.own): f.value for f in by_unit(*question, "commune")}
    assert answers == {(country.province.pk, "commune"): 5, (country.here.pk, ""): 3}
    assert figure(*question).value == 8
    assert figure(*question, own="commune").value == 5
    assert [row.amount for row in evidence_rows(*question, own="commune") if row.amount] == [5]
    address = f"unit={country.province.pk}&since=2024-01-01&until=2026-03-01&map={NOW}"
    rows = client.get(f"/api/v1/figures/{KEY}/by-unit?{address}&level=commune").json()["rows"]
    assert len(rows) == 2
    for row in rows:
        evidence = client.get(row["evidence"]).json()["rows"]
        assert sum(int(one["amount"]) for one in evidence) == int(row["value"])
    own = f"/figures/{KEY}/?unit={country.province.pk}&since=01/01/2024&last=28/02/2026&map={NOW}"
    page = client.get(own).content.decode()
    assert "&amp;own=commune" in page
    page = client.get(f"{own}&own=commune").content.decode()
    assert "chỉ phần ghi tại chính nơi này" in page
    assert client.get(f"{own}&own=nation").status_code == 400
    assert client.get(f"{own}&own=x").status_code == 400


@pytest.mark.case("FI1")
def test_the_own_cell_is_sealed_beside_the_whole_with_its_own_rows(country, client):
    event(country.province, participants=5)
    event(country.here, participants=2)
    seal = seal_report(fill(form(country.province, table(), table(level="commune"))), by=BY)
    assert lines(seal) == {
        (KEY, country.province.pk, ""): (7, 7, 2),
        (KEY, country.province.pk, "commune"): (5, 5, 1),
        (KEY, country.here.pk, ""): (2, 2, 1),
    }
    page = client.get(f"/report/seals/{seal.pk}/").content.decode()
    assert "phần ghi tại chính nơi này" in page


def merge(country, on=date(2026, 2, 1)):
    """`here` and `next_door` become one commune, with a day before the sealed map."""
    merged = make_unit("commune", "Đống Đa Láng", country.province, on)
    for unit in (country.here, country.next_door):
        Unit.objects.filter(pk=unit.pk).update(until=on)
        Standing.objects.filter(unit=unit).update(until=on)
        Succession.objects.create(before=unit, after=merged, on=on, share_over=1, share_under=1)
    return merged


@pytest.mark.case("FI3")
def test_a_line_whose_unit_left_the_map_is_told_and_the_others_are_listed(country, client):
    event(country.here)
    event(country.next_door)
    event(country.province)
    document = fill(form(country.province, table(level="commune"), table()))
    seal = seal_report(document, by=BY)
    merge(country)
    correct_event(event(country.province), by=BY, reason="Nhầm", participants=9)
    drifts = {(d.line.unit_id, d.line.own): d for d in drift_of(seal)}
    for unit in (country.here, country.next_door):
        assert drifts[unit.pk, ""].problem.startswith("Đơn vị này không còn trên bản đồ")
        assert "Đống Đa Láng" in drifts[unit.pk, ""].problem
        assert not drifts[unit.pk, ""].is_unchanged
    for own in ("", "commune"):
        assert drifts[country.province.pk, own].problem == ""
        assert [change.how for change in drifts[country.province.pk, own].changes] == ["came"]
    page = client.get(f"/report/seals/{seal.pk}/")
    assert page.status_code == 200
    assert "không còn trên bản đồ" in page.content.decode()
    # The document was filled before the reorganisation; it is sealed as the map is now.
    assert seal_report(document, by=BY).lines.count() == 3


@pytest.mark.case("FI3")
def test_a_line_whose_indicator_is_not_in_the_catalogue_any_more_is_told(country, monkeypatch):
    event(country.here)
    seal = seal_report(fill(form(country.province, table(KEY, "dialogues"))), by=BY)
    monkeypatch.delitem(INDICATORS, KEY)
    gone, there = drift_of(seal)
    assert KEY in gone.problem
    assert there.is_unchanged


@pytest.mark.case("FI4")
def test_a_correction_of_a_correction_is_told_as_one(country):
    first = event(country.here)
    seal = seal_report(fill(form(country.province, table())), by=BY)
    second = correct_event(first, by=BY, reason="Đếm lại", participants=4)
    third = correct_event(second, by=BY, reason="Đếm lại", participants=7)
    [change] = drift_of(seal)[0].changes
    assert (change.reference, change.how, change.before, change.after, change.now) == (
        f"event:{first.pk}",
        "corrected",
        1,
        7,
        f"event:{third.pk}",
    )
    moved = correct_event(third, by=BY, reason="Nhầm ngày", held_on=date(2026, 4, 1))
    [change] = drift_of(seal)[0].changes
    assert (change.how, change.after, change.now) == ("gone", None, f"event:{moved.pk}")
    withdraw_event(moved, by=BY, reason="Không có")
    [change] = drift_of(seal)[0].changes
    assert (change.how, change.after, change.now) == ("gone", None, "")


@pytest.mark.case("FI4")
def test_corrections_of_statements_and_of_parts_are_followed_too(country):
    body = open_body(country.here, by=BY, kind="agency", name="Phòng", since=REFORM)
    statement = draft_statement(
        by=BY,
        body=body,
        indicator=KEY,
        since=date(2025, 8, 1),
        until=date(2025, 9, 1),
        amount=10,
    )
    attach_paper(statement, BytesIO(PDF), "a.pdf", by=BY)
    statement = confirm_statement(statement, by=BY)
    points = [("bridge_point", country.here, "", 40), ("bridge_point", country.far, "", 5)]
    conference = event(country.province, "conference", form="online", parts=points)
    keys = (KEY, "online_conference_delegates")
    seal = seal_report(fill(form(country.nation, table(*keys))), by=BY)
    for amount in (11, 12):
        statement = correct_statement(statement, by=BY, reason="Đếm lại", amount=amount)
    for delegates in (41, 42):
        points[0] = ("bridge_point", country.here, "", delegates)
        conference = correct_event(conference, by=BY, reason="Đếm lại", parts=points)
    stated, delegates = drift_of(seal)
    assert [(c.how, c.before, c.after) for c in stated.changes] == [("corrected", 10, 12)]
    assert {(c.how, c.before, c.after) for c in delegates.changes} == {
        ("corrected", 40, 42),
        ("corrected", 5, 5),
    }


def said(document):
    return " ".join(
        "".join(span if isinstance(span, str) else span.text for span in block.spans)
        for block in document.blocks
    )


@pytest.mark.case("FI8")
def test_a_comparison_across_a_change_says_so_in_its_sentence(country, client):
    load_law(by=BY)
    for year, score in ((2021, 80), (2022, 85)):
        OutsideScore.objects.create(
            series="par_index", unit=country.province, year=year, score=score, source="x", status=""
        )
    event(country.far, on=date(2022, 3, 3))
    spans = {
        "law": "{change dialogues year=2024 from=2022}",
        "law, backwards": "{change dialogues year=2022 from=2024}",
        "none": "{change dialogues year=2022 from=2021}",
        "method": "{change par_index year=2022 from=2021}",
        "map": "{change dialogues year=2026 from=2024}",
    }
    texts = {}
    for name, text in spans.items():
        unit = {"map": country.here, "method": country.province}.get(name, country.elsewhere)
        for language in ("vi", "en"):
            texts[name, language] = said(fill(form(unit, sentence(text)), language))
    assert texts["law", "vi"].endswith(
        "giảm 1 cuộc so với năm 2022 (lưu ý: hai kỳ theo hai luật khác nhau)"
    )
    assert "the law has changed in between" in texts["law", "en"]
    assert "hai luật khác nhau" in texts["law, backwards", "vi"]
    assert "lưu ý" not in texts["none", "vi"] and "note" not in texts["none", "en"]
    assert "lưu ý: cách tính đã đổi" in texts["method", "vi"]
    assert "địa giới đã đổi" in texts["map", "vi"]


@pytest.mark.case("FI8")
def test_the_card_of_a_figure_says_what_changed_since_the_year_before(country, client):
    load_law(by=BY)
    event(country.far, on=date(2022, 3, 3))
    event(country.far, on=date(2023, 9, 3))
    address = f"/units/{country.elsewhere.pk}/?year=2023"
    page = client.get(address).content.decode()
    assert "năm 2022 (lưu ý: hai kỳ theo hai luật khác nhau)" in page


@pytest.mark.case("FI8")
def test_a_card_says_that_the_year_before_has_what_cannot_be_placed(country, client, clock):
    """The commune existed all the time; a part of a divided one may belong to it."""
    clock.set("2027-02-01")
    old = make_unit("commune", "Ngã Tư Sở", country.province)
    Succession.objects.create(before=country.old_cut, after=old, on=REFORM)
    event(country.old_cut, on=date(2025, 3, 3))
    event(old, on=date(2026, 9, 3))
    text = client.get(f"/units/{old.pk}/?year=2026").content.decode()
    assert "năm 2025 (lưu ý: địa giới đã đổi)" in text


@pytest.mark.case("FI10", "FA36")
def test_a_list_that_does_not_add_up_says_by_how_much_and_why(country, client):
    event(country.old_cut, on=date(2024, 9, 9), participants=6)
    event(country.here, participants=2)
    question = SimpleNamespace(
        api=f"unit={country.province.pk}&since=2024-01-01&until=2026-03-01&map={NOW}",
        page=f"unit={country.province.pk}&since=01/01/2024&last=28/02/2026&map={NOW}",
    )
    whole = client.get(f"/api/v1/figures/{KEY}?{question.api}").json()
    answer = client.get(f"/api/v1/figures/{KEY}/by-unit?{question.api}&level=commune").json()
    assert (whole["value"], whole["unplaced"]) == ("8", "0")
    assert {row["unit"]: (row["value"], row["unplaced"]) for row in answer["rows"]} == {
        country.here.pk: ("2", "6"),
        country.next_door.pk: ("0", "6"),
    }
    assert answer["remainder"] == {
        "value": "6",
        "units": [{"unit": country.old_cut.pk, "amount": "6"}],
    }
    page = client.get(f"/figures/{KEY}/?{question.page}").content.decode()
    assert "Láng Hạ" in page
    assert "Các nơi cộng lại ít hơn cả" in " ".join(page.split())
    file = client.get(f"/figures/{KEY}/places.csv?{question.page}")
    content = b"".join(file.streaming_content).decode()
    assert "Không phân được cho nơi nào" in content
    document = fill(form(country.province, table(level="commune")))
    name, cell = document.blocks[0].rows[-1]
    assert (name.split(" (")[0], cell.text) == ("Không phân được cho nơi nào", "6")
    assert sum(Fraction(row[1].text) for row in document.blocks[0].rows) == 8
