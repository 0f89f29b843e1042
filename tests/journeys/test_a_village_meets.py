"""The head of a village with a telephone: a roll from a file, a meeting by clusters that falls
short, the ballots after it, a convention; by pages alone, from an empty installation.
"""

import io
from types import SimpleNamespace

import pytest
import xlsxwriter

from tests.journeys.browsing import HAND, at_browser  # noqa: F401
from tests.journeys.founding import (  # noqa: F401
    enrol,
    found_village,
    installed,
    join,
    set_up,
)
from tests.journeys.stations import stations  # noqa: F401
from tests.sizes import IS_LONG, size, turn

VILLAGE, OTHER = "Tổ dân phố số 12", "Tổ dân phố số 5"
HOUSEHOLDS, OTHERS = size(9, 220), size(3, 12)
NEEDED = -(-2 * HOUSEHOLDS // 3)  # matter 2: at least two thirds of all households
FUND = "Quỹ đèn ngõ"
CONVENTION = "Quy ước của Tổ dân phố số 12"
CLUSTERS = "Cụm Đông; Lý Thị Cúc; {day}; Nhà văn hóa\nCụm Tây; Vũ Văn Nam; {day}; Sân chùa"


@pytest.fixture
def ward(installed, stations):  # noqa: F811
    """An installed database in which nobody has an account, at the beginning of a year."""
    return installed("2026-01-05", "Quyết định 01/QĐ-UBND ngày 02/01/2026", stations)


@turn(2, together=0)
def test_a_village_head_leads_the_households_through_a_year_of_decisions(
    ward,
    enrol,
    at_browser,  # noqa: F811
):
    people = _begin(ward, enrol, at_browser)
    _write_roll(people)
    desk = _notice(ward, people)
    _plan_clusters(people, desk)
    _meet_in_clusters(ward, people, desk)
    _ballot(ward, people, desk)
    _convention(ward, people)
    citizen = at_browser(None, HAND)
    citizen.open("/").follow("Việc Nhân dân quyết định").follow(FUND)
    assert citizen.says("Được thông qua") and citizen.says("Cụm Đông")
    assert not citizen.says("Lý Thị Cúc")


def _begin(ward, enrol, at_browser):  # noqa: F811
    operator = set_up(ward, enrol)
    chair = join(ward, enrol, operator, "chair", "Chủ tịch Ủy ban nhân dân")
    front = join(ward, enrol, operator, "front", "Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam")
    clerk = join(ward, enrol, chair, "clerk", "Công chức văn phòng Ủy ban nhân dân")
    for name in (OTHER, VILLAGE):
        chair.open("/desk/").follow("Cơ quan, tổ chức")
        found_village(chair, name, "01/01/2026", "12/NQ-HĐND", "30/12/2025")
    leads = join(ward, enrol, chair, "leads", "Trưởng thôn, Tổ trưởng tổ dân phố", VILLAGE)
    return SimpleNamespace(
        chair=at_browser(chair, HAND),
        front=at_browser(front, HAND),
        clerk=at_browser(clerk),
        leads=at_browser(leads, HAND),
    )


def _write_roll(people):
    """The head of the village writes their own roll, the clerk that of the other one; the clerk
    reads both, the village that was founded first before the other.
    """
    for visitor, village, number in (
        (people.leads, VILLAGE, HOUSEHOLDS),
        (people.clerk, OTHER, OTHERS),
    ):
        visitor.open("/desk/").follow("Danh sách hộ gia đình").follow("Nhập từ tệp")
        visitor.press("Xem trước", {"Tệp CSV hoặc XLSX": ("ho.xlsx", _roll(village, number))})
        assert visitor.says(f"{village}: {number}")
        visitor.press("Ghi vào danh sách")
    rows = [row.text_content() for row in people.clerk.page.xpath(".//main//tbody/tr")]
    assert all(OTHER in row for row in rows[:OTHERS]) and VILLAGE in rows[OTHERS]


def _notice(ward, people):
    """The meeting is noticed, then put off, when the papers go to each household as well; the
    address of its page.
    """
    leads = people.leads
    leads.open("/desk/").follow("Việc Nhân dân quyết định").follow("Đưa ra một việc")
    leads.press(
        "Ghi",
        {
            "Việc (Điều 15)": "Thu, chi, quản lý các khoản đóng góp",
            "Việc cần quyết định": FUND,
            "Nội dung, các phương án": "Mỗi hộ 20.000 đồng mỗi tháng.",
        },
    )
    leads.press("Thông báo họp", {"Ngày thông báo": "05/01/2026", "Ngày họp": "08/01/2026"})
    assert leads.says("chưa ghi Gửi tài liệu họp đến hộ gia đình (Điều 3 khoản 4")
    again = {"Ngày họp": "10/01/2026", "Ngày gửi tài liệu tới từng hộ": "05/01/2026"}
    leads.press("Thông báo lại", again)
    assert leads.says("Ngày họp 10/01/2026") and not leads.says("chưa ghi")
    return leads.path


def _plan_clusters(people, desk):
    """The chair of the ward reads the plan, disagrees, and agrees to another one."""
    leads, chair = people.leads, people.chair
    for day, button, document in (
        ("10/01/2026", "Không đồng ý họp theo cụm dân cư", "8/UBND"),
        ("11/01/2026", "Đồng ý cho họp theo cụm dân cư", "9/UBND"),
    ):
        typed = {
            "Các cụm dân cư": CLUSTERS.format(day=day),
            "Người tổng hợp kết quả": "Trần Văn Trưởng",
        }
        if not IS_LONG:
            typed["Dân cư sống phân tán thế nào"] = "Hai bờ suối"
        leads.open(desk).press("Gửi kế hoạch họp theo cụm dân cư", typed)
        assert leads.says("Đang chờ: Chủ tịch Ủy ban nhân dân (Trần Văn Bình)")
        chair.open("/desk/").follow(FUND)
        assert chair.says("Sân chùa; Vũ Văn Nam") and chair.says(day)
        chair.press(button, {"Số văn bản": document})
        assert leads.open(desk).says(document)


def _meet_in_clusters(ward, people, desk):
    """One household fewer comes than votes are needed: the meeting falls short."""
    leads = people.leads
    ward.clock.set("2026-01-11")
    leads.open(desk)
    leads.press("Mở cuộc họp, chốt danh sách hộ", {"Người chủ trì": "Trần Văn Trưởng"})
    assert leads.says("Đang chờ: Trưởng thôn, Tổ trưởng tổ dân phố (Trần Văn Trưởng)")
    half = NEEDED // 2
    for cluster, numbers in (("Cụm Đông", range(1, half)), ("Cụm Tây", range(half, NEEDED))):
        leads.open(desk).follow("Ghi các hộ dự họp ở cụm")
        came = {_household(number): True for number in numbers}
        leads.press("Ghi", {"Cụm dân cư": cluster, **came})
    leads.press("Tổng hợp kết quả các cụm")
    assert leads.says("Họp không đủ người, được phát phiếu")


def _ballot(ward, people, desk):
    """Two people count apart, first to different numbers; each is told what that means."""
    leads = people.leads
    leads.press(
        "Thông báo phát phiếu",
        {
            "Ngày thông báo": "11/01/2026",
            "Phát phiếu từ ngày": "13/01/2026",
            "Ngày cuối nhận phiếu": "15/01/2026",
            "Tổ phát phiếu": "Đỗ Minh Châu\nLê Văn Hai\nLê Văn Ba",
            "Tổ trưởng là": "Đại diện Ban công tác Mặt trận",
        },
    )
    ward.clock.set("2026-01-13")
    leads.open(desk).press("Phát phiếu, chốt danh sách hộ")
    leads.follow("Ghi các hộ đã nhận phiếu")
    leads.press("Ghi", {_household(number): True for number in range(1, HOUSEHOLDS + 1)})
    ward.clock.set("2026-01-15")
    for one, agreed, says in (
        (people.clerk, NEEDED, "Chờ người thứ hai kiểm riêng"),
        (people.front, NEEDED - 1, "Hai người kiểm ra số khác nhau"),
        (people.front, NEEDED, "Hai người kiểm ra cùng số: đã có kết quả."),
    ):
        one.open(desk).follow("Ghi số phiếu đã kiểm")
        counts = {"Phiếu phát ra": HOUSEHOLDS, "Phiếu thu về": HOUSEHOLDS}
        counts |= {"Tán thành": agreed, "Không tán thành": HOUSEHOLDS - agreed}
        one.press("Ghi", {label: str(number) for label, number in counts.items()})
        assert one.says(says)
    leads.open(desk).press("Gửi cấp xã", {"Ngày": "15/01/2026"})
    leads.press("Niêm yết kết quả", {"Ngày": "15/01/2026"})
    leads.press(
        "Ghi đã thực hiện", {"Ngày": "15/01/2026", "Kết quả thực hiện, sẽ công khai": "Đã thu."}
    )
    assert leads.says("Đã thực hiện")


def _convention(ward, people):
    """Two versions, each of its day; posted for thirty days, then put to the households, whose
    matter leads back to it.
    """
    leads = people.leads
    leads.open("/desk/").follow("Hương ước, quy ước").follow("Soạn hương ước, quy ước")
    leads.press(
        "Ghi",
        {
            "Tên hương ước, quy ước": CONVENTION,
            "Ngày đề xuất": "06/01/2026",
            "Nhóm soạn thảo": "Lê Văn Một\nLê Văn Hai",
            "Nội dung dự thảo": "Điều 1. Giữ ngõ sạch.",
        },
    )
    page = leads.path
    leads.follow("Ghi bản sau")
    second = "Điều 1. Giữ ngõ sạch.\nĐiều 2. Chó phải có rọ mõm."
    leads.press("Ghi", {"Bản này của ngày": "12/01/2026", "Nội dung của bản mới": second})
    assert leads.says("Bản số 2, ngày 12/01/2026") and leads.says("Bản số 1, ngày 06/01/2026")
    leads.press("Niêm yết dự thảo", {"Ngày": "15/01/2026"})
    ward.clock.set("2026-02-20")
    leads.open(page).press("Đưa ra các hộ", {"Ngày": "20/02/2026"})
    leads.follow("Họp, phát phiếu, công nhận: trang của việc đưa ra các hộ")
    leads.follow("Dự thảo, hồ sơ đề nghị công nhận: trang hương ước, quy ước")
    assert leads.path == page


def _household(number):
    return f"Hộ số {number} · Người Đại Diện {number}"


def _roll(village, number):
    """The roll of a village as a workbook."""
    rows = [("Thôn, tổ dân phố", "Số của hộ", "Người đại diện", "Địa chỉ", "Tính từ ngày")]
    rows += [
        (village, place, f"Người Đại Diện {place}", f"Số {place} ngõ Hàng Bè", "01/01/2026")
        for place in range(1, number + 1)
    ]
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return file.getvalue()
