"""A ward's year: what must be disclosed, what the people are asked, what households decide; by
pages alone, in a real browser under `make test-long`.
"""

import io
from types import SimpleNamespace

import pytest
import xlsxwriter

from tests.journeys.browsing import at_browser  # noqa: F401
from tests.journeys.founding import (  # noqa: F401
    WARD,
    enrol,
    found_village,
    installed,
    join,
    set_up,
)
from tests.journeys.later_in_the_year import confer, vote_on_line
from tests.journeys.stations import stations  # noqa: F401
from tests.journeys.visitor import Visitor
from tests.sizes import size, turn

VILLAGE = "Tổ dân phố số 5"
BUDGET = "Dự toán thu, chi ngân sách phường năm 2026"
QUESTION = "Cải tạo chợ Hàng Bè, đổi hướng xe trên ba phố"
CONVENTION = "Quy ước của Tổ dân phố số 5"
ADDRESS = "Ngõ 5 Hàng Bè"
# Opinions in all, those on paper, those that a person types into the public form in the browser.
OPINIONS, ON_PAPER, BY_HAND = size(14, 300), size(4, 40), size(2, 6)
SENT_FROM_ONE_ADDRESS = 20
HOUSEHOLDS = size(9, 30)
NEEDED = HOUSEHOLDS // 2 + 1  # matter 3: more than half of all households
CAME, AGREED = NEEDED - 1, NEEDED


@pytest.fixture
def ward(installed, stations):  # noqa: F811
    """An installed database in which nobody has an account, at the beginning of a year."""
    return installed("2026-01-05", "Quyết định 01/QĐ-UBND ngày 02/01/2026", stations)


@turn(2, together=1)
def test_a_year_of_disclosure_opinions_and_decisions_of_households(
    ward,
    enrol,
    at_browser,
    tmp_path,  # noqa: F811
):
    people = _begin(ward, enrol, at_browser)
    citizen = at_browser()
    content = _disclose(ward, people, citizen)
    _contest(ward, people, citizen, content)
    _consult(ward, people, citizen)
    _decide(ward, people, citizen)
    persons = {number: (_person(number), ADDRESS) for number in range(1, HOUSEHOLDS + 1)}
    vote_on_line(ward, people, citizen, VILLAGE, persons, tmp_path)
    confer(ward, people, citizen, VILLAGE, CAME)
    citizen.open(content)
    assert citizen.says(BUDGET)


def _begin(ward, enrol, at_browser):
    operator = set_up(ward, enrol)
    chair = join(ward, enrol, operator, "chair", "Chủ tịch Ủy ban nhân dân")
    office = "Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam"
    front = join(ward, enrol, operator, "front", office)
    clerk = join(ward, enrol, chair, "clerk", "Công chức văn phòng Ủy ban nhân dân")
    for one in (chair, front):
        one.open("/desk/").follow("Cơ quan, tổ chức").follow("Lập các tổ chức thường có")
        one.press("Lập các tổ chức đã chọn")
    chair.open("/desk/").follow("Cơ quan, tổ chức")
    found_village(chair, VILLAGE, "01/01/2026", "12/NQ-HĐND", "30/12/2025")
    return SimpleNamespace(
        chair=at_browser(chair), front=at_browser(front), clerk=at_browser(clerk)
    )


def _disclose(ward, people, citizen):
    """The plan of the year, the places of the ward, the budget, posted where it must be; the
    address of its public page.
    """
    clerk = people.clerk
    _plan(clerk)
    for kind, name, village in (
        ("Trụ sở", "Bảng tin trụ sở Ủy ban nhân dân", ""),
        ("Nhà văn hóa", "Nhà văn hóa Tổ dân phố số 5", VILLAGE),
        ("Cổng, trang thông tin điện tử", "Trang của phường", ""),
    ):
        clerk.open("/desk/").follow("Nội dung công khai").follow("Nơi công khai")
        clerk.follow("Ghi nơi công khai")
        typed = {"Loại": kind, "Tên nơi công khai": name, "Dùng từ ngày": "01/01/2026"}
        clerk.press("Ghi", {"Nơi": WARD, **typed, "Thôn, tổ dân phố": village})
        assert clerk.says(name)
    clerk.open("/desk/").follow("Nội dung công khai").follow("Ghi nội dung công khai")
    clerk.press(
        "Ghi",
        {
            "Nơi": WARD,
            "Mục của danh mục": "2. Ngân sách",
            "Nội dung công khai": BUDGET,
            "Ngày ban hành quyết định, văn bản": "05/01/2026",
            "Số, ký hiệu văn bản": "12/QĐ-UBND",
        },
    )
    assert clerk.says(BUDGET) and clerk.says("Chưa công khai")
    ward.clock.set("2026-01-07")
    content = clerk.path
    for form, place, proof in (
        ("Niêm yết", "Bảng tin trụ sở", {"Minh chứng": "Hai người chứng kiến"}),
        ("Niêm yết", "Nhà văn hóa", {"Minh chứng": "Hai người chứng kiến"}),
        ("Cổng", "Trang của phường", {"Minh chứng": "Địa chỉ trang"}),
    ):
        clerk.open(content).follow("Ghi lần công khai")
        shown = {
            "Người chứng kiến": "Nguyễn Văn An",
            "Người chứng kiến thứ hai": "Trần Thị Bình",
        }
        if form == "Cổng":
            shown = {
                "Số nhật ký phát thanh, địa chỉ trang, số văn bản": "https://hoankiem.example/1"
            }
        clerk.press(
            "Ghi",
            {
                "Hình thức": form,
                "Nơi công khai": place,
                "Từ ngày": "07/01/2026",
                **proof,
                **shown,
            },
        )
    ward.stations.stop(clerk, "disclosure")
    citizen.open("/").follow("Nội dung công khai").follow(BUDGET)
    assert citizen.says("Đã công khai") and not citizen.says("Nguyễn Văn An")
    return citizen.path


def _plan(clerk):
    """What the ward will disclose in the year, and when."""
    clerk.open("/desk/").follow("Nội dung công khai").follow("Kế hoạch công khai")
    clerk.follow("Lập kế hoạch")
    clerk.press("Ghi", {"Nơi": WARD, "Năm": "2026", "Chức danh phụ trách": "Công chức văn phòng"})
    assert clerk.says("Đang chờ: ")  # also a draft names whom it waits for
    for item, title, day in (
        ("2.", "Quyết toán ngân sách năm 2025", "20/07/2026"),
        ("11.", "Kết quả lấy ý kiến về chợ Hàng Bè", "03/04/2026"),
    ):
        clerk.press(
            "Thêm nội dung",
            {
                "Mục của danh mục": item,
                "Nội dung công khai": title,
                "Ngày dự kiến ban hành": day,
            },
        )
    clerk.press("Ban hành", {"Ngày": "05/01/2026", "Số, ký hiệu văn bản": "01/KH-UBND"})
    assert clerk.says("01/KH-UBND")


def _contest(ward, people, citizen, content):
    """Somebody does not see it on a board; the ward answers, and everyone reads that."""
    ward.clock.set("2026-01-20")
    citizen.open(content).follow("Tôi không thấy niêm yết")
    citizen.press(
        "Gửi",
        {
            "Không thấy ở đâu": "Niêm yết · Nhà văn hóa",
            "Ngày ông (bà) đến xem": "20/01/2026",
            "Ông (bà) thấy gì": "Bảng tin trống.",
        },
    )
    assert citizen.says("Đã ghi phản ánh")
    ward.stations.stop(citizen, "contest")
    clerk = people.clerk
    clerk.open("/desk/").follow("Nội dung công khai").follow("Phản ánh không thấy niêm yết")
    clerk.follow(f"{BUDGET}: Nhà văn hóa Tổ dân phố số 5")
    clerk.press("Kết luận phản ánh đúng", {"Trả lời": "Gió làm rơi, đã dán lại sáng nay."})
    citizen.open(content)
    assert citizen.says("Gió làm rơi") and not citizen.says("Bảng tin trống.")


def _consult(ward, people, citizen):
    """People are asked from the plan to the published answers; many write, some on paper."""
    clerk, chair = people.clerk, people.chair
    ward.clock.set("2026-03-02")
    clerk.open("/desk/").follow("Lấy ý kiến Nhân dân").follow("Ghi kế hoạch lấy ý kiến")
    clerk.press(
        "Ghi",
        {
            "Nơi": WARD,
            "Ngày ban hành kế hoạch": "02/03/2026",
            "Nội dung theo Điều 25": "Dự thảo quyết định của Ủy ban nhân dân",
            "Hỏi dân về việc gì": QUESTION,
            "Kế hoạch: làm gì, ở đâu, khi nào": "Phát phiếu đến từng hộ, mở cổng một tháng.",
            "Cổng, trang thông tin điện tử": True,
            "Phát phiếu đến hộ gia đình": True,
            "Những ai cần được hỏi, mỗi nhóm một dòng": "Hộ buôn bán\nHộ ở ba phố",
            "Ai chịu trách nhiệm": "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân",
        },
    )
    desk = clerk.path
    clerk.press(
        "Kế hoạch đã gửi",
        {"Gửi Hội đồng nhân dân ngày": "02/03/2026", "Gửi Mặt trận Tổ quốc ngày": "02/03/2026"},
    )
    clerk.press(
        "Ghi bản nội dung mới",
        {
            "Áp dụng từ ngày": "02/03/2026",
            "Nội dung lấy ý kiến, mỗi đoạn một dòng": (
                "Chợ đóng cửa sửa chữa sáu tháng.\nXe ba phố đi một chiều.\nPhí chỗ ngồi không đổi."
            ),
        },
    )
    chair.open(desk).press(
        "Bắt đầu lấy ý kiến",
        {"Ngày công bố nội dung": "02/03/2026", "Ngày cuối nhận ý kiến": "01/04/2026"},
    )
    ward.clock.set("2026-03-20")
    _say(ward, clerk, citizen)
    _admit(clerk, desk)
    ward.stations.stop(clerk, "opinions")
    ward.clock.set("2026-04-02")
    chair.open(desk).press("Kết thúc lấy ý kiến", {"Ngày kết thúc": "01/04/2026"})
    half = OPINIONS // 2
    clerk.open(desk)
    for numbers, result, text, traced in (
        (f"1-{half}", "Tiếp thu một phần", "Chợ tạm mở ở phố bên.", "Khoản 1"),
        (f"{half + 1}-{OPINIONS}", "Không tiếp thu", "Đường hẹp, phải đi một chiều.", ""),
    ):
        clerk.press(
            "Trả lời nhiều ý kiến",
            {
                "Trả lời các ý kiến số": numbers,
                "Tiếp thu hay không": result,
                "Trả lời: tiếp thu gì, không tiếp thu gì, vì sao": text,
                "Tiếp thu ở đâu trong văn bản": traced,
            },
        )
    summary = "Đã hỏi các hộ buôn bán và các hộ ở ba phố."
    clerk.press(
        "Ghi tổng hợp, giải trình đã ký",
        {
            "Ngày ký": "02/04/2026",
            "Đã hỏi ai, bao nhiêu người trả lời, tiếp thu gì, không tiếp thu gì, vì sao": summary,
        },
    )
    chair.open(desk).press("Công bố tổng hợp", {"Ngày công bố": "02/04/2026"})
    citizen.open("/").follow("Lấy ý kiến Nhân dân").follow(QUESTION)
    assert citizen.says(summary) and citizen.says(f"Ý kiến {OPINIONS} ")
    assert citizen.says(f"Lượt người {ON_PAPER} ")
    ward.stations.stop(citizen, "consultation")


def _say(ward, clerk, citizen):
    """Opinions on paper at the desk, others through the public form."""
    clerk.open("/desk/").follow("Lấy ý kiến Nhân dân").follow("Ý kiến của Nhân dân")
    clerk.follow("Nhập phiếu từ tệp")
    clerk.press("Xem trước", {"Tệp CSV hoặc XLSX": ("phieu.xlsx", _papers())})
    assert clerk.says(f"Dòng mới {ON_PAPER} ")
    clerk.press("Ghi vào danh sách")
    citizen.open("/").follow("Lấy ý kiến Nhân dân").follow(QUESTION).follow("Gửi ý kiến")
    form = citizen.path
    for number in range(OPINIONS - ON_PAPER):
        sender = citizen
        if number >= BY_HAND:
            address = f"10.20.{number // SENT_FROM_ONE_ADDRESS}.7"
            sender = Visitor(address)
        sender.open(form).press(
            "Gửi ý kiến",
            {
                "Ông (bà) đồng ý không": "Không đồng ý" if number % 4 else "Đồng ý",
                "Ý kiến": f"Ý kiến số {number + 1}: xin cho xe đi hai chiều buổi sáng.",
            },
        )
        assert sender.says("Mã bí mật")
    ward.stations.stop(citizen, "said")


def _admit(clerk, desk):
    """Each opinion that came through the portal is read and let in; one leads to the next."""
    sent = OPINIONS - ON_PAPER
    clerk.open(desk).follow(f"{sent} ý kiến chờ duyệt").follow(f"{OPINIONS}. Ý kiến số {sent}:")
    for _number in range(sent):
        clerk.press("Duyệt: cho mọi người đọc")


def _decide(ward, people, citizen):
    """A meeting falls short; the ballots that follow pass the matter; it is sent, recognised, put
    up, carried out.
    """
    clerk, chair, front = people.clerk, people.chair, people.front
    ward.clock.set("2026-06-01")
    clerk.open("/desk/").follow("Danh sách hộ gia đình").follow("Nhập từ tệp")
    clerk.press("Xem trước", {"Tệp CSV hoặc XLSX": ("ho.xlsx", _roll())})
    clerk.press("Ghi vào danh sách")
    clerk.open("/desk/").follow("Việc Nhân dân quyết định").follow("Đưa ra một việc")
    clerk.press(
        "Ghi",
        {
            "Thôn, tổ dân phố; việc chung toàn xã thì xã, phường": VILLAGE,
            "Việc (Điều 15)": "Nội dung hương ước, quy ước",
            "Việc cần quyết định": CONVENTION,
            "Nội dung, các phương án": "Giữ ngõ sạch; việc cưới, việc tang không quá hai ngày.",
            "Ai đưa ra": "Trưởng thôn, tổ trưởng",
            "Ngày đưa ra": "01/06/2026",
        },
    )
    desk = clerk.path
    clerk.press(
        "Thông báo họp",
        {
            "Ngày thông báo": "01/06/2026",
            "Ngày họp": "06/06/2026",
            "Ngày gửi tài liệu tới từng hộ": "01/06/2026",
        },
    )
    ward.clock.set("2026-06-06")
    _fall_short(ward, clerk, desk)
    _ballot(ward, clerk, front, desk)
    ward.clock.set("2026-06-22")
    clerk.open(desk).press("Gửi cấp xã", {"Ngày": "22/06/2026"})
    ward.clock.set("2026-06-24")
    chair.open(desk)
    chair.press("Công nhận", {"Ngày": "24/06/2026", "Số văn bản": "77/QĐ-UBND"})
    citizen.open("/").follow("Việc Nhân dân quyết định").follow(CONVENTION)
    assert citizen.says("77/QĐ-UBND") and not citizen.says(_person(1))
    ward.stations.stop(citizen, "decision")
    clerk.open(desk).press("Niêm yết kết quả", {"Ngày": "24/06/2026"})


def _fall_short(ward, clerk, desk):
    """Fewer households come than votes are needed."""
    clerk.open(desk)
    clerk.press("Mở cuộc họp, chốt danh sách hộ", {"Người chủ trì": "Trần Văn Trưởng"})
    clerk.open(desk).follow("Ghi các hộ dự họp")
    clerk.press("Ghi", {_household(number): True for number in range(1, CAME + 1)})
    clerk.open(desk)
    assert clerk.says(f"Tổng số hộ {HOUSEHOLDS} ") and clerk.says(f"Đại diện hộ dự họp {CAME} ")
    clerk.press("Kết thúc, không đủ người dự")
    assert clerk.says("Họp không đủ người, được phát phiếu")


def _ballot(ward, clerk, front, desk):
    """Every household is handed a ballot; two people count apart."""
    ward.clock.set("2026-06-08")
    clerk.open(desk)
    clerk.press(
        "Thông báo phát phiếu",
        {
            "Ngày thông báo": "08/06/2026",
            "Phát phiếu từ ngày": "15/06/2026",
            "Ngày cuối nhận phiếu": "20/06/2026",
            "Tổ phát phiếu": "Đỗ Minh Châu\nLê Văn Hai\nLê Văn Ba",
            "Tổ trưởng là": "Đại diện Ban công tác Mặt trận",
        },
    )
    ward.clock.set("2026-06-15")
    clerk.open(desk).press("Phát phiếu, chốt danh sách hộ", {"Ngày": "15/06/2026"})
    clerk.open(desk).follow("Ghi các hộ đã nhận phiếu")
    clerk.press("Ghi", {_household(number): True for number in range(1, HOUSEHOLDS + 1)})
    ward.clock.set("2026-06-21")
    for one in (clerk, front):
        one.open(desk).follow("Ghi số phiếu đã kiểm")
        one.press(
            "Ghi",
            {
                "Phiếu phát ra": str(HOUSEHOLDS),
                "Phiếu thu về": str(HOUSEHOLDS - 1),
                "Tán thành": str(AGREED),
                "Không tán thành": str(HOUSEHOLDS - 1 - AGREED),
            },
        )
    front.open(desk)
    assert front.says("Được thông qua") and front.says(f"2 × {AGREED} = {2 * AGREED}")
    ward.stations.stop(clerk, "ballot")


def _household(number):
    return f"Hộ số {number} · {_person(number)}"


def _person(number):
    return f"Người Đại Diện {number}"


def _papers():
    """The opinions on paper as a workbook."""
    head = ("Cuộc lấy ý kiến", "Số phiếu", "Ngày nhận", "Đồng ý hay không", "Nội dung", "Số người")
    return _workbook(
        head,
        *(
            (
                QUESTION,
                f"P-{number}",
                "20/03/2026",
                "Đồng ý" if number % 3 else "Không đồng ý",
                f"Phiếu của hộ {number}: giữ chợ tạm gần nhà.",
                "1",
            )
            for number in range(1, ON_PAPER + 1)
        ),
    )


def _roll():
    """The roll of the neighbourhood as a workbook."""
    return _workbook(
        ("Thôn, tổ dân phố", "Số của hộ", "Người đại diện", "Địa chỉ", "Tính từ ngày"),
        *(
            (VILLAGE, str(number), _person(number), ADDRESS, "01/01/2026")
            for number in range(1, HOUSEHOLDS + 1)
        ),
    )


def _workbook(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return file.getvalue()
