"""The sentences that explain a due day: every sense, and each word of how it was counted. No
database is asked.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from danchu.law.calendar import FIRST, LAST, Calendar, SpecialDay
from danchu.law.deadline import due, is_late, months_from
from danchu.law.rule import Rule
from danchu.law.why import MOST_LISTED, explain_due

RULE = Rule(
    "answer",
    "Trả lời",
    "Answer",
    "within",
    Fraction(3),
    "working_day",
    "Điều 12",
    "Luật",
    date(2023, 7, 1),
    None,
    "verified",
)


def may_2024():
    """Wednesday 1 May is a holiday, Monday 6 is off in exchange for Saturday 4."""
    return Calendar(
        [
            SpecialDay(date(2024, 5, 1), "holiday", "Lễ"),
            SpecialDay(date(2024, 5, 6), "swapped_off", "Hoán đổi"),
            SpecialDay(date(2024, 5, 4), "make_up", "Làm bù"),
        ],
        years=[2024],
    )


def explained(event, calendar=None, **changes):
    calendar = calendar or may_2024()
    if "value" in changes:
        changes["value"] = Fraction(changes["value"])
    return explain_due(due(replace(RULE, **changes), event, calendar), calendar)


def test_working_days_are_listed_with_those_that_were_not_counted():
    assert explained(date(2024, 4, 30)) == (
        "Trả lời: trong 3 ngày làm việc, tính từ ngày tiếp theo của ngày 30/04/2024, nên chậm nhất "
        "là ngày 04/05/2024 (Điều 12, Luật). Các ngày được tính: 02/05, 03/05, 04/05 (Làm bù). "
        "Không tính: 01/05 (Lễ)."
    )


def test_working_days_before_are_listed_from_the_due_day_on():
    assert explained(date(2024, 5, 7), sense="before") == (
        "Trả lời: chậm nhất 3 ngày làm việc trước ngày 07/05/2024, tức là ngày 02/05/2024 "
        "(Điều 12, Luật). Các ngày được tính: 02/05, 03/05, 04/05 (Làm bù). "
        "Không tính: 05/05 (Chủ nhật), 06/05 (Hoán đổi)."
    )


def test_a_limit_in_days_that_ends_on_a_day_off_says_where_it_moved():
    assert explained(date(2024, 5, 1), unit="day", value=4) == (
        "Trả lời: trong 4 ngày, tính từ ngày tiếp theo của ngày 01/05/2024, nên chậm nhất là ngày "
        "07/05/2024 (Điều 12, Luật). Ngày cuối 05/05/2024 rơi vào ngày nghỉ (05/05 (Chủ nhật), "
        "06/05 (Hoán đổi)), nên hạn là hết ngày làm việc tiếp theo."
    )
    assert explained(date(2024, 5, 1), unit="day", value=3).endswith("04/05/2024 (Điều 12, Luật).")


def test_days_off_beside_one_another_for_one_reason_are_joined():
    year_end = Calendar(
        [SpecialDay(date(2024, 12, day), "holiday", "Nghỉ") for day in (23, 24, 25)], years=[2024]
    )
    sentence = explained(date(2024, 12, 20), year_end, unit="day", value=3)
    assert "Ngày cuối 23/12/2024 rơi vào ngày nghỉ (23/12–25/12 (Nghỉ))" in sentence


@pytest.mark.parametrize(
    ("sense", "sentence"),
    [
        (
            "lasting",
            "ít nhất 4 ngày kể từ ngày 01/05/2024, nên sớm nhất được kết thúc vào ngày 05/05/2024",
        ),
        ("through", "có giá trị 4 ngày kể từ ngày 01/05/2024, đến hết ngày 05/05/2024"),
    ],
)
def test_a_duration_is_explained_in_one_sentence_and_never_moved(sense, sentence):
    text = explained(date(2024, 5, 1), unit="day", value=4, sense=sense)
    assert text == f"Trả lời: {sentence} (Điều 12, Luật)."


def test_a_day_before_the_event_that_is_off_is_warned_of():
    warning = "Ngày 05/05/2024 là ngày nghỉ (Chủ nhật): hạn không lùi, nên làm sớm hơn."
    assert explained(date(2024, 5, 9), sense="before", unit="day", value=4).endswith(warning)
    assert "nên làm sớm hơn" not in explained(date(2024, 5, 7), sense="before", unit="day", value=4)


def test_long_lists_of_days_are_left_out_and_short_lists_of_days_off_kept():
    assert MOST_LISTED == 31
    plain = Calendar(years=[2024])
    # 23 working days from Monday 1 July on, then 32: one more than is listed.
    listed, unlisted = (explained(date(2024, 6, 30), plain, value=number) for number in (23, 24))
    assert "Các ngày được tính: 01/07, 02/07" in listed
    assert "Không tính: 06/07 (thứ Bảy), 07/07 (Chủ nhật)" in listed
    assert "Các ngày được tính" not in unlisted
    assert "Không tính: 06/07 (thứ Bảy), 07/07 (Chủ nhật)" in unlisted
    # 31 days off from Saturday 29 June to 18 October, 32 from Sunday 30 June to 21 October.
    assert "Không tính" in explained(date(2024, 6, 29), plain, value=80)
    assert "Không tính" not in explained(date(2024, 6, 30), plain, value=81)


def test_what_was_not_checked_and_a_year_that_was_not_loaded_are_said_at_the_end():
    sentence = explained(date(2025, 3, 3), value=1, mark="memory_low")
    assert sentence.endswith(
        "Lịch nghỉ của năm ấy chưa được nạp: mới tính thứ Bảy, Chủ nhật và ngày lễ có ngày cố "
        "định. Quy tắc này chưa đối chiếu với văn bản, cần kiểm tra trước khi dùng."
    )


def test_a_year_whose_days_are_a_guess_is_told_from_one_that_was_not_loaded():
    guess = Calendar(years=[2025], doubtful=[2025])
    sentence = explained(date(2025, 3, 3), guess, value=1)
    assert sentence.endswith(
        "Lịch nghỉ của năm ấy chưa có thông báo chính thức: các ngày nghỉ đã tính còn có thể đổi."
    )
    assert "chưa được nạp" in explained(date(2025, 12, 30), guess)


def test_a_due_day_carries_what_it_was_worked_out_from():
    result = due(RULE, date(2024, 12, 30), may_2024())
    assert (result.rule, result.event, result.calendar_version) == (RULE, date(2024, 12, 30), 0)
    assert (result.day, result.complete) == (date(2025, 1, 3), False)
    before = due(replace(RULE, sense="before"), date(2024, 1, 2), may_2024())
    assert (before.day, before.complete) == (date(2023, 12, 28), False)
    assert due(RULE, date(2024, 5, 7), may_2024()).complete


def test_the_first_and_the_last_day_of_the_calendar_may_be_an_event():
    assert due(RULE, FIRST, Calendar()).day == date(1980, 1, 4)
    assert due(replace(RULE, sense="before"), LAST, Calendar()).day == date(2099, 12, 28)


def test_months_end_on_the_same_day_or_the_last_of_the_month():
    assert months_from(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert months_from(date(2024, 12, 15), 1) == date(2025, 1, 15)
    assert months_from(date(2024, 1, 15), -1) == date(2023, 12, 15)
    assert due(
        replace(RULE, unit="month", sense="before"), date(2024, 5, 31), may_2024()
    ).day == date(2024, 2, 29)


def test_the_due_day_itself_is_in_time_for_every_sense():
    day, eve, next_day = date(2025, 1, 10), date(2025, 1, 9), date(2025, 1, 11)
    for sense in ("within", "before"):
        assert [is_late(sense, day, done) for done in (eve, day, next_day)] == [False, False, True]
    assert [is_late("lasting", day, done) for done in (eve, day, next_day)] == [True, False, False]
