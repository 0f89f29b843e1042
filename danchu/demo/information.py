"""Requests for information at the ward, one in each step, and a file that was masked."""

from io import BytesIO

from danchu.demo.disclosed import ANSWER, ASKED, RELIEF
from danchu.demo.people import person_name
from danchu.demo.staff import SINCE
from danchu.disclosure import actions
from danchu.disclosure.actions.requests import Asker
from danchu.papers.masks import Masks
from danchu.papers.official import Line, Official, official_file

WARD = "Phường Hoàn Kiếm"


def file_of_ward(title, *lines):
    """An open PDF of the ward with these lines."""
    text = tuple(Line.of(line) for line in lines or ("Đã nhận để báo cho các hộ.",))
    paper = Official(title, f"ỦY BAN NHÂN DÂN\n{WARD}", WARD, SINCE, lines=text)
    return BytesIO(official_file(paper, "pdf"))


def ask_all(ward):
    """Requests for information, each in another step."""
    for question, ago, way, outcome in ASKED:
        request, _secret = actions.ask_information(
            by=ward.by,
            unit=ward.unit,
            question=question,
            asker=Asker(person_name(ward.chance), phone="0900000000"),
            way=way,
            received_on=ward.day(ago),
        )
        if outcome == "answered":
            actions.answer_request(request, by=ward.by, answer=ANSWER)
        elif outcome == "masked":
            _give_masked(ward, request)
        elif outcome == "refused":
            text = "Thông tin về đời sống riêng của người khác, chưa có đồng ý của người đó."
            actions.refuse_request(request, by=ward.by, ground="secret", answer=text)
        elif outcome == "prolonged":
            request = actions.sort_request(request, by=ward.by, reason="Phải tổng hợp năm năm.")
            actions.prolong_request(request, by=ward.by, reason="Chờ số liệu của hai phường cũ.")


def _give_masked(ward, request):
    """The list of who was helped, without the names."""
    names = tuple(person_name(ward.chance) for _each in range(3))
    title, rate = RELIEF
    lines = (rate, *(f"{name}, số định danh 001080012345" for name in names))
    actions.answer_request(
        request,
        by=ward.by,
        answer="Gửi danh sách đã che tên các hộ.",
        fee=6000,
        file=file_of_ward(title, *lines),
        file_name="danh-sach-ho-tro.pdf",
        masks=Masks(words=tuple(dict.fromkeys(names)), hides_numbers=True),
    )
