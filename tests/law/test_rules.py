"""A rule by itself: its value, its words, what it refuses. No database is asked."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from danchu.kernel.refusals import Refused
from danchu.law.calendar import LAST, Calendar, SpecialDay
from danchu.law.checks import check_days
from danchu.law.deadline import due, is_late, months_from
from danchu.law.rule import Rule, amount_words, mark_words, read_value, unit_words
from danchu.law.thresholds import explain_judgement, judge, part_needed

SHARE = Rule(
    "threshold.general",
    "Quá nửa",
    "More than half",
    "more_than",
    Fraction(1, 2),
    "share",
    "Điều 21",
    "Luật 10/2022/QH15",
    date(2023, 7, 1),
    None,
    "verified",
)
DEADLINE = replace(SHARE, key="answer", sense="within", value=Fraction(5), unit="working_day")
ITEMS = replace(SHARE, key="items", sense="only_for", value=(1, 6), unit="item")
LAW = replace(SHARE, key="regime", sense="governs", value="10-2022", unit="law", article="")


@pytest.mark.parametrize(
    ("rule", "written", "words", "amount"),
    [
        (SHARE, "1/2", "1/2", "trên 1/2"),
        (DEADLINE, "5", "5 ngày làm việc", "chậm nhất 5 ngày làm việc"),
        (ITEMS, "1,6", "việc số 1, 6", "chỉ việc số 1, 6"),
        (LAW, "10-2022", "", "áp dụng Quá nửa"),
        (
            replace(SHARE, sense="at_most", value=Fraction(5000000), unit="dong"),
            "5000000",
            "5.000.000 đồng",
            "tối đa 5.000.000 đồng",
        ),
    ],
)
def test_a_value_is_written_and_put_into_words(rule, written, words, amount):
    assert rule.value_text == written
    assert read_value(rule.value_text, rule.unit) == rule.value
    assert unit_words(rule) == words
    assert amount_words(rule) == amount


@pytest.mark.parametrize("rule", [ITEMS, LAW])
def test_a_value_that_is_no_number_has_no_quantity(rule):
    with pytest.raises(TypeError):
        _ = rule.quantity


@pytest.mark.parametrize(("text", "unit"), [("Luật 10", "law"), ("a", "item"), ("năm", "day")])
def test_a_value_that_cannot_be_read_is_an_error(text, unit):
    with pytest.raises(ValueError):
        read_value(text, unit)


def test_the_source_of_a_rule_names_article_and_document():
    assert SHARE.source == "Điều 21, Luật 10/2022/QH15"
    assert LAW.source == "Luật 10/2022/QH15"


def test_a_rule_is_in_force_until_the_day_it_ends():
    ended = replace(SHARE, until=date(2025, 7, 1))
    assert ended.in_force(date(2025, 6, 30))
    assert not ended.in_force(date(2025, 7, 1))
    assert not SHARE.in_force(date(2023, 6, 30))


def test_how_far_a_rule_was_checked_is_said():
    assert SHARE.is_verified
    assert mark_words("operator") == "do nơi vận hành đặt"


@pytest.mark.parametrize(
    ("sense", "part", "passed", "smallest"),
    [
        ("more_than", 50, False, 51),
        ("at_least", 50, True, 50),
        ("at_most", 50, True, 50),
        ("at_most", 51, False, 50),
    ],
)
def test_a_part_is_judged_by_the_sense_of_the_threshold(sense, part, passed, smallest):
    judged = judge(part, 100, replace(SHARE, sense=sense))
    assert judged.passed == passed
    assert judged.needed == part_needed(judged.rule, 100) == smallest
    assert str(part) in explain_judgement(judged)


def test_a_number_that_is_no_share_is_judged_by_itself():
    rule = replace(SHARE, sense="at_least", value=Fraction(20), unit="person")
    judged = judge(18, 0, rule)
    assert not judged.passed
    assert judged.needed == part_needed(rule, 7) == 20
    assert explain_judgement(judged) == "Quá nửa: 18 < 20 người (Điều 21, Luật 10/2022/QH15)."


@pytest.mark.parametrize(
    ("part", "whole", "rule", "field"),
    [
        (-1, 10, SHARE, "part"),
        (True, 10, SHARE, "part"),
        (1, -10, SHARE, "whole"),
        (11, 10, SHARE, "part"),
        (0, 0, SHARE, "whole"),
        (1, 10, DEADLINE, "key"),
    ],
)
def test_counts_that_cannot_be_are_refused_on_their_field(part, whole, rule, field):
    with pytest.raises(Refused) as refusal:
        judge(part, whole, rule)
    assert refusal.value.field == field


def test_a_threshold_has_no_due_day():
    with pytest.raises(Refused):
        due(SHARE, date(2025, 1, 1), Calendar())


@pytest.mark.parametrize("event", [date(1979, 12, 31), date(2100, 1, 1), LAST])
def test_a_day_out_of_the_calendar_is_refused(event):
    with pytest.raises(Refused) as refusal:
        due(DEADLINE, event, Calendar())
    assert refusal.value.field == "event"


def test_why_a_day_is_off():
    calendar = Calendar([SpecialDay(date(2024, 5, 4), "make_up", "Làm bù")], [2024])
    assert calendar.why_off(date(2025, 9, 2)) == "Quốc khánh"
    assert calendar.why_off(date(2024, 6, 1)) == "thứ Bảy"
    assert calendar.why_off(date(2024, 6, 2)) == "Chủ nhật"
    assert calendar.why_off(date(2024, 5, 4)) == ""
    assert calendar.is_working(date(2024, 5, 4))


def test_months_are_counted_back_too():
    assert months_from(date(2025, 3, 31), -1) == date(2025, 2, 28)


def test_a_duration_can_only_be_ended_too_soon():
    assert is_late("lasting", date(2025, 1, 10), date(2025, 1, 9))
    assert not is_late("lasting", date(2025, 1, 10), date(2025, 1, 10))
    assert is_late("within", date(2025, 1, 10), date(2025, 1, 11))


@pytest.mark.parametrize(
    "days",
    [
        [("01/01/2025", "holiday", "Tết")],
        [(date(2025, 1, 1), "holiday", "Tết")] * 2,
        [(date(2025, 1, 1), "strike", "Tết")],
        [(date(2025, 1, 1), "make_up", "Làm bù")],
        [(date(2025, 1, 1), "holiday", "Tết")] * 61,
    ],
)
def test_days_that_are_none_of_the_year_are_refused(days):
    with pytest.raises(Refused) as refusal:
        check_days(2025, days)
    assert refusal.value.field == "days"


def test_a_year_out_of_the_calendar_is_refused():
    with pytest.raises(Refused) as refusal:
        check_days(1979, [])
    assert refusal.value.field == "year"
