"""The worked examples: each due date as counted by hand, with the sentence that says why."""

from datetime import date

import pytest

from danchu.law.calendar import Calendar, SpecialDay
from danchu.law.deadline import due
from danchu.law.why import explain_due

PLAIN = Calendar(
    [
        SpecialDay(date(2024, *day), "holiday", name)
        for day, name in (
            ((4, 30), "Ngày Chiến thắng"),
            ((5, 1), "Quốc tế Lao động"),
            ((9, 2), "Quốc khánh"),
            ((9, 3), "Quốc khánh"),
        )
    ],
    years=[2024],
)
EXAMPLES = [
    ("decision.send", date(2024, 4, 5), date(2024, 4, 12)),
    ("decision.recognise", date(2024, 4, 25), date(2024, 5, 6)),
    ("pib.answer", date(2024, 8, 20), date(2024, 9, 4)),
    ("pib.answer", date(2024, 8, 18), date(2024, 9, 4)),
    ("disclosure.posting", date(2024, 3, 1), date(2024, 3, 31)),
    ("consultation.period", date(2024, 6, 10), date(2024, 6, 30)),
    ("meeting.notice", date(2024, 6, 15), date(2024, 6, 13)),
    ("election.plan", date(2024, 6, 30), date(2024, 6, 10)),
    ("election.candidates", date(2024, 6, 30), date(2024, 6, 15)),
    ("election.team", date(2024, 6, 30), date(2024, 6, 20)),
    ("election.posting", date(2024, 6, 30), date(2024, 6, 23)),
    ("investment.notice", date(2024, 10, 1), date(2024, 8, 17)),
    ("initiative.consent", date(2024, 1, 15), date(2024, 4, 15)),
]


@pytest.fixture
def law(declared_law):
    """No database is asked: the rules are read from the files of the product."""
    return declared_law


@pytest.mark.parametrize(("key", "event", "expected"), EXAMPLES)
def test_a_worked_example_comes_out_on_the_plain_calendar_and_on_the_real_one(
    law, key, event, expected
):
    rule = law.rule(key, event)
    assert due(rule, event, PLAIN).day == expected
    found = law.due(key, event)
    assert found.day == expected
    assert found.complete
    said = explain_due(found, law.calendar)
    assert rule.name in said
    assert f"{expected:%d/%m/%Y}" in said
    assert rule.article in said


def test_recognition_over_the_swapped_day_counts_the_make_up_saturday(law):
    said = explain_due(law.due("decision.recognise", date(2024, 4, 25)), law.calendar)
    assert "26/04, 02/05, 03/05, 04/05 (làm bù cho ngày 29/04), 06/05" in said
    assert "29/04 (nghỉ hoán đổi với ngày 04/05)" in said


def test_the_day_off_without_its_make_up_saturday_gives_the_wrong_day_so_both_are_loaded(law):
    event = date(2024, 4, 25)
    marks = [
        mark
        for mark in law.calendar.special_days.values()
        if mark.kind != "make_up" and mark.day.year == 2024
    ]
    assert due(law.rule("decision.recognise", event), event, Calendar(marks, [2024])).day == date(
        2024, 5, 7
    )


def test_a_due_date_on_the_national_day_moves_past_the_day_beside_it_and_says_so(law):
    said = explain_due(law.due("pib.answer", date(2024, 8, 18)), law.calendar)
    assert "Ngày cuối 02/09/2024 rơi vào ngày nghỉ (02/09–03/09 (Quốc khánh))" in said


def test_a_month_ends_on_the_last_day_where_it_has_no_such_number(law):
    assert law.due("initiative.consent", date(2023, 11, 30)).day == date(2024, 2, 29)
    assert law.due("initiative.consent", date(2024, 11, 30)).day == date(2025, 2, 28)


def test_before_does_not_move_for_a_day_off_but_warns(law):
    found = law.due("meeting.notice", date(2024, 6, 17))
    assert (found.day, found.day.strftime("%a")) == (date(2024, 6, 15), "Sat")
    assert "nên làm sớm hơn" in explain_due(found, law.calendar)


@pytest.mark.parametrize(
    ("households", "half", "two_thirds"),
    [(99, 50, 66), (100, 51, 67), (183, 92, 122), (200, 101, 134), (201, 101, 134), (1, 1, 1)],
)
def test_thresholds_are_met_in_whole_numbers(law, households, half, two_thirds):
    day = date(2024, 1, 1)
    general, contribution = (
        law.rule("threshold.general", day),
        law.rule("threshold.contribution", day),
    )
    assert min(n for n in range(households + 1) if general.is_met_by(n, households)) == half
    assert (
        min(n for n in range(households + 1) if contribution.is_met_by(n, households)) == two_thirds
    )


def test_accepting_a_complaint_counts_by_the_law_of_its_day(law):
    before, after = (
        law.due("complaint.accept", date(2026, 6, 25)),
        law.due("complaint.accept", date(2026, 7, 1)),
    )
    assert (before.day, before.rule.unit) == (date(2026, 7, 6), "day")  # 05/07 is a Sunday
    assert (after.day, after.rule.unit) == (date(2026, 7, 10), "working_day")


def test_a_year_that_was_not_loaded_says_so(law):
    found = law.due("pib.answer", date(2031, 2, 1))
    assert not found.complete
    assert "chưa được nạp" in explain_due(found, law.calendar)


def test_a_rule_that_was_not_checked_says_so(law):
    assert "cần kiểm tra trước khi dùng" in explain_due(
        law.due("supervision_217.answer", date(2024, 2, 1)), law.calendar
    )
