"""The three tasks of each role in a demo's strip, each carried to its end as the person would: by
the words of links and buttons.

PLAYS has for each role, in the order of its tasks, functions of a visitor on the page of the task.
Each ends by asking whether the page says that it is done.
"""

import re
from datetime import timedelta

from danchu.demo.tasks import CITIZEN
from danchu.kernel.days import show_day, today

WARD = "Phường Hoàn Kiếm"
RECORD = re.compile(r"/records/[0-9a-f-]{36}/")


def yesterday():
    return show_day(today() - timedelta(days=1))


def first_link(visitor, part):
    """Open the first link of the page whose address has the part."""
    for link in visitor.page.iterfind(".//main//a[@href]"):
        address = link.get("href")
        if re.search(part, address):
            return visitor.open(address.partition("#")[0])
    raise AssertionError(f"{visitor.path}: no link to {part} among {visitor._links()}")


def tick_first(visitor, name):
    """The label of the first box of the name on the page."""
    box = visitor.page.xpath(f"//main//input[@type='checkbox'][@name='{name}']")[0]
    label = visitor.page.xpath("//label[@for=$id]", id=box.get("id"))[0]
    return re.sub(r"\s+", " ", label.text_content()).strip()


def report_a_fault(visitor):
    visitor.press(
        "Gửi",
        {
            "Hỏng gì, ở đoạn nào": "Nắp cống đầu ngõ vỡ đôi, xe máy dễ sụt bánh",
            "Nơi xảy ra việc": WARD,
            "Về việc gì": "Đường sá, ngõ xóm, chiếu sáng, thoát nước",
        },
    )
    code, secret = (node.text for node in visitor.page.xpath("//dd/strong"))
    visitor.open("/").follow("Theo dõi đơn đã gửi")
    visitor.press("Xem đơn", {"Mã đơn": code, "Mã bí mật": secret})
    assert visitor.says("Nắp cống đầu ngõ vỡ đôi")


def open_a_number(visitor):
    first_link(visitor, RECORD.pattern)
    assert visitor.says("Giám sát theo Quyết định 217")


def enter_the_hall(visitor):
    visitor.press("Vào hội trường")
    assert "/hall/" in visitor.path and visitor.says("Hội nghị đại diện hộ gia đình")


def record(visitor, title):
    visitor.press("Lưu nháp", {"Ngày tổ chức": yesterday(), "Nơi": WARD, "Nội dung": title})
    assert visitor.says("Đã lưu bản nháp") and visitor.says(title)


def record_a_dialogue(visitor):
    record(visitor, "Đối thoại về giữ xe ở ngõ 12")


def record_a_supervision(visitor):
    record(visitor, "Giám sát thu chi quỹ ở tổ dân phố số 9")


def import_a_table(visitor):
    page = visitor.path
    sheet = visitor.follow("Mẫu CSV").content
    visitor.open(page)
    visitor.press("Xem trước", {"Tệp CSV hoặc XLSX": ("so.csv", sheet)})
    visitor.press("Ghi vào sổ")
    assert visitor.says("Đã nhập")


def confirm_drafts(visitor):
    visitor.press("Xác nhận những việc đã đánh dấu", {tick_first(visitor, "uid"): True})
    assert visitor.says("Đã xác nhận")


def answer_a_recommendation(visitor):
    first_link(visitor, RECOMMENDATION)
    visitor.press(
        "Trả lời kiến nghị",
        {"Kết luận": "Tiếp thu toàn bộ", "Nội dung, sẽ công khai": "Sẽ thu hồi trong tháng này."},
    )
    assert visitor.says("Sẽ thu hồi trong tháng này.")


def confirm_a_recommendation(visitor):
    first_link(visitor, RECOMMENDATION)
    visitor.press("Mặt trận xác nhận")
    assert visitor.says("Chờ gửi") or visitor.says("xác nhận")


def follow_a_promise(visitor):
    first_link(visitor, r"/commitments/[0-9a-zA-Z-]{9,}/")
    assert visitor.says("Đang thực hiện")


def read_the_inbox(visitor):
    """Open the first thing that is due or waits."""
    first_link(visitor, r"^/desk/(?!people)[a-z-]+/(?!new)[^/?]+/$")
    assert visitor.path.startswith("/desk/")


def write_a_round(visitor):
    title = "Kiểm tra công khai thu chi quỹ ngõ 14"
    visitor.press("Gửi", {"Kiểm tra, giám sát việc gì": title, "Ngày": yesterday()})
    assert visitor.says(title)
    visitor.press("Xác nhận")
    assert visitor.says("Đã xác nhận")


def see_a_finding(visitor):
    first_link(visitor, r"/findings/[0-9a-f-]{36}/")
    assert visitor.says("Phát hiện") or visitor.says("Vụ việc")


def see_a_recommendation(visitor):
    first_link(visitor, RECOMMENDATION)
    assert visitor.says("Cơ quan phải trả lời") or visitor.says("Đề nghị")


def take_feedback_on(visitor):
    first_link(visitor, r"/desk/petitions/[0-9a-f-]{36}/")
    visitor.press("Đủ điều kiện, thuộc thẩm quyền: thụ lý")
    visitor.press("Trả lời", {"Nội dung, người gửi đọc được": "Đã cử người sửa trong hôm nay."})
    assert visitor.says("Đã ghi: Trả lời")


def receive_a_visitor(visitor):
    visitor.press(
        "Ghi",
        {
            "Ngày tiếp": yesterday(),
            "Nơi": WARD,
            "Hình thức": "Thường xuyên",
            "Phân loại": "Kiến nghị, phản ánh",
            "Họ tên người được tiếp": "Nguyễn Văn Đến",
            "Nội dung trình bày": "Hỏi về việc cấp phép sửa nhà",
        },
    )
    assert visitor.says("Biên nhận tiếp công dân")


def see_the_petitions(visitor):
    first_link(visitor, r"/desk/petitions/[0-9a-f-]{36}/")
    assert visitor.says("Thời hạn") or visitor.says("Hạn")


def see_the_tables(visitor):
    visitor.press("Xem")
    assert visitor.says("Lượt tiếp công dân")
    visitor.follow("CSV")
    assert "Lượt tiếp" in visitor.content.decode("utf-8-sig")


def make_a_report(visitor):
    visitor.press("Ghi")
    assert visitor.says("Báo cáo"), visitor.faults()
    visitor.follow("PDF")
    assert visitor.content.startswith(b"%PDF")


def read_the_report(visitor):
    first_link(visitor, r"/figures/supervisions_217/")
    assert visitor.says("Quyết định 217")


def see_the_figures(visitor):
    first_link(visitor, r"^/figures/[a-z0-9_]+/\?")
    assert visitor.says("Trích dẫn")


def check_the_book(visitor):
    if visitor.says("Chưa có dấu kiểm nào"):  # in the first hour
        return
    visitor.follow("dấu kiểm mới nhất")
    assert visitor.content.strip()


def see_the_book(visitor):
    first_link(visitor, RECORD.pattern)
    assert visitor.says("Nhật ký")


def invite_somebody(visitor):
    visitor.press(
        "Ghi",
        {
            "Họ và tên": "Trịnh Thị Mới",
            "Địa chỉ thư điện tử": "moi@hoankiem.example",
            "Chức trách": "Chủ tịch Ủy ban nhân dân",
            "Nơi": "Phường Ba Đình",
            "Căn cứ": "Quyết định 15/QĐ-UBND",
            "Gửi giấy mời": "In giấy mời, trao tận tay",
        },
    )
    visitor.press("In giấy mời")
    assert re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}", visitor.text)


def ask_for_a_right(visitor):
    visitor.press(
        "Xem",
        {
            "Việc": "xác nhận",
            "Loại hồ sơ": "đối thoại của người đứng đầu",
            "Nơi": WARD,
            "Thử cho một người": "Nguyễn Thị Hạnh",
        },
    )
    assert visitor.says("Không được") and visitor.says("Trần Văn Bình")


def see_the_jobs(visitor):
    assert visitor.says("Đang chạy") and visitor.says("Đang chờ")


RECOMMENDATION = r"/recommendations/[0-9a-f-]{36}/"
PLAYS = {
    CITIZEN: (report_a_fault, open_a_number, enter_the_hall),
    "commune_clerk": (record_a_dialogue, import_a_table, read_the_inbox),
    "committee_chair": (confirm_drafts, answer_a_recommendation, enter_the_hall),
    "front_clerk": (record_a_supervision, follow_a_promise, read_the_inbox),
    "front_chair": (confirm_a_recommendation, confirm_drafts, read_the_inbox),
    "inspection_head": (write_a_round, see_a_finding, see_a_recommendation),
    "petition_officer": (take_feedback_on, receive_a_visitor, read_the_inbox),
    "inspectorate_chief": (see_the_petitions, see_the_tables, read_the_inbox),
    "steering_officer": (make_a_report, read_the_report, see_the_figures),
    "province_reporter": (read_the_report, see_the_figures, read_the_inbox),
    "auditor": (check_the_book, see_the_book, read_the_report),
    "operator": (invite_somebody, ask_for_a_right, see_the_jobs),
}
