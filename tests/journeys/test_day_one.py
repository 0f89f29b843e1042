"""A ward sets the product up and does its first work: from an empty database to the report of the
quarter, by pages alone, without a command line after the address and without the demo.
"""

from types import SimpleNamespace

import pytest

from danchu.reports.draft_text import TO_WRITE
from danchu.reports.models import OfficeReport
from tests.journeys.founding import (  # noqa: F401
    PEOPLE,
    WARD,
    enrol,
    found_village,
    installed,
    join,
    set_up,
)
from tests.journeys.stations import stations  # noqa: F401
from tests.journeys.visitor import Visitor
from tests.sizes import turn

DAY = "2026-08-12"
TODAY = "12/08/2026"
SUFFIX = "phường Hoàn Kiếm"
GROUNDS = "Quyết định 01/QĐ-UBND ngày 10/08/2026"


@pytest.fixture
def ward(installed, stations):  # noqa: F811
    """An installed database in which nobody has an account, in the year's third quarter."""
    return installed(DAY, GROUNDS, stations)


@turn(2, together=0)
def test_from_an_empty_database_to_the_report_of_the_quarter(ward, enrol):
    people = SimpleNamespace()
    people.operator = set_up(ward, enrol)
    _invite_first(ward, enrol, people)
    _open_bodies(ward, people)
    _invite_staff(ward, enrol, people)
    _record(ward, people)
    _supervise(ward, people)
    _receive(ward, people)
    _report(ward, people)


def _invite_first(ward, enrol, people):
    operator = people.operator
    people.chair = join(ward, enrol, operator, "chair", "Chủ tịch Ủy ban nhân dân")
    people.front = join(ward, enrol, operator, "front", "Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam")
    people.head = join(ward, enrol, operator, "head", "Trưởng Ban Thanh tra nhân dân")
    operator.open("/desk/").follow("Người và chức trách")
    ward.stations.stop(operator, "people")


def _open_bodies(ward, people):
    chair, front = people.chair, people.front
    chair.open("/desk/").follow("Cơ quan, tổ chức").follow("Lập các tổ chức thường có")
    assert chair.says("Các tổ chức nơi này chưa có")
    ward.stations.stop(chair, "bodies")
    chair.press("Lập các tổ chức đã chọn")
    assert chair.says("Đã lập")
    found_village(chair, "Tổ dân phố số 5", "01/08/2026", "12/NQ-HĐND", "30/07/2026")
    front.open("/desk/").follow("Cơ quan, tổ chức").follow("Lập các tổ chức thường có")
    front.press("Lập các tổ chức đã chọn")
    front.open("/desk/").follow("Các Ban").follow("Nhiệm kỳ mới")
    front.press(
        "Ghi",
        {
            "Nơi": WARD,
            "Ban": "Ban Thanh tra nhân dân",
            "Từ ngày": "01/08/2026",
            "Hết nhiệm kỳ": "31/07/2028",
        },
    )
    for name, role in (
        (PEOPLE["head"][0], "Trưởng ban"),
        ("Hoàng Văn Dũng", "Phó trưởng ban"),
        ("Vũ Thị Lan", "Thành viên"),
        ("Ngô Đức Mạnh", "Thành viên"),
        ("Đặng Thu Nga", "Thành viên"),
    ):
        front.press(
            "Ghi người trúng cử",
            {
                "Họ và tên": name,
                "Chức vụ": role,
                "Thôn, tổ dân phố": "Tổ dân phố số 5",
                "Ngày bầu": "02/08/2026",
            },
        )
    front.press("Công nhận kết quả", {"Ngày công nhận": "03/08/2026"})
    assert front.says("Đang hoạt động") or front.says("03/08/2026")


def _invite_staff(ward, enrol, people):
    people.clerk = join(ward, enrol, people.chair, "clerk", "Công chức văn phòng Ủy ban nhân dân")


def _record(ward, people):
    """A supervision by the Front, confirmed at once; a dialogue that a clerk writes and the chair
    confirms.
    """
    front, clerk, chair = people.front, people.clerk, people.chair
    front.open("/desk/").follow("Giám sát theo Quyết định 217")
    front.press(
        "Lưu và xác nhận",
        {
            "Ngày tổ chức": TODAY,
            "Nơi": WARD,
            "Hình thức": "Đoàn",
            "Nội dung": "Giám sát việc công khai thu chi ở tổ dân phố",
            "Số người dự": "14",
        },
    )
    assert front.says("Đã xác nhận")
    clerk.open("/desk/").follow("Đối thoại của người đứng đầu")
    ward.stations.stop(clerk, "dialogue")
    clerk.press(
        "Lưu nháp",
        {
            "Ngày tổ chức": TODAY,
            "Nơi": WARD,
            "Hình thức": "Định kỳ",
            "Nội dung": "Đối thoại với nhân dân tổ dân phố số 5",
            "Số người dự": "86",
        },
    )
    assert clerk.says("Đã lưu bản nháp")
    chair.open("/desk/").follow("Đối thoại với nhân dân tổ dân phố số 5")
    chair.press("Xác nhận")
    assert chair.says("Đã xác nhận")


def _supervise(ward, people):
    """A round of the board with a violation, its recommendation, the answer, the remedy."""
    head, front, clerk = people.head, people.front, people.clerk
    head.open("/desk/").follow("Các Ban").follow("Cuộc giám sát").follow("Ghi tại chỗ")
    head.press(
        "Gửi",
        {
            "Kiểm tra, giám sát việc gì": "Giám sát lát lại vỉa hè phố Hàng Bạc",
            "Ngày": TODAY,
            "Số người dự": "5",
            "Biên bản": "Đã đo ba đoạn, có nhân dân cùng dự.",
            "Vụ việc 1": "Gạch lát không đúng loại đã công khai",
        },
    )
    ward.stations.stop(head, "round")
    head.press("Xác nhận")
    head.follow("Gạch lát không đúng loại đã công khai").follow("Soạn kiến nghị")
    head.press(
        "Ghi",
        {
            "Cơ quan phải trả lời": "Ủy ban nhân dân",
            "Nội dung vi phạm và kiến nghị": "Đề nghị lát lại bằng loại gạch đã công khai.",
        },
    )
    assert head.says("Đã lưu bản nháp")
    title = "Gạch lát không đúng loại đã công khai"
    front.open("/desk/").follow(title)
    front.press("Mặt trận xác nhận")
    head.open("/desk/").follow(title)
    head.press("Gửi kiến nghị", {"Ngày gửi": TODAY, "Ngày nhận": TODAY})
    ward.clock.forward(days=3)
    clerk.open("/desk/").follow(title)
    ward.stations.stop(clerk, "recommendation")
    clerk.press(
        "Trả lời kiến nghị",
        {"Kết luận": "Tiếp thu toàn bộ", "Nội dung, sẽ công khai": "Sẽ lát lại trong tháng."},
    )
    ward.clock.forward(days=3)
    clerk.open("/desk/").follow(title)
    clerk.press("Báo khắc phục xong", {"Nội dung, sẽ công khai": "Đã lát lại ba đoạn."})
    head.open("/desk/").follow(title)
    head.press("Xác nhận đã giải quyết")
    assert head.says("Đã giải quyết")


def _receive(ward, people):
    """Somebody tells of a lamp; the officer answers; they read the answer with their code."""
    citizen = Visitor().open("/").follow("Báo việc hỏng")
    ward.stations.stop(citizen, "fault")
    citizen.press(
        "Gửi",
        {
            "Hỏng gì, ở đoạn nào": "Đèn đường đầu phố Hàng Bạc tắt ba hôm nay",
            "Nơi xảy ra việc": WARD,
            "Về việc gì": "Đường sá, ngõ xóm, chiếu sáng, thoát nước",
        },
    )
    code, secret = (node.text for node in citizen.page.xpath("//dd/strong"))
    assert citizen.says(WARD)
    officer = people.clerk
    officer.open("/desk/").follow("Đèn đường đầu phố Hàng Bạc tắt ba hôm nay")
    officer.press("Đủ điều kiện, thuộc thẩm quyền: thụ lý")
    ward.stations.stop(officer, "petition")
    officer.press("Trả lời", {"Nội dung, người gửi đọc được": "Đã thay bóng đèn."})
    citizen.open("/").follow("Theo dõi đơn đã gửi")
    citizen.press("Xem đơn", {"Mã đơn": code, "Mã bí mật": secret})
    assert citizen.says("Đã thay bóng đèn.")


def _report(ward, people):
    """The report of this quarter: made, commented, sealed, read by anybody as PDF."""
    ward.clock.set("2026-10-02")
    chair, clerk = people.chair, people.clerk
    chair.open("/desk/").follow("Báo cáo").follow("Lập báo cáo")
    chair.press(
        "Ghi",
        {
            "Đơn vị báo cáo": WARD,
            "Kỳ": "Quý III năm 2026",
            "Tên báo cáo": "Kết quả thực hiện dân chủ ở cơ sở quý III năm 2026",
        },
    )
    chair.follow("Sửa")
    written = _typed_text(chair).replace(TO_WRITE, "Nhân dân tham gia đông.")
    chair.press(
        "Ghi",
        {
            "Nội dung": written,
            "Cơ quan ban hành": "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở",
            "Số, ký hiệu": "01/BC-BCĐ",
        },
    )
    chair.press("Xin ý kiến")
    path = chair.path
    clerk.open("/desk/").follow("Báo cáo").follow("Kết quả thực hiện dân chủ ở cơ sở quý III")
    clerk.press("Góp ý", {"Ý kiến của ông/bà": "Xin thêm số người dự đối thoại."})
    chair.open(path)
    assert chair.says("Xin thêm số người dự đối thoại.")
    ward.stations.stop(chair, "report")
    chair.press("Niêm phong", {"Tôi đã đọc lại toàn bộ báo cáo và muốn niêm phong.": True})
    assert OfficeReport.objects.get().state == "sealed"
    anybody = Visitor().open("/").follow("Báo cáo")
    anybody.follow("Kết quả thực hiện dân chủ ở cơ sở quý III năm 2026")
    assert anybody.says("1 cuộc")
    ward.stations.stop(anybody, "sealed")
    anybody.follow("PDF")
    assert b"".join(
        anybody.answer.streaming_content if anybody.answer.streaming else [anybody.answer.content]
    ).startswith(b"%PDF")


def _typed_text(visitor):
    return visitor.page.xpath("//textarea[@name='text']")[0].text
