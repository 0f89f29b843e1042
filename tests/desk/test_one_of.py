"""A choice of one row holds all of them, or is searched by name: none is out of reach."""

from datetime import date
from uuid import uuid4

import pytest

from danchu.inspection.models import RoundSheet
from danchu.kernel.refusals import Refused
from danchu.subjects import one_of
from danchu.subjects.one_of import chosen_key
from danchu.units.actions import open_body
from tests.desk.conftest import BY
from tests.desk.test_rounds import board  # noqa: F401

pytestmark = pytest.mark.usefixtures("law_loaded")
NAMES = [
    ("3", "Ban TTND phường Ba Đình"),
    ("14", "Ban TTND phường Ngọc Hà"),
    ("15", "Ban GSĐTCĐ phường Ngọc Hà"),
    ("16", "Ban TTND phường Ngọc Hà Đông"),
    ("17", "Ban cùng tên"),
    ("18", "Ban cùng tên"),
    ("19", "Ban thôn Đông"),
]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("14", "14"),
        ("Ban TTND phường Ba Đình (#3)", "3"),
        ("ba dinh", "3"),
        ("GSDTCD", "15"),
        ("Ban TTND phường Ngọc Hà", "14"),  # the whole name of one, a part of another
        ("Ban cùng tên (#18)", "18"),
        ("thon dong", "19"),
        ("thôn Đô", "19"),  # a part of a syllable, with its marks
    ],
)
def test_one_row_is_meant(text, key):
    assert chosen_key(NAMES, text) == key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Đống Đa", "Không có lựa chọn"),
        ("Ban thôn Đồng", "Không có lựa chọn"),  # another one: marks count where they are typed
        ("4", "Không có lựa chọn"),  # a number is an id, no part of another
        ("Ban (#99)", "Không có lựa chọn"),
        ("ngoc ha", r"Có 3 tên như vậy: .*\(#14\); .*\(#15\); .*\(#16\)"),
        ("cung ten", r"\(#17\); .*\(#18\)"),
        ("ban", "và 2 tên nữa"),
    ],
)
def test_none_or_several_are_told_with_what_to_copy(text, words):
    with pytest.raises(Refused, match=words):
        chosen_key(NAMES, text)


@pytest.fixture
def boards(officials, board):  # noqa: F811
    """Three boards of the ward."""
    kinds = {
        "investment_board": "Ban GSĐTCĐ phường Ba Đình",
        "pib_agency": "Ban TTND Ủy ban nhân dân phường",
    }
    return [board] + [
        open_body(officials.ward, by=BY, kind=kind, name=name, since=date(2025, 7, 1))
        for kind, name in kinds.items()
    ]


def a_round(board):
    return {
        "uid": str(uuid4()),
        "board": board,
        "held_on": "11/08/2025",
        "participants": "4",
        "title": "Thu chi quỹ tổ 5",
    }


@pytest.mark.parametrize("is_long", [False, True])
def test_every_board_is_within_reach_of_the_form(client, officials, boards, monkeypatch, is_long):
    if is_long:
        monkeypatch.setattr(one_of, "MOST_LISTED", 2)
    client.force_login(officials.member)
    page = client.get(f"/desk/rounds/new/?board={boards[0].pk}").content.decode()
    if not is_long:
        assert all(f'value="{board.pk}"' in page for board in boards)
    else:
        assert "Có 3: hãy gõ một phần tên" in page and f"(#{boards[0].pk})" in page
        answer = client.post("/desk/rounds/new/", a_round("ban TTND"))
        assert answer.status_code == 400 and "Có 2 tên như vậy" in answer.content.decode()
        assert 'value="ban TTND"' in answer.content.decode()
        assert client.post("/desk/rounds/new/", a_round("")).status_code == 400
        answer = client.post("/desk/rounds/new/", a_round("GSDTCD"))
        assert answer.status_code == 302, answer.content.decode()[-2000:]
        assert RoundSheet.objects.get().board == boards[1]
    answer = client.post("/desk/rounds/new/", a_round(str(boards[2].pk)))
    assert answer.status_code == 302
    assert RoundSheet.objects.latest("pk").board == boards[2]
