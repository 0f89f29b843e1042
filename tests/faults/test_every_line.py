"""A text or a table of several lines is refused with every line that is wrong, by its number; what
was typed stays.
"""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.casework.input.signers import listed_signers, persons_typed, typed_signers
from danchu.inspection.input.rounds import checked_round
from danchu.kernel.days import today
from danchu.kernel.lines import MOST_TOLD, line_refusals, ranges
from danchu.kernel.refusals import Refused
from danchu.minutes.input.blocks import LONGEST_BLOCK, BlockInput, checked_blocks
from danchu.register.checking import checked_parts
from danchu.reports.draft_text import blocks_of, check_written
from danchu.units.plan_file import parse_plan

LIST = ["Họ và tên;Địa chỉ;Số giấy tờ;Điện thoại;Đại diện"]
GOOD = "Nguyễn Thị Mận;Số 1;001085001234;0912345678;x"


def every(call, *arguments):
    """The messages of all refusals of the call, and their fields."""
    with pytest.raises(Refused) as refusal:
        call(*arguments)
    rows = refusal.value.every
    return [str(one.message) for one in rows], {one.field for one in rows}


def listed(*lines):
    return listed_signers(io.BytesIO("\n".join([*LIST, *lines]).encode()), "ky.csv")


def test_every_bad_line_of_a_list_of_signers_is_named_with_every_bad_cell():
    messages, fields = every(
        listed,
        GOOD,
        ";Số 2;001085001235;;",  # no name
        GOOD,
        "Trần Văn Cam;Số 3;001085;abc;có lẽ",  # no telephone, neither yes nor no
        "Lê Thị Mơ;Số 4;1-2;;",
        "Lê Thị Mai;Số 5;;;;thừa",  # a cell under no heading
    )
    assert fields == {"signers_file"}
    assert [message.partition(" của")[0] for message in messages] == [
        f"Dòng {number}" for number in (3, 5, 6, 7)
    ]
    assert "họ và tên" in messages[0] and "Điện thoại" in messages[1] and "Đại diện" in messages[1]


def test_a_list_that_cannot_be_read_on_is_told_with_the_lines_before():
    messages, _fields = every(listed, ";Số 2;;;", GOOD, '"không đóng;Số 3;;;')
    assert "Dòng 2" in messages[0] and "nháy kép" in messages[1]


def test_every_bad_line_that_was_typed_is_named_by_the_line_it_stands_on():
    text = f"Nguyễn Thị Mận; Số 1\n\n; Số 2\n{'a' * 121}\nTrần Văn Cam\n;;\nLê Thị Mơ; {'b' * 201}"
    messages, fields = every(typed_signers, text)
    assert fields == {"signers"}
    assert [message.partition(":")[0] for message in messages] == [
        f"Dòng {number}" for number in (3, 4, 6, 7)
    ]
    names = [person["name"] for person in typed_signers("Mận; Số 1\n\n Cam \n")]
    assert names == ["Mận", "Cam"]


def test_what_is_typed_and_what_is_listed_are_told_together():
    file = io.BytesIO(f"{LIST[0]}\n;Số 1;;;\n".encode())
    file.name = "ky.csv"
    fields = {"signers": "; Số 2", "signers_file": file}
    _messages, names = every(persons_typed, [{"name": "Mận", "phone": "abc"}], fields)
    assert names == {"phone", "signers", "signers_file"}


def test_every_bad_line_of_a_report_is_named():
    text = "Chữ thường\n#\n\n[Bảng: Phụ lục]\nCó {X99} cuộc\n# Mục"
    messages, fields = every(blocks_of, text, "english")
    assert fields == {"english"}
    assert [message.partition(":")[0] for message in messages] == ["Dòng 2", "Dòng 4", "Dòng 5"]
    check_written("xong")


def test_every_bad_paragraph_of_minutes_is_named():
    long_text = "a" * (LONGEST_BLOCK + 1)
    blocks = [BlockInput("Được"), BlockInput(long_text), BlockInput("Được", speaker="b" * 121)]
    messages, fields = every(checked_blocks, blocks)
    assert [message.partition(":")[0] for message in messages] == ["Đoạn 2", "Đoạn 3"]
    assert fields == {"text", "speaker"}


def test_every_bad_part_of_an_event_and_every_bad_violation_of_a_round_is_named():
    parts = [("recipient", 1, "a", 1), ("x", 1, "a", 1), ("recipient", 1, "a" * 201, -1)]
    messages, fields = every(checked_parts, "document", parts)
    assert fields == {"parts"}
    assert [message.partition(":")[0][-1] for message in messages] == ["2", "3"]
    noted = [{"title": "Thu sai"}, {"place": "Tổ 5"}, {}, {"title": "a" * 999, "place": "b" * 999}]
    messages, fields = every(checked_round, {"title": "x", "held_on": today(), "noted": noted})
    assert fields == {"noted"}
    assert [message.partition(":")[0] for message in messages] == [
        "Vụ việc thứ 2",
        "Vụ việc thứ 3",
    ]


def test_every_bad_entry_of_a_reorganisation_is_named():
    text = (
        '[decree]\nnumber = ""\n'
        '[[ends]]\nunit = 1.5\n[[ends]]\nunits = "1"\n[[ends]]\nunit = "00001@2026-01-01"\n'
        '[[standings]]\nunit = "00002@2026-01-01"\n'
    )
    messages, _fields = every(parse_plan, text)
    assert "thiếu number" in messages[0]
    assert [message.partition(":")[0] for message in messages[1:]] == [
        "dòng 3, [[ends]] thứ 1",
        "dòng 5, [[ends]] thứ 2",
        "dòng 9, [[standings]] thứ 1",
    ]
    with pytest.raises(Refused, match=r"\[\[ends\]\] thứ 2"):  # also where only the text is printed
        parse_plan(text)


@given(mask=st.integers(2, 2**401 - 1))
def test_exactly_the_bad_lines_are_named(mask):
    bad = {number for number in range(1, 401) if mask >> number & 1}

    def read():
        with line_refusals("Dòng %(number)s: %(why)s", "text") as line:
            for number in range(1, 401):
                with line(number):
                    if number in bad:
                        raise Refused("sai")

    messages, fields = every(read)
    assert fields == {"text"} and len(messages) <= MOST_TOLD + 1
    lines = [int(message.split()[1].rstrip(":")) for message in messages[:MOST_TOLD]]
    for part in messages[MOST_TOLD:]:
        for run in part.partition(": ")[2].rstrip(".").split(", "):
            first, _dash, last = run.partition("–")
            lines += range(int(first), int(last or first) + 1)
    assert lines == sorted(bad)


def test_numbers_that_follow_one_another_are_told_as_one():
    assert ranges([3, 4, 5, 9, 11, 12]) == "3–5, 9, 11–12"
