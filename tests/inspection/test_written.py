"""A report of a board written from its own rows: each number counted again the slow way,
nothing of another board in it.
"""

import io
import zipfile
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.inspection import actions
from danchu.inspection.models import Finding, Recommendation
from danchu.inspection.reports.content import (
    figure_of,
    heading_of,
    indicator_keys,
    report_file,
    report_lines,
    rows_of,
)
from danchu.units.actions import open_body
from tests.inspection.conftest import FOUND
from tests.people.conftest import REFORM
from tests.sizes import long, size

UNTIL = date(2026, 1, 1)


@pytest.fixture
def agency(country, bodies, system):
    return open_body(
        country.here, by=system, kind="pib_agency", name="Ban TTND Trường A", since=REFORM
    )


@pytest.fixture
def report(bodies, system):
    return actions.open_report(
        by=system, board=bodies[0], title="Báo cáo đột xuất", since=REFORM, until=UNTIL
    )


def play(board, answerer, by, day, way):
    """A violation, as far as its way goes; `way` 0 found, 1 recommended, 2 sent, 3 answered, 4
    settled, 5 on the spot.
    """
    found = actions.record_finding(by=by, board=board, found_on=day, title="Vụ")
    if way == 5:
        return actions.resolve_finding(found, by=by, on=day, outcome="Trả", money=1000, land=3)
    if not way:
        return found
    it = actions.draft_recommendation(
        by=by,
        board=board,
        answerer=answerer,
        title="Vụ",
        finding="x",
        found_on=day,
        violation=found,
    )
    for step in range(2, way + 1):
        if step == 2:
            it = actions.send_recommendation(
                actions.confirm_recommendation(it, by=by), by=by, sent_on=day, received_on=day
            )
        elif step == 3:
            it = actions.answer_recommendation(
                it, by=by, on=day + timedelta(days=3), answer="full", text="x"
            )
        else:
            it = actions.report_remedy(it, by=by, on=day + timedelta(days=4), text="x", money=500)
            it = actions.settle_recommendation(it, by=by, on=day + timedelta(days=5))
    return it


@long
@settings(
    max_examples=size(5, 40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 240), st.integers(0, 5)), max_size=8))
def test_each_number_is_a_slow_recount_of_the_boards_own_rows(
    report, agency, bodies, system, plays
):
    board, committee = bodies
    for is_other, days, way in plays:
        play(agency if is_other else board, committee, system, REFORM + timedelta(days=days), way)
    mine = [it for it in Finding.objects.all() if it.board_id == board.pk]
    inside = [it for it in mine if REFORM <= it.found_on < UNTIL]
    sent = [
        it
        for it in Recommendation.objects.all()
        if it.board_id == board.pk and it.received_on and REFORM <= it.received_on < UNTIL
    ]
    resolved, recommended = (
        [it for it in inside if it.resolved_on],
        [it for it in inside if it.is_recommended],
    )
    expected = {
        "findings": len(inside),
        "findings_recommended": len(recommended),
        "findings_resolved": len(resolved),
        "recommendations_sent": len(sent),
        "recommendations_settled": sum(it.state == "settled" for it in sent),
        "findings_money": sum(
            it.money for it in mine if it.resolved_on and REFORM <= it.resolved_on < UNTIL
        ),
        "findings_land": sum(
            it.land for it in mine if it.resolved_on and REFORM <= it.resolved_on < UNTIL
        ),
    }
    assert {key: figure_of(report, key).value for key in expected} == expected
    rate = figure_of(report, "findings_resolved_rate").value
    assert (
        rate == (100 * len(resolved) / len(inside) if inside else None)
        or abs(rate - 100 * len(resolved) / len(inside)) < 1e-9
    )
    for key in indicator_keys(report):
        if key in expected:
            assert sum(row.amount * row.share for row in rows_of(report, key)) == expected[key]


def test_the_text_names_its_numbers_and_lists_what_is_behind_them(report, bodies, system):
    play(bodies[0], bodies[1], system, FOUND, 2)
    sheet = actions.write_round(
        uuid4(), by=system, board=bodies[0], held_on=FOUND, title="Thu chi quỹ tổ 5"
    )
    actions.confirm_round(sheet, by=system)
    actions.ask_verification(
        by=system,
        board=bodies[0],
        asker="front",
        title="Đất công tổ 5",
        content="x",
        asked_on=FOUND,
        until=FOUND,
    )
    lines = report_lines(report)
    text = "\n".join(
        "".join(span if isinstance(span, str) else span["text"] for span in line["spans"])
        for line in lines
    )
    assert (
        "tiến hành 1 cuộc" in text
        and "phát hiện 1 vụ việc" in text
        and "11/08/2025: Thu chi quỹ tổ 5" in text
    )
    assert "Chưa khép lại" in text and "Đất công tổ 5 – đang xác minh" in text and "{" not in text
    assert {
        span["key"] for line in lines for span in line["spans"] if not isinstance(span, str)
    } == set(indicator_keys(report))


@pytest.mark.case("FA35")
def test_a_report_names_every_verification(report, bodies, system):
    for number in range(205):
        actions.ask_verification(
            by=system,
            board=bodies[0],
            asker="front",
            title=f"Việc thứ {number}",
            content="x",
            asked_on=FOUND,
            until=FOUND,
        )
    text = "".join(str(line["spans"]) for line in report_lines(report))
    assert all(f"Việc thứ {number} " in text for number in range(205))


@pytest.mark.parametrize(
    ("span", "since", "until", "told"),
    [
        ("quarter", date(2025, 7, 1), date(2025, 10, 1), "quý 3 năm 2025"),
        ("half", date(2025, 1, 1), date(2025, 7, 1), "sáu tháng đầu năm 2025"),
        ("half", date(2025, 7, 1), UNTIL, "sáu tháng cuối năm 2025"),
        ("year", date(2025, 1, 1), UNTIL, "năm 2025"),
        ("term", REFORM, UNTIL, "nhiệm kỳ"),
        ("ad_hoc", REFORM, UNTIL, "Báo cáo đột xuất"),
    ],
)
def test_a_report_is_called_by_its_period(report, span, since, until, told):
    report.span, report.since, report.until = span, since, until
    assert heading_of(report).endswith(told)


def test_the_files_say_what_the_page_says_whatever_was_typed(report, bodies, system):
    actions.draft_recommendation(
        by=system,
        board=bodies[0],
        answerer=bodies[1],
        title="<b>&{findings}",
        finding="x",
        found_on=FOUND,
    )
    it = actions.confirm_recommendation(Recommendation.objects.get(), by=system)
    actions.send_recommendation(it, by=system, sent_on=FOUND, received_on=FOUND)
    lines = report_lines(report)
    assert report_file(report, lines, "pdf").startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(report_file(report, lines, "docx"))) as pack:
        assert "Ban Thanh tra nhân dân".upper() in pack.read("word/document.xml").decode()
    page = report_file(report, lines, "html").decode()
    assert "&lt;b&gt;&amp;{findings}" in page and "<b>" not in page


def test_an_investment_boards_report_speaks_of_its_project(country, bodies, system):
    project = actions.register_project(
        by=system,
        unit=country.here,
        name="Đường ngõ 5",
        owner="UBND",
        capital="public",
        begun_on=FOUND,
    )
    board = actions.found_board(
        project, by=system, name="Ban GSĐT", on=FOUND, until=date(2027, 1, 1)
    ).board
    report = actions.open_report(by=system, board=board, title="x", since=FOUND, until=UNTIL)
    text = report_file(report, report_lines(report), "html").decode()
    assert "giám sát dự án Đường ngõ 5" in text and "giảm trừ quyết toán 0 đồng" in text
