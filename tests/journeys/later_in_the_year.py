"""The second half of a ward's year: households vote on line and anybody recounts; the village holds
its conference at the end of the year.
"""

import re
import subprocess
import sys
from pathlib import Path

import pypdfium2

from danchu.village.rules.steps import STEPS

SCRIPT = Path(__file__).parents[2] / "danchu/portal/static/portal/kiem-phieu.py"
GATE = "Giờ đóng cổng khu tập thể"
AGAINST = 2  # households that do not agree to what is put to them on line


def file_of(visitor, words):
    """The bytes behind the first link with these words, as whoever reads the page gets them."""
    [link, *_others] = [
        link
        for link in visitor.page.iterfind(".//a[@href]")
        if re.sub(r"\s+", " ", link.text_content()).strip() == words
    ]
    answer = visitor.client.get(link.get("href"))
    assert answer.status_code == 200, link.get("href")
    return b"".join(answer) if answer.streaming else answer.content


def vote_on_line(ward, people, citizen, village, persons, tmp_path):
    """A matter of the community itself, from its notice to the recount; `persons` are who
    represents the households, by number from 1, {number: (name, address)}.
    """
    clerk = people.clerk
    ward.clock.set("2026-09-01")
    clerk.open("/desk/").follow("Việc Nhân dân quyết định").follow("Đưa ra một việc")
    clerk.press(
        "Ghi",
        {
            "Thôn, tổ dân phố; việc chung toàn xã thì xã, phường": village,
            "Việc (Điều 15)": "Việc tự quản khác",
            "Việc cần quyết định": GATE,
            "Nội dung, các phương án": "Đóng cổng lúc 23 giờ, mở lúc 5 giờ.",
            "Ai đưa ra": "Trưởng thôn, tổ trưởng",
            "Ngày đưa ra": "01/09/2026",
        },
    )
    desk = clerk.path
    clerk.press(
        "Thông báo biểu quyết trực tuyến",
        {
            "Ngày thông báo": "01/09/2026",
            "Ngày báo cáo Ủy ban nhân dân, Mặt trận cấp xã": "01/09/2026",
            "Bắt đầu từ ngày": "02/09/2026",
            "Ngày cuối hỏi có dùng trực tuyến": "04/09/2026",
            "Tổ trưởng là": "Đại diện Ban công tác Mặt trận",
            "Tổ biểu quyết trực tuyến": "Đỗ Minh Châu\nLê Văn Hai\nLê Văn Ba",
        },
    )
    ward.clock.set("2026-09-02")
    clerk.open(desk).press("Mở biểu quyết trực tuyến, chốt danh sách hộ")
    secrets = _secrets_on_cards(clerk.open(desk))
    assert secrets.keys() == persons.keys()
    choices = dict.fromkeys(persons, "Đồng ý")
    _cast(citizen, persons, secrets, choices)
    ward.clock.set("2026-09-05")
    clerk.open(desk).press(
        "Kết thúc việc hỏi có dùng trực tuyến",
        {"Ngày cuối biểu quyết về việc này, khi đủ hộ đồng ý": "08/09/2026"},
    )
    choices |= dict.fromkeys(range(1, AGAINST + 1), "Không đồng ý")
    receipts = _cast(citizen, persons, secrets, choices)
    ward.clock.set("2026-09-09")
    clerk.open(desk).press("Kết thúc biểu quyết trực tuyến")
    assert clerk.says("Được thông qua")
    clerk.press("Gửi cấp xã", {"Ngày": "09/09/2026"})
    clerk.press("Niêm yết kết quả", {"Ngày": "09/09/2026"})
    clerk.press(
        "Ghi đã thực hiện",
        {"Ngày": "09/09/2026", "Kết quả thực hiện, sẽ công khai": "Cổng đóng theo giờ mới."},
    )
    _recount(citizen, receipts, tmp_path)
    ward.stations.stop(citizen, "on-line")


def _secrets_on_cards(clerk):
    """{number of the household: code} as they stand on the printed cards."""
    cards = pypdfium2.PdfDocument(_cards(clerk))
    texts = [page.get_textpage().get_text_range() for page in cards]
    return {
        int(re.search(r"Hộ số: (\d+)", text)[1]): re.search(r"Mã của hộ: ([\w-]+)", text)[1]
        for text in texts
    }


def _cards(clerk):
    [link] = [
        link.get("href")
        for link in clerk.page.iterfind(".//a[@href]")
        if link.get("href").endswith("/cards.pdf")
    ]
    return clerk.client.get(link).content


def _cast(citizen, persons, secrets, choices):
    """Each household votes on the page of the poll that is open; their receipts."""
    receipts = []
    citizen.open("/").follow("Việc Nhân dân quyết định").follow(GATE)
    poll = citizen.follow("Nơi các hộ biểu quyết").path
    for number, (name, address) in persons.items():
        citizen.open(poll).press(
            "Gửi phiếu",
            {
                "Số của hộ": str(number),
                "Mã trên thẻ": secrets[number],
                "Họ tên người đại diện hộ": name,
                "Địa chỉ thường trú": address,
                "Lựa chọn": choices[number],
            },
        )
        [receipt] = citizen.page.xpath(".//p[@class='code']/strong")
        receipts.append(receipt.text_content().strip())
    return receipts


def _recount(citizen, receipts, tmp_path):
    """Anybody recounts with the script; a household finds its receipt, nobody its choice."""
    citizen.open("/").follow("Việc Nhân dân quyết định").follow(GATE)
    polls = [
        link.get("href")
        for link in citizen.page.iterfind(".//a[@href]")
        if "/online-votes/" in link.get("href")
    ]
    citizen.open(polls[-1])
    path = tmp_path / "ket-qua.csv"
    path.write_bytes(file_of(citizen, "Tệp kết quả có chữ ký"))
    answer = subprocess.run(
        [sys.executable, str(SCRIPT), str(path)], capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert str(len(receipts) - AGAINST) in answer.stdout
    for receipt in (receipts[0], receipts[-1]):
        citizen.open(polls[-1]).press("Tìm trong tệp", {"Biên nhận của hộ": receipt})
        assert citizen.says("phiếu của hộ đã được tính")


def confer(ward, people, citizen, village, attending):
    """The conference at the end of the year, from its plan to its report."""
    clerk = people.clerk
    ward.clock.set("2026-11-02")
    clerk.open("/desk/").follow("Hội nghị định kỳ của thôn, tổ dân phố")
    clerk.follow("Lập kế hoạch hội nghị")
    clerk.press(
        "Ghi",
        {
            "Thôn, tổ dân phố": village,
            "Hội nghị của năm": "2026",
            "Ngày lập kế hoạch": "02/11/2026",
            "Ngày họp dự kiến": "20/11/2026",
            "Kế hoạch: nội dung, thành phần, ai làm gì": "Tổ trưởng báo cáo; các hộ bàn năm tới.",
        },
    )
    desk = clerk.path
    clerk.press("Gửi kế hoạch", {"Ngày": "02/11/2026"})
    ward.clock.set("2026-11-10")
    clerk.open(desk).press(
        "Triệu tập",
        {"Ngày triệu tập": "10/11/2026", "Ngày họp": "20/11/2026", "Địa điểm": "Nhà văn hóa"},
    )
    ward.clock.set("2026-11-20")
    clerk.open(desk).press(
        "Ghi hội nghị đã họp",
        {
            "Ngày họp": "20/11/2026",
            "Người chủ trì": "Trần Văn Trưởng",
            "Thư ký": "Lê Thị Thư",
            "Đại diện hộ dự họp": str(attending),
        },
    )
    clerk.open(desk).follow("Ghi chín bước")
    steps = {f"{number}. {words}": f"Đã làm bước {number}." for number, words in STEPS}
    clerk.press("Ghi", {**steps, "8. Kết luận, việc phải làm trong năm tới": "Lắp thêm đèn ngõ."})
    ward.clock.set("2026-11-23")
    clerk.open(desk).press("Gửi báo cáo", {"Ngày": "23/11/2026"})
    citizen.open("/").follow("Hội nghị định kỳ của thôn, tổ dân phố")
    citizen.follow("Hội nghị định kỳ năm 2026")
    assert (
        citizen.says(village) and citizen.says("Lắp thêm đèn ngõ.") and citizen.says(str(attending))
    )
    ward.stations.stop(citizen, "conference-of-village")
