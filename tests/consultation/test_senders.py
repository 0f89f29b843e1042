"""Opinions that people send again in their own way are found by whoever gathers the same ones."""

from datetime import date
from itertools import combinations

import pytest

from danchu.consultation.clauses import text_in_clauses
from danchu.consultation.numerals import with_digits
from danchu.consultation.same_texts import alike
from danchu.consultation.tiles import is_passed_on
from tests.consultation.senders import opinions

DAY = date(2026, 5, 4)
SAYINGS = 3  # of one block, which differ in one thing


def pairs_of(sets):
    return {pair for numbers in sets for pair in combinations(sorted(numbers), 2)}


def test_what_people_send_again_is_found_and_nothing_else():
    rows = opinions(seed=11, copies=5)
    numbers = dict.fromkeys(number for number, _text in rows)
    true = pairs_of([[n for n, row in enumerate(rows) if row[0] == one] for one in numbers])
    found = pairs_of(alike([(number // SAYINGS % 3, DAY, text) for number, text in rows]))
    assert len(true) > 500
    assert len(found & true) >= 0.95 * len(found)
    assert len(found & true) >= 0.9 * len(true)


ASKED = "Đề nghị lắp thêm đèn chiếu sáng ở ngõ 24 vì buổi tối ngõ tối om."


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (
            "Tôi là Trần Thị Hoa, ở số nhà 9, ngõ 7. Kính mong lắp thêm đèn chiếu sáng ở ngõ 24",
            True,
        ),
        ("de nghi lap them den chieu sang o ngo 24", True),
        ("Đề nghị lắp thêm đèn chiếu sáng ở ngõ 24. Các cháu đi học về rất sợ.", False),
        ("Buổi tối ngõ tối om nên gia đình tôi đề nghị lắp thêm đèn chiếu sáng ở ngõ 24", True),
        ("đn lắp thêm ddenf chiếu sáng ở ngõ hai mươi bốn", True),
        ("Đề nghị lắp thêm đèn chiếu sáng ở ngõ 42 vì buổi tối ngõ tối om.", False),
        ("Đề nghị lắp thêm camera ở ngõ 24 vì buổi tối ngõ tối om.", False),
        ("Đề nghị không lắp thêm đèn chiếu sáng ở ngõ 24 vì buổi tối ngõ tối om.", False),
        ("Tôi không đồng ý lắp thêm đèn chiếu sáng ở ngõ 24.", False),
    ],
)
def test_reasons_names_and_order_are_no_difference_and_what_is_asked_for_is(other, is_same):
    asked, passed_on = text_in_clauses(ASKED), text_in_clauses(other)
    assert is_passed_on(asked, passed_on) is is_same
    assert is_passed_on(passed_on, asked) is is_same


WASTE = (
    "Xe rác đến lúc 4h chiều mọi người đi làm chưa về, rác treo trước cửa cả đêm. "
    "Đề nghị đổi giờ thu gom ở ngõ 15 đường Trần Phú và đặt thêm thùng."
)


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (WASTE.replace("4h chiều", "16 giờ"), True),
        (WASTE.replace("4h chiều", "17 giờ"), False),
        (WASTE.replace("Đề nghị", "Chúng tôi yêu cầu"), True),
        (WASTE.replace("ngõ 15 đường", "hẻm 15 đ."), True),
        (WASTE.replace("Trần Phú", "Trầnn Phú"), True),
        (WASTE.replace("Trần Phú", "Trần Hưng"), False),
        (WASTE.replace("mọi người", "bà con"), True),  # of a reason
        (WASTE.replace("chưa về", "về rồi"), False),
        (WASTE.replace("đổi giờ thu gom", "giữ giờ thu gom"), False),  # of what is asked for
        (WASTE.replace(" và đặt thêm thùng", "").replace("đổi", "đặt thêm thùng và đổi"), True),
    ],
)
def test_a_reason_in_other_words_and_parts_exchanged_are_no_difference(other, is_same):
    asked, passed_on = text_in_clauses(WASTE), text_in_clauses(other)
    assert is_passed_on(asked, passed_on) is is_same
    assert is_passed_on(passed_on, asked) is is_same


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("hai muoi lam nghin dong", "25000"),
        ("25 k mot thang", "25000 mot thang"),
        ("muoi hai gio ba muoi", "12 gio 30"),
        ("6 h sang", "6 gio sang"),
        ("2 trieu dong", "2000000"),
        ("ba nghin", "3000"),
        ("nam ngoai co ba em", "nam ngoai co ba em"),
        ("muoi", "muoi"),
        ("10 d", "10 d"),
    ],
)
def test_numbers_of_several_words_are_read_and_single_words_stay(words, digits):
    assert " ".join(with_digits(words.split())) == digits


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5_000,
        "không " * 2_000,
        "👍",
        "Tôi là Nguyễn Văn An, thôn " + "a" * 3_000 + " b c d e f g h i",
    ],
)
def test_a_text_meant_to_keep_the_job_busy_does_not(text):
    rows = [(1, DAY, text), (1, DAY, f"{text} Đề nghị xem lại."), (1, DAY, ASKED), (1, DAY, ASKED)]
    assert [2, 3] in alike(rows)
