"""Illustrative statements, minutes and reports of offices in the states that the others do not
have.
"""

from datetime import date

from danchu.demo.statements import STATEMENTS, statement_paper
from danchu.kernel.days import today
from danchu.minutes.actions import (
    approve_minutes,
    correct_minutes,
    dispute_commitment,
    fulfil_commitment,
    make_commitment,
)
from danchu.minutes.models import Minutes
from danchu.register.actions import (
    attach_paper,
    confirm_statement,
    correct_statement,
    draft_statement,
    withdraw_statement,
)
from danchu.reports.actions.issuing import issue_report
from danchu.reports.actions.writing import drop_report, edit_report, start_report, submit_report
from danchu.reports.outline import last_ended
from danchu.units.find import unit_from
from danchu.units.models import Body

# A year after the published report, when these wards still were.
YEAR = (date(2024, 1, 1), date(2025, 1, 1))
UNION = "socio_political_org"
REPORT = """# I. Mặt trận Tổ quốc giám sát, phản biện

Trong kỳ có {F01} cuộc giám sát theo Quyết định 217-QĐ/TW.

# II. Đối thoại với Nhân dân

Người đứng đầu đối thoại {dialogues} cuộc, nhận {dialogue_opinions} ý kiến.

# III. Nhiệm vụ thời gian tới

Trả lời đúng hạn các kiến nghị của Ban Thanh tra nhân dân; giữ các cam kết đã nêu tại đối thoại.
"""


def play_papers(ward):
    """Returns how many records are new."""
    return _play_statements(ward) + _correct_minutes(ward) + _play_reports(ward) + _promise(ward)


def _promise(ward):
    """A commitment that those who asked say is not fulfilled, and one of which they say nothing
    yet.
    """
    commitments = [
        make_commitment(
            by=ward.by,
            unit=ward.unit,
            owner=ward.bodies["peoples_committee"],
            asker=ward.bodies["fatherland_front"],
            title=title,
            text=f"{title} trong quý này.",
            made_on=ward.day(50),
            due_on=ward.day(-20),
            due_reason="đủ thời gian mua và lắp",
        )
        for title in ("Lắp gương cầu lồi ở đầu ngõ 7", "Thay ghế hỏng ở phòng tiếp công dân")
    ]
    disputed, fulfilled = commitments
    disputed = fulfil_commitment(disputed, by=ward.by, on=ward.day(12), text="Đã lắp xong.")
    dispute_commitment(
        disputed, by=ward.by, on=ward.day(8), text="Gương lắp nghiêng, chưa dùng được."
    )
    fulfil_commitment(fulfilled, by=ward.by, on=ward.day(2), text="Đã thay mười hai ghế.")
    return len(commitments)


def _play_statements(ward):
    """Of the unions that state on paper: one corrected, one taken back, one still a draft."""
    for (code, amount), state in zip(STATEMENTS, ("corrected", "withdrawn", "draft"), strict=True):
        place = unit_from(f"{code}@{YEAR[0].isoformat()}")
        body = Body.objects.on(YEAR[0]).filter(unit=place, kind=UNION).first()
        statement = draft_statement(
            by=ward.by,
            body=body,
            indicator="opinions",
            since=YEAR[0],
            until=YEAR[1],
            amount=amount,
            note="Số liệu minh họa từ sổ giấy.",
        )
        if state == "draft":
            continue
        paper = statement_paper(body.name_on(YEAR[0]), YEAR[0].year, amount)
        attach_paper(statement, paper, f"bao-cao-{code}-{YEAR[0].year}.docx", by=ward.by)
        statement = confirm_statement(statement, by=ward.by)
        if state == "corrected":
            correct_statement(
                statement, by=ward.by, reason="Cộng thiếu sổ của một chi hội.", amount=amount + 8
            )
        else:
            withdraw_statement(statement, by=ward.by, reason="Số này đã có trong hồ sơ ghi sau.")
    return len(STATEMENTS) + 1


def _correct_minutes(ward):
    """A later version of approved minutes."""
    approved = Minutes.objects.filter(state="approved").order_by("held_on", "pk")
    minutes = approved.filter(unit=ward.unit).first() or approved.first()
    if minutes is None:
        return 0
    draft = correct_minutes(minutes, by=ward.by, changed="Ghi đúng chức danh của thư ký.")
    approve_minutes(draft, by=ward.by, is_public=True)
    return 1


def _play_reports(ward):
    """Reports of the latest quarter: written, sent round for opinions, sealed, given up."""
    period = last_ended(today())
    city = unit_from(f"01@{today().isoformat()}")
    title = f"Thực hiện dân chủ ở cơ sở {period.words[:1].lower()}{period.words[1:]}"
    reports = [
        start_report(
            by=ward.by,
            unit=unit,
            since=period.period.since,
            last=period.period.last,
            title=f"{title}{addition}",
        )
        for unit, addition in (
            (city, " (dự thảo)"),
            (city, ""),
            (ward.unit, ""),
            (ward.unit, " (bản thừa)"),
        )
    ]
    _draft, review, sealed, dropped = reports
    submit_report(review, by=ward.by)
    edit_report(
        sealed,
        by=ward.by,
        title=sealed.title,
        text=REPORT,
        issuer="Ủy ban nhân dân phường Hoàn Kiếm",
        place="Hoàn Kiếm",
    )
    sealed.refresh_from_db()
    issue_report(sealed, by=ward.by)
    drop_report(dropped, by=ward.by, reason="Đã có báo cáo cùng kỳ.")
    return len(reports)
