"""Illustrative records of boards in the states that the others do not have."""

from datetime import date, timedelta
from uuid import uuid5

from danchu.demo.rounds import NAMES
from danchu.inspection import actions
from danchu.inspection.actions import findings
from danchu.kernel.days import today
from danchu.units.actions import open_body

FOUNDED = date(2025, 9, 3)
# (kind, name, number of staff, members, whether the Front has recognised it)
OTHER_BOARDS = (
    (
        "pib_agency",
        "Ban Thanh tra nhân dân Trường Tiểu học Tràng An",
        46,
        ("Nguyễn Thị Minh Thu", "Lê Văn Hải", "Trần Thị Dung", "Hoàng Thị Vân", "Vũ Quốc Anh"),
        True,
    ),
    (
        "pib_enterprise",
        "Ban Thanh tra nhân dân Công ty Công viên, cây xanh Hoàn Kiếm",
        120,
        ("Đặng Văn Thành", "Bùi Thị Hạnh", "Phan Đức Tài"),
        False,
    ),
)
ROLES = ("head", "deputy")


def play_boards(ward):
    """Returns how many records are new."""
    board = ward.bodies["peoples_inspection_board"]
    _violations(ward, board)
    _plan_and_round(ward, board)
    _project(ward)
    _verifications(ward, board)
    for other in OTHER_BOARDS:
        _other_board(ward, *other)
    actions.open_report(
        by=ward.by,
        board=board,
        title="Giám sát thu, chi quỹ ở các tổ dân phố",
        since=ward.day(60),
        until=ward.day(5),
    )
    recommendation = actions.draft_recommendation(
        by=ward.by,
        board=board,
        answerer=ward.bodies["peoples_committee"],
        title="Đề nghị kiểm tra việc trông giữ xe ở phố đi bộ",
        finding="Có người thu tiền trông xe cao hơn giá niêm yết.",
        found_on=ward.day(34),
    )
    actions.withdraw_recommendation(
        recommendation, by=ward.by, reason="Ủy ban nhân dân đã xử lý trước khi Ban gửi kiến nghị."
    )
    return 12


def _violations(ward, board):
    """One that was none, and two that were put right on the spot."""
    none = findings.record_finding(
        by=ward.by,
        board=board,
        found_on=ward.day(41),
        title="Hộ kinh doanh để vật liệu trên vỉa hè",
        place="Ngõ 20",
    )
    findings.withdraw_finding(
        none,
        by=ward.by,
        on=ward.day(37),
        reason="Hộ này có giấy phép để vật liệu trong thời gian sửa nhà.",
    )
    for title, place, recovered in (
        ("Thu quỹ an ninh cao hơn mức đã bàn", "Tổ dân phố số 4", {"money": 3_200_000}),
        ("Quây rào lấn lối đi chung", "Ngõ 7", {"land": 42}),
    ):
        violation = findings.record_finding(
            by=ward.by, board=board, found_on=ward.day(52), title=title, place=place
        )
        findings.resolve_finding(
            violation,
            by=ward.by,
            on=ward.day(44),
            outcome="Đã khắc phục tại chỗ, Ban xác nhận.",
            **recovered,
        )


def _plan_and_round(ward, board):
    """A plan that nobody was told of yet, and a draft of a round that was thrown away."""
    actions.plan_round(
        by=ward.by,
        board=board,
        span="quarter",
        title="Thu, chi các khoản đóng góp tự nguyện",
        planned_on=today() + timedelta(days=24),
        subject="Các tổ dân phố",
    )
    sheet = actions.write_round(
        uuid5(NAMES, "ghi nhầm"),
        by=ward.by,
        board=board,
        held_on=ward.day(9),
        title="Kiểm tra chợ tạm",
        place="Ngõ chợ",
        participants=3,
        noted=(),
        minutes="Ghi nhầm sang ngày khác.",
    )
    actions.discard_round(sheet, by=ward.by)


def _project(ward):
    """A project that is over."""
    project = actions.register_project(
        by=ward.by,
        unit=ward.unit,
        name="Lát lại sân nhà văn hóa số 3",
        owner="Ban Phát triển cộng đồng tổ dân phố số 3",
        capital="community",
        budget=180_000_000,
        place="Nhà văn hóa số 3",
        decided_on=date(2025, 7, 18),
        begun_on=date(2025, 8, 11),
    )
    actions.disclose_project(
        project,
        by=ward.by,
        on=date(2025, 7, 28),
        items=project.items,
        where="Niêm yết tại nhà văn hóa số 3",
    )
    project.refresh_from_db()
    actions.finish_project(project, by=ward.by, on=date(2025, 10, 30))


def _verifications(ward, board):
    """One that is being made, one that the board did not make, one that was taken back."""
    _open, declined, withdrawn = (
        actions.ask_verification(
            by=ward.by,
            board=board,
            asker=asker,
            title=title,
            content=content,
            asked_on=ward.day(ago),
            until=ward.day(ago - 20),
        )
        for asker, title, content, ago in (
            ("front", "Việc chi hỗ trợ hộ khó khăn", "Xem danh sách và số tiền đã phát.", 6),
            ("council", "Tiếng ồn ở khu phố đi bộ", "Xác minh giờ mở loa của các quán.", 75),
            ("head", "Việc phân công trực ban", "Xác minh bảng phân công trực.", 68),
        )
    )
    actions.decline_verification(
        declined,
        by=ward.by,
        on=ward.day(71),
        result="Việc này do Công an phường kiểm tra, ngoài phạm vi của Ban.",
    )
    actions.withdraw_verification(
        withdrawn, by=ward.by, on=ward.day(64), result="Đã tự xem xét xong."
    )


def _other_board(ward, kind, name, staff, members, is_recognised):
    board = open_body(ward.unit, by=ward.by, kind=kind, name=name, since=FOUNDED)
    term = actions.open_term(by=ward.by, board=board, since=FOUNDED, staff=staff)
    for number, member in enumerate(members):
        actions.elect_member(
            term,
            by=ward.by,
            name=member,
            elected_on=FOUNDED + timedelta(days=5),
            role=ROLES[number] if number < len(ROLES) else "member",
        )
    if is_recognised:
        actions.recognise_term(term, by=ward.by, on=FOUNDED + timedelta(days=16))
