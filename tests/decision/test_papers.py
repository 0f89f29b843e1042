"""The papers of a vote: what they say, and what the ballot never says."""

import pytest

from danchu.decision import actions
from danchu.decision.papers.sheets import KINDS, paper_of
from danchu.papers.official import Table
from tests.decision import played
from tests.decision.played import (
    TITLE,
    ballots_out,
    decided_by_meeting,
    fallen_short,
    latest,
    meet,
    propose,
    write_roll,
)

NAME = "Người Đại Diện"


@pytest.fixture
def decision(officials, system):
    write_roll(officials.village, 9)
    return played.ballots_out(fallen_short(officials.village, system, 2), system)


def text_of(decision, kind, **more):
    paper = paper_of(decision, latest(decision), kind, **more)
    lines = [
        " ".join((line.title, *line.head, *(" ".join(row) for row in line.rows)))
        if isinstance(line, Table)
        else line.text
        for line in paper.lines
    ]
    return "\n".join((paper.title, *lines, *paper.signers))


def test_the_ballot_has_a_choice_of_three_and_its_last_day_and_no_code(decision):
    text = text_of(decision, "ballot", with_names=True)
    for words in (TITLE, "☐ Tán thành", "☐ Không tán thành", "☐ Ý kiến khác", "20/01/2026"):
        assert words in text
    assert NAME not in text and "Hộ số" not in text and str(decision.uid) not in text


def test_the_list_has_every_household_of_the_frozen_roll_and_names_for_who_may_see_them(
    decision, system
):
    actions.leave_roll(
        latest(decision).entries.first().household,
        by=system,
        on=played.UNTIL,
        reason="Chuyển đi",
    )
    [table] = [
        line
        for line in paper_of(decision, latest(decision), "list", True).lines
        if isinstance(line, Table)
    ]
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, 10)]
    assert NAME in table.rows[0][1]
    assert NAME not in text_of(decision, "list")


def test_the_minutes_have_the_fields_of_article_20(officials, system):
    write_roll(officials.village, 9)
    text = text_of(decided_by_meeting(officials.village, system, 7, 6), "minutes")
    for words in (
        "Ngày: 10/01/2026",
        "Tổng số hộ: 9",
        "Số đại diện hộ dự họp: 7",
        "Số hộ không có người đại diện: 0",
        "Khoản 1",
        "Họp cộng đồng dân cư",
        "Tán thành: 6",
        "3 × 6 = 18 ≥ 2 × 9 = 18",
        "TRƯỞNG BAN CÔNG TÁC MẶT TRẬN",
        "ĐẠI DIỆN HAI HỘ GIA ĐÌNH",
    ):
        assert words in text, words


def test_the_minutes_leave_open_what_is_not_known_and_out_what_did_not_come_to_pass(
    officials, system
):
    write_roll(officials.village, 9)
    meeting = meet(propose(officials.village, system), system, 5)
    before = text_of(meeting, "minutes")
    for words in ("Số đại diện hộ dự họp: 5", "Thư ký: …", "Tán thành: …", "Phiếu trắng: …"):
        assert words in before, words
    short = text_of(actions.close_short_meeting(meeting, by=system), "minutes")
    assert "Số đại diện hộ dự họp: 5" in short and "Kết quả: Không đủ người dự" in short
    for words in ("Tán thành: ", "Thư ký", "Cách biểu quyết", "Ban kiểm phiếu"):
        assert words not in short, words
    ballots = text_of(ballots_out(meeting, system), "minutes")
    for words in ("Tổng số hộ: 9", "Thu về: …", "Tán thành: …", "Nộp muộn: …"):
        assert words in ballots, words


def test_papers_are_printed_at_the_desk(client, officials, decision):
    client.force_login(officials.clerk)
    here = f"/desk/decisions/{decision.uid}/"
    page = client.get(here).content.decode()
    for kind in KINDS:
        path = f"{here}votes/2/{kind}.docx"
        assert path in page
        assert client.get(path).status_code == 200, kind
    assert client.get(f"{here}votes/2/other.pdf").status_code == 404
    assert client.get(f"{here}votes/9/notice.pdf").status_code == 404
    pdf = client.get(f"{here}votes/2/ballot.pdf")
    assert b"".join(pdf.streaming_content if pdf.streaming else [pdf.content])[:5] == b"%PDF-"
