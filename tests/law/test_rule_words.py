"""What a rule says of itself in both languages, and what it refuses to be. No database is asked."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from danchu.law.rule import (
    DEADLINES,
    MARKS,
    SENSES,
    THRESHOLDS,
    TIMES,
    UNITS,
    Rule,
    amount_words,
    mark_words,
    read_value,
    sense_words,
    unit_words,
)

RULE = Rule(
    "answer",
    "Trả lời",
    "Answer",
    "within",
    Fraction(5000),
    "day",
    "Điều 12 khoản 3",
    "Luật 10/2022/QH15",
    date(2023, 7, 1),
    None,
    "secondary",
    text_en="Law 10/2022/QH15",
)
UNIT_WORDS = {
    "working_day": ("5.000 ngày làm việc", "5,000 working days"),
    "day": ("5.000 ngày", "5,000 days"),
    "month": ("5.000 tháng", "5,000 months"),
    "share": ("5.000", "5,000"),
    "person": ("5.000 người", "5,000 people"),
    "household": ("5.000 hộ", "5,000 households"),
    "dong": ("5.000 đồng", "5,000 VND"),
}
SENSE_WORDS = {
    "within": ("chậm nhất", "within"),
    "before": ("trước ít nhất", "before, at least"),
    "lasting": ("kéo dài ít nhất", "at least"),
    "through": ("có giá trị", "valid for"),
    "at_least": ("từ", "at least"),
    "at_most": ("tối đa", "at most"),
    "more_than": ("trên", "more than"),
    "only_for": ("chỉ", "only"),
    "governs": ("áp dụng", "governed by"),
    "exceeding": ("quá", "more than"),
}
MARK_WORDS = {
    "verified": "đã đối chiếu với văn bản",
    "secondary": "theo nguồn thứ cấp, chưa đối chiếu với văn bản",
    "memory_high": "chưa đối chiếu với văn bản",
    "memory_med": "chưa đối chiếu với văn bản",
    "memory_low": "chưa đối chiếu với văn bản, cần kiểm tra trước khi dùng",
    "operator": "do nơi vận hành đặt",
}


@pytest.mark.parametrize(("unit", "words"), UNIT_WORDS.items())
def test_a_quantity_is_written_with_its_unit_in_both_languages(unit, words):
    rule = replace(RULE, unit=unit)
    assert unit_words(rule) == words[0]
    with translation.override("en"):
        assert unit_words(rule) == words[1]


def test_a_share_stays_a_fraction_in_both_languages():
    rule = replace(RULE, unit="share", sense="at_least", value=Fraction(2, 3))
    assert amount_words(rule) == "từ 2/3"
    with translation.override("en"):
        assert amount_words(rule) == "at least 2/3"


def test_a_list_of_matters_and_a_law_have_words_of_their_own():
    matters = replace(RULE, unit="item", sense="only_for", value=(1, 6))
    law = replace(RULE, unit="law", sense="governs", value="law-10-2022")
    assert (matters.value_text, law.value_text) == ("1,6", "law-10-2022")
    with translation.override("en"):
        assert amount_words(matters) == "only matters no. 1, 6"
        assert (unit_words(law), amount_words(law)) == ("", "governed by Answer")


def test_every_sense_and_every_mark_has_its_words():
    assert SENSE_WORDS.keys() == set(SENSES)
    assert MARK_WORDS.keys() == set(MARKS)
    assert {sense: sense_words(sense) for sense in SENSES} == {
        sense: words[0] for sense, words in SENSE_WORDS.items()
    }
    with translation.override("en"):
        assert {sense: sense_words(sense) for sense in SENSES} == {
            sense: words[1] for sense, words in SENSE_WORDS.items()
        }
    assert {mark: mark_words(mark) for mark in MARKS} == MARK_WORDS


def test_name_and_source_are_in_the_language_of_the_reader():
    assert (RULE.name, RULE.source) == ("Trả lời", "Điều 12 khoản 3, Luật 10/2022/QH15")
    with translation.override("en"):
        assert (RULE.name, RULE.source) == ("Answer", "Article 12 clause 3, Law 10/2022/QH15")
        assert replace(RULE, text_en="").source == "Article 12 clause 3, Luật 10/2022/QH15"
    assert replace(RULE, article="").source == "Luật 10/2022/QH15"


def test_only_a_sense_and_a_unit_of_time_make_a_deadline():
    for sense in SENSES:
        for unit in UNITS:
            rule = replace(RULE, sense=sense, unit=unit)
            assert rule.is_deadline is (sense in DEADLINES and unit in TIMES)
            assert rule.is_threshold is (sense in THRESHOLDS)
    assert not RULE.is_verified
    assert replace(RULE, mark="verified").is_verified


def test_a_rule_is_in_force_from_its_first_day_to_the_day_before_its_end():
    rule = replace(RULE, until=date(2025, 7, 1))
    days = [date(2023, 6, 30), date(2023, 7, 1), date(2025, 6, 30), date(2025, 7, 1)]
    assert [rule.in_force(day) for day in days] == [False, True, True, False]
    assert RULE.in_force(date(2999, 1, 1))


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("5", "day", Fraction(5)),
        ("2/3", "share", Fraction(2, 3)),
        ("6,1,6", "item", (1, 6)),
        ("law-10-2022", "law", "law-10-2022"),
    ],
)
def test_a_value_is_read_as_its_unit_says(text, unit, value):
    assert read_value(text, unit) == value


@pytest.mark.parametrize(("text", "unit"), [("Law", "law"), ("1/0", "share"), ("1;2", "item")])
def test_a_text_that_is_no_value_of_its_unit_is_an_error(text, unit):
    with pytest.raises((ValueError, ZeroDivisionError)):
        read_value(text, unit)


@pytest.mark.parametrize("unit", ["share", "person"])
@pytest.mark.parametrize(
    ("sense", "met"),
    [
        ("at_least", [False, True, True]),
        ("at_most", [True, True, False]),
        ("more_than", [False, False, True]),
    ],
)
def test_a_threshold_is_met_below_at_or_above_it_as_its_sense_says(sense, met, unit):
    value = Fraction(1, 2) if unit == "share" else Fraction(30)
    rule = replace(RULE, sense=sense, unit=unit, value=value)
    assert [rule.is_met_by(part, 60) for part in (29, 30, 31)] == met
