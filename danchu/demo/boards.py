"""Illustrative boards of one ward: members, plans, rounds, a project under supervision, a
verification, a report.
"""

from datetime import date, timedelta
from uuid import uuid5

from django.db import transaction

from danchu.demo.rounds import NAMES, play_later_rounds, play_round, send_reports
from danchu.inspection import actions
from danchu.inspection.models import BoardTerm
from danchu.inspection.rules.membership import Declaration
from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.units.actions import open_village
from danchu.units.models import Body, Standing

WARD = "00070"
SINCE = date(2025, 7, 1)
UNTIL = date(2030, 7, 1)
RECOGNISED_ON = date(2025, 8, 5)
MEMBERS = (
    ("Phạm Đức Thịnh", "head"),
    ("Nguyễn Thị Lan", "deputy"),
    ("Trần Quốc Bảo", "member"),
    ("Lê Thị Mai", "member"),
    ("Vũ Đình Hòa", "member"),
    ("Đặng Thị Nhung", "member"),
    ("Hoàng Văn Tiến", "member"),
    ("Bùi Thị Xuân", "member"),
    ("Đinh Công Thành", "member"),
    ("Ngô Thị Thu", "member"),
    ("Phan Văn Lợi", "member"),
    ("Trịnh Thị Hà", "member"),
)
SUPERVISORS = (
    ("Lê Thu Hà", "head", "front"),
    ("Nguyễn Thị Lan", "deputy", "inspection"),
    ("Đặng Văn Phúc", "member", "people"),
    ("Ngô Thị Yến", "member", "people"),
    ("Bùi Minh Tuấn", "member", "people"),
)
ROUNDS = (
    (
        date(2025, 9, 10),
        "Thu chi quỹ do Nhân dân đóng góp ở tổ dân phố số 2",
        (
            {
                "title": "Thiếu chứng từ hai khoản chi",
                "detail": "Đề nghị bổ sung chứng từ.",
                "place": "Tổ dân phố số 2",
            },
        ),
    ),
    (date(2025, 10, 16), "Niêm yết danh sách hỗ trợ tại nhà văn hóa", ()),
    (
        date(2025, 11, 20),
        "Sử dụng vỉa hè ngõ 12",
        ({"title": "Lấn chiếm vỉa hè", "detail": "", "place": "Ngõ 12"},),
    ),
)


@transaction.atomic
def load_boards(*, by):
    """Load them; idempotent. Returns how many members and rounds are new."""
    require(by.may("draft", "inspection_board", None))
    ward = Standing.objects.on(SINCE).get(code=WARD, unit__level="commune").unit
    board = Body.objects.on(SINCE).get(unit=ward, kind="peoples_inspection_board")
    if BoardTerm.objects.filter(board=board).exists():
        return 0
    villages = [
        open_village(ward, by=by, name=f"Tổ dân phố số {n}", kind="to_dan_pho", since=SINCE)
        for n in range(1, len(MEMBERS) + 1)
    ]
    term = actions.open_term(by=by, board=board, since=SINCE, until=UNTIL)
    for (name, role), village in zip(MEMBERS, villages, strict=True):
        actions.elect_member(
            term,
            by=by,
            name=name,
            elected_on=RECOGNISED_ON - timedelta(days=12),
            role=role,
            village=village,
        )
    actions.recognise_term(term, by=by, on=RECOGNISED_ON)
    _rounds(board, by)
    _project(ward, villages[1], by)
    verification = actions.ask_verification(
        by=by,
        board=board,
        asker="committee",
        title="Phản ánh về trạm biến áp ngõ 8",
        content="Xác minh khoảng cách tới nhà dân.",
        asked_on=date(2025, 10, 2),
        until=date(2025, 10, 20),
    )
    actions.tell_result(
        verification,
        by=by,
        on=date(2025, 10, 17),
        result="Khoảng cách đúng quy định.",
    )
    play_later_rounds(board, by=by)
    send_reports(by=by)
    record(by, "demo.boards_made", None)
    return len(MEMBERS) + len(SUPERVISORS) + len(ROUNDS)


def _rounds(board, by):
    """Three rounds with their plans, the first two confirmed, and a plan that is cancelled."""
    for number, (held_on, title, violations) in enumerate(ROUNDS):
        play_round(
            board,
            held_on,
            title,
            by=by,
            key=title,
            subject="Tổ dân phố, ban quản lý quỹ",
            days_notified=9 if number else 3,
            is_confirmed=number < 2,
            place="Nhà văn hóa tổ dân phố",
            participants=5,
            noted=violations,
            minutes="Ban xem sổ thu chi, hỏi năm hộ, lập biên bản tại chỗ.",
        )
    cancelled = actions.plan_round(
        by=by,
        board=board,
        span="year",
        title="Thực hiện hương ước",
        planned_on=date(2025, 12, 15),
    )
    actions.cancel_plan(cancelled, by=by, on=date(2025, 11, 28), reason="Gộp vào cuộc của Mặt trận")


def _project(ward, village, by):
    """A project with its board: a late disclosure, a violation, a proposal to suspend the work and
    its answer.
    """
    project = actions.register_project(
        by=by,
        unit=ward,
        name="Cải tạo ngõ 12 và hệ thống thoát nước",
        owner="Ban Quản lý dự án",
        capital="public",
        budget=4_800_000_000,
        place="Ngõ 12",
        decided_on=date(2025, 8, 4),
        begun_on=date(2025, 9, 15),
    )
    term = actions.found_board(
        project,
        by=by,
        name="Ban Giám sát đầu tư của cộng đồng dự án cải tạo ngõ 12",
        on=date(2025, 8, 20),
        until=date(2027, 6, 30),
    )
    _elect_supervisors(term, village, by)
    actions.recognise_term(term, by=by, on=date(2025, 8, 25))
    project.refresh_from_db()
    _disclose(project, by)
    sheet = _supervise(project, term, by)
    _propose_suspension(sheet, project, ward, by)


def _elect_supervisors(term, village, by):
    for name, role, seat in SUPERVISORS:
        declaration = Declaration(on=date(2025, 8, 18))
        actions.elect_member(
            term,
            by=by,
            name=name,
            elected_on=date(2025, 8, 20),
            role=role,
            seat=seat,
            village=village if seat == "people" else None,
            declaration=declaration,
        )


def _disclose(project, by):
    """Two disclosures of the owner, the second too late."""
    actions.announce_supervision(project, by=by, on=date(2025, 8, 28), starts_on=date(2025, 10, 15))
    actions.disclose_project(
        project,
        by=by,
        on=date(2025, 8, 8),
        items=["decision", "parties"],
        where="Niêm yết tại UBND phường",
    )
    actions.disclose_project(
        project,
        by=by,
        on=date(2025, 9, 3),
        items=["plan", "land", "environment"],
        where="Cổng thông tin của phường",
    )


def _supervise(project, term, by):
    """The round that finds concrete thinner than designed; its sheet."""
    sheet = actions.write_round(
        uuid5(NAMES, "ngo 12"),
        by=by,
        board=term.board,
        project=project,
        held_on=date(2025, 10, 21),
        title="Chất lượng mặt đường ngõ 12",
        noted=[{"title": "Bê tông mỏng hơn thiết kế", "place": "Đoạn 2"}],
    )
    actions.confirm_round(sheet, by=by)
    return sheet


def _propose_suspension(sheet, project, ward, by):
    """The proposal to suspend the work, its answer and the remedy."""
    violation = sheet.event.violations.get()
    committee = Body.objects.on(SINCE).get(unit=ward, kind="peoples_committee")
    recommendation = actions.draft_recommendation(
        by=by,
        board=sheet.board,
        answerer=committee,
        title="Đề nghị đình chỉ thi công đoạn 2 ngõ 12",
        finding="Chiều dày bê tông thấp hơn thiết kế đã công khai.",
        found_on=violation.found_on,
        number="ĐC-01/2025",
        violation=violation,
        project=project,
        asks="suspend",
    )
    recommendation = actions.send_recommendation(
        actions.confirm_recommendation(recommendation, by=by),
        by=by,
        sent_on=date(2025, 10, 24),
        received_on=date(2025, 10, 27),
    )
    recommendation = actions.answer_recommendation(
        recommendation,
        by=by,
        on=date(2025, 11, 5),
        answer="part",
        text="Tạm dừng đoạn 2 để làm lại.",
    )
    recommendation = actions.report_remedy(
        recommendation,
        by=by,
        on=date(2025, 11, 25),
        text="Đã làm lại đoạn 2.",
        reduced=62_000_000,
    )
    actions.settle_recommendation(recommendation, by=by, on=date(2025, 12, 3))
