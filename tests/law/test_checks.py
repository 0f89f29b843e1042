"""What a version of a rule and the days of a year must be before they are written. No database is
asked.
"""

from datetime import date, timedelta

import pytest

from danchu.kernel.refusals import Refused
from danchu.law.checks import (
    LONGEST,
    LONGEST_NAME,
    MOST_DAYS,
    check_choice,
    check_days,
    check_rule,
)
from danchu.law.models import LegalText, RuleVersion

FIELDS = {
    "vi": "Trả lời",
    "en": "Answer",
    "sense": "within",
    "value": "5",
    "unit": "day",
    "article": "",
    "text": LegalText(key="law", vi="Luật", en="Law"),
    "until": None,
    "mark": "operator",
    "transition": "new",
    "note": "",
}


def refused_field(check, *arguments):
    """The field on which the check refuses; None if it accepts."""
    try:
        check(*arguments)
    except Refused as refusal:
        return refusal.field
    return None


def test_a_whole_rule_is_accepted():
    assert refused_field(check_rule, "pib.answer", FIELDS) is None


@pytest.mark.parametrize("name", ["vi", "en", "sense", "value", "unit", "text"])
def test_a_field_that_is_missing_is_named(name):
    with pytest.raises(Refused, match=f"Còn thiếu: {name}") as refusal:
        check_rule("pib.answer", FIELDS | {name: ""})
    assert refusal.value.field == name


def test_all_missing_fields_are_named_and_the_first_is_marked():
    with pytest.raises(Refused, match="Còn thiếu: en, unit") as refusal:
        check_rule("pib.answer", FIELDS | {"en": "", "unit": ""})
    assert refusal.value.field == "en"


@pytest.mark.parametrize("key", ["", "1a", "A", "a-b", "a" * 61])
def test_a_key_is_a_short_word_of_small_letters(key):
    assert refused_field(check_rule, key, FIELDS) == "key"
    assert refused_field(check_rule, "a" * 60, FIELDS) is None


@pytest.mark.parametrize(("name", "limit"), LONGEST.items())
def test_a_text_may_be_as_long_as_its_column_and_no_longer(name, limit):
    if name == "value":
        values = ["1" * limit, "1" * (limit + 1)]
    else:
        values = ["x" * limit, "x" * (limit + 1)]
    assert refused_field(check_rule, "key", FIELDS | {name: values[0]}) is None
    with pytest.raises(Refused, match=f"Không quá {limit} ký tự") as refusal:
        check_rule("key", FIELDS | {name: values[1]})
    assert refusal.value.field == name


def test_the_longest_texts_are_those_of_the_columns():
    columns = {name: RuleVersion._meta.get_field(name).max_length for name in LONGEST}
    assert columns | {"note": LONGEST["note"]} == LONGEST
    for name in ("vi", "en"):
        assert LegalText._meta.get_field(name).max_length == LONGEST_NAME
        assert refused_field(check_rule, "key", FIELDS | {name: "x" * (LONGEST_NAME + 1)}) == name


@pytest.mark.parametrize("name", ["sense", "unit", "mark", "transition"])
def test_a_choice_is_one_of_those_there_are(name):
    assert refused_field(check_rule, "key", FIELDS | {name: "none"}) == name
    assert refused_field(check_choice, "x", "a", ["a", "b"]) is None
    with pytest.raises(Refused, match="“x” phải là một trong: a, b"):
        check_choice("x", "c", ["a", "b"])


def test_the_document_is_a_legal_text():
    assert refused_field(check_rule, "key", FIELDS | {"text": "law"}) == "text"


@pytest.mark.parametrize(
    ("sense", "unit", "value", "field"),
    [
        ("within", "month", "5", None),
        ("lasting", "working_day", "5", None),
        ("within", "share", "1/2", "unit"),
        ("before", "person", "5", "unit"),
        ("at_least", "person", "5", None),
        ("at_most", "month", "5", None),
        ("at_least", "day", "5", "unit"),
        ("at_least", "working_day", "5", "unit"),
        ("at_least", "item", "5", "unit"),
        ("at_least", "law", "law", "unit"),
        ("only_for", "item", "1,2", None),
        ("only_for", "law", "law", "unit"),
        ("governs", "law", "law", None),
        ("governs", "item", "1", "unit"),
    ],
)
def test_the_unit_fits_the_sense(sense, unit, value, field):
    fields = FIELDS | {"sense": sense, "unit": unit, "value": value}
    assert refused_field(check_rule, "key", fields) == field


@pytest.mark.parametrize(
    ("sense", "unit", "value", "is_valid"),
    [
        ("within", "day", "1", True),
        ("within", "day", "0", False),
        ("within", "day", "-1", False),
        ("within", "day", "1/2", False),
        ("within", "day", "x", False),
        ("at_least", "share", "1/2", True),
        ("at_least", "share", "1", True),
        ("at_least", "share", "3/2", False),
        ("at_least", "share", "0", False),
        ("at_least", "share", "1/0", False),
        ("at_least", "person", "2", True),
        ("at_least", "person", "5/2", False),
        ("only_for", "item", "1", True),
        ("only_for", "item", "0,1", False),
        ("governs", "law", "Luật", False),
    ],
)
def test_a_value_is_one_that_can_be(sense, unit, value, is_valid):
    fields = FIELDS | {"sense": sense, "unit": unit, "value": value}
    assert refused_field(check_rule, "key", fields) == (None if is_valid else "value")


def test_the_days_of_a_year_are_accepted_in_every_kind():
    days = [
        (date(2025, 1, 1), "holiday", "Tết"),
        (date(2025, 5, 2), "swapped_off", "Hoán đổi"),
        (date(2025, 4, 26), "make_up", "Làm bù"),
        (date(2025, 4, 27), "make_up", "Làm bù"),
    ]
    assert refused_field(check_days, 2025, days) is None
    assert refused_field(check_days, 2025, []) is None
    assert refused_field(check_days, 2025, [(date(2025, 1, 1), "holiday", "x" * 120)]) is None


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ((date(2024, 12, 31), "holiday", "Tết"), "không thuộc năm này"),
        (("2025-01-02", "holiday", "Tết"), "2025-01-02: không thuộc năm này"),
        ((date(2025, 1, 1), "holiday", "Tết"), "ghi hai lần"),
        ((date(2025, 1, 2), "strike", "Tết"), "02/01/2025: thiếu loại ngày"),
        ((date(2025, 1, 2), "holiday", " "), "tên ngày"),
        ((date(2025, 1, 2), "holiday", "x" * 121), "tên ngày"),
        ((date(2025, 1, 3), "make_up", "Làm bù"), "03/01/2025: ngày làm bù phải là thứ Bảy"),
    ],
)
def test_a_wrong_day_is_refused_with_its_reason(day, reason):
    days = [(date(2025, 1, 1), "holiday", "x" * 120), day]
    with pytest.raises(Refused, match=reason) as refusal:
        check_days(2025, days)
    assert refusal.value.field == "days"


def test_every_fault_is_named_at_once():
    with pytest.raises(Refused, match=r"02/01/2025: .*; 03/01/2025: .*ngày làm bù"):
        check_days(2025, [(date(2025, 1, 2), "", "Tết"), (date(2025, 1, 3), "make_up", "Làm bù")])


def test_a_year_has_at_most_sixty_such_days():
    days = [
        (date(2025, 1, 1) + timedelta(days=number), "holiday", "Tết") for number in range(MOST_DAYS)
    ]
    assert MOST_DAYS == 60
    assert refused_field(check_days, 2025, days) is None
    with pytest.raises(Refused, match="chưa ghi được: một năm có tối đa 60 ngày"):
        check_days(2025, [*days, (date(2025, 12, 1), "holiday", "Tết")])


def test_of_a_list_that_is_too_long_the_faults_of_the_first_sixty_one_are_named():
    wrong = (date(2024, 1, 1), "holiday", "Tết")
    with pytest.raises(Refused) as refusal:
        check_days(2025, [wrong] * 70)
    assert str(refusal.value).count("không thuộc năm này") == MOST_DAYS + 1
    days = [
        (date(2025, 1, 1) + timedelta(days=number), "holiday", "Tết")
        for number in range(MOST_DAYS - 1)
    ]
    assert refused_field(check_days, 2025, [*days, wrong]) == "days"


@pytest.mark.parametrize(
    ("year", "field"), [(1979, "year"), (1980, None), (2099, None), (2100, "year")]
)
def test_a_year_is_one_of_the_calendar(year, field):
    assert refused_field(check_days, year, []) == field
