"""Votes of households against the thresholds in force: every worked example, the limits, the
forms, the day of the law.
"""

from datetime import date
from functools import partial

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.law.actions import correct_rule, enact_rule
from danchu.law.decision import (
    Form,
    Next,
    Outcome,
    Vote,
    decide,
    decide_commune,
    decide_on,
    next_words,
    outcome_words,
)
from danchu.law.loading import load_law
from danchu.law.models import LegalText, RuleVersion
from danchu.law.regime import regimes
from danchu.law.rule import Rule, read_value
from danchu.law.thresholds import explain_judgement, judge, part_needed, threshold

DAY = date(2025, 9, 1)
PASSED, NOT_PASSED, TOO_FEW_PRESENT = Outcome.PASSED, Outcome.NOT_PASSED, Outcome.TOO_FEW_PRESENT
# The table of the domain's section 11, row by row: total, attending, yes, item, outcome, what comes
# next, what the reason names.
EXAMPLES = [
    (150, 110, 100, 1, PASSED, Next.SEND, "3 × 100 = 300 ≥ 2 × 150 = 300"),
    (150, 110, 99, 1, NOT_PASSED, Next.NEW_PROPOSAL, "3 × 99 = 297 < 2 × 150 = 300"),
    (150, 90, 90, 1, TOO_FEW_PRESENT, Next.BALLOT, "3 × 90 = 270 < 2 × 150 = 300"),
    (150, 80, 76, 4, PASSED, Next.RECOGNISED_BY_COMMITTEE, "2 × 76 = 152 > 1 × 150 = 150"),
    (150, 80, 75, 4, NOT_PASSED, Next.COMMITTEE_CONSIDERS, "2 × 75 = 150 ≤ 1 × 150 = 150"),
    (150, 75, 75, 5, TOO_FEW_PRESENT, Next.BALLOT, "2 × 75 = 150 ≤ 1 × 150 = 150"),
]


@pytest.fixture
def rules(declared_law):
    """The rules of the day, from the files of the product: no database is asked."""
    return partial(declared_law.rule, day=DAY)


@pytest.mark.parametrize(
    ("households", "attending", "yes", "item", "outcome", "following", "sums"), EXAMPLES
)
def test_a_worked_example_of_a_meeting_comes_out_with_its_reason(
    rules, households, attending, yes, item, outcome, following, sums
):
    found = decide(Vote(item, households, yes, attending), rules)
    assert (found.outcome, found.next) == (outcome, following)
    assert sums in found.why
    came = f"Số hộ dự họp, so với số hộ phải tán thành: {attending} trên tổng số"
    assert (came in found.why) == (outcome == TOO_FEW_PRESENT) != ("Tán thành " in found.why)
    assert "Điều 21 khoản 1, Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15" in found.why


def test_voting_online_is_only_for_matter_6_and_only_where_most_agreed_to_it(rules):
    few = decide(Vote(6, 150, form=Form.ONLINE, agreed=70), rules)
    assert (few.outcome, few.next) == (Outcome.FORM_NOT_AGREED, Next.MEETING_OR_BALLOT)
    assert "70 trên tổng số 150, cần ít nhất 76" in few.why
    assert decide(Vote(6, 150, 76, form=Form.ONLINE, agreed=76), rules).outcome == PASSED
    assert decide(Vote(6, 150, 75, form=Form.ONLINE, agreed=76), rules).outcome == NOT_PASSED
    for item in (1, 2, 3, 4, 5):
        with pytest.raises(Refused, match="không được biểu quyết trực tuyến") as refusal:
            decide(Vote(item, 150, 150, form=Form.ONLINE, agreed=150), rules)
        assert refusal.value.field == "form"


@pytest.mark.parametrize(
    ("agreed", "outcome", "following"),
    [(8, PASSED, Next.COMMITTEE_SETS_DAY), (7, NOT_PASSED, Next.NOTHING)],
)
def test_a_matter_of_the_commune_needs_two_thirds_of_its_villages_as_well(
    rules, agreed, outcome, following
):
    found = decide_commune(1, 12, agreed, rules)
    assert (found.outcome, found.next) == (outcome, following)
    assert f"3 × {agreed} = {3 * agreed}" in found.why
    with pytest.raises(Refused, match="không lấy theo toàn xã"):
        decide_commune(4, 12, 12, rules)


def test_ballots_without_a_meeting_are_for_matter_6_and_for_matters_of_the_commune(rules):
    for item in (1, 2, 3, 4, 5):
        with pytest.raises(Refused, match="Hãy tổ chức họp trước"):
            decide(Vote(item, 99, 99, form=Form.BALLOT), rules)
        assert (
            decide(Vote(item, 99, 99, form=Form.BALLOT, after_meeting=True), rules).outcome
            == PASSED
        )
    assert decide(Vote(6, 99, 50, form=Form.BALLOT), rules).outcome == PASSED
    assert decide(Vote(1, 99, 66, form=Form.BALLOT, by_commune=True), rules).outcome == PASSED
    with pytest.raises(Refused, match="không lấy theo toàn xã"):
        decide(Vote(3, 99, 66, form=Form.BALLOT, by_commune=True), rules)


@pytest.mark.parametrize(
    ("vote", "field"),
    [
        (Vote(7, 10, 5, 10), "item"),
        (Vote(0, 10, 5, 10), "item"),
        (Vote(1, 10, 5), "attending"),
        (Vote(1, 10, 9, 8), "yes"),
        (Vote(1, 10, 5, 11), "part"),
        (Vote(6, 10, 11, form=Form.BALLOT), "yes"),
        (Vote(6, 10, 5, form=Form.ONLINE), "agreed"),
        (Vote(6, 0, 0, 0), "whole"),
        (Vote(6, 10, -1, 8), "part"),
        (Vote(6, 10, 5, 8, form="letter"), "form"),
    ],
)
def test_counts_that_cannot_be_are_refused_by_field(rules, vote, field):
    with pytest.raises(Refused) as refusal:
        decide(vote, rules)
    assert refusal.value.field == field


def test_only_a_threshold_is_judged(law):
    with pytest.raises(Refused, match="không phải là một ngưỡng"):
        threshold("pib.answer", DAY)
    assert judge(5, 0, threshold("pib.members", DAY)).passed
    assert not judge(3, 0, threshold("pib.deputies", DAY)).passed
    assert "3 > 2 người" in explain_judgement(judge(3, 0, threshold("pib.deputies", DAY)))
    for part, whole in ((1.0, 2), (True, 2), (-1, 2), (3, 2)):
        with pytest.raises(Refused):
            judge(part, whole, threshold("threshold.general", DAY))


def test_a_new_version_of_a_threshold_or_of_its_matters_decides_from_its_day_on(law, by):
    enact_rule("threshold.general", by=by, since=date(2027, 1, 1), sense="at_least", value="3/4")
    enact_rule("decision.items.online", by=by, since=date(2027, 1, 1), value="5,6")
    assert decide_on(date(2026, 12, 31), Vote(6, 100, 51, 80)).outcome == PASSED
    assert decide_on(date(2027, 1, 1), Vote(6, 100, 74, 80)).outcome == NOT_PASSED
    assert (
        decide_on(date(2027, 1, 1), Vote(5, 100, 75, form=Form.ONLINE, agreed=75)).outcome == PASSED
    )


def test_before_the_law_nothing_is_decided_by_it(law):
    with pytest.raises(Refused, match="không có hiệu lực vào ngày 01/06/2023"):
        decide_on(date(2023, 6, 1), Vote(1, 10, 9, 9))


def test_in_the_weeks_before_the_decree_a_meeting_is_judged_by_the_law_alone(law):
    assert decide_on(date(2023, 7, 10), Vote(4, 150, 75, 80)).next == Next.NEW_PROPOSAL
    assert decide_on(date(2023, 7, 10), Vote(6, 150, 75, form=Form.ONLINE, agreed=80)).next


shares = (
    st.tuples(st.integers(1, 40), st.integers(1, 40))
    .filter(lambda s: s[0] <= s[1])
    .map(lambda s: f"{s[0]}/{s[1]}")
)


def rule(value, sense, unit="share"):
    return Rule("a", "a", "a", sense, read_value(value, unit), unit, "", "", DAY, None, "verified")


@given(shares, st.sampled_from(["at_least", "more_than", "at_most"]), st.integers(1, 3000))
def test_what_is_needed_is_the_first_number_that_passes_in_a_count_one_by_one(value, sense, whole):
    asked = rule(value, sense)
    over, under = (int(part) for part in value.split("/"))
    passing = [
        part
        for part in range(whole + 1)
        if {
            "at_least": part * under >= whole * over,
            "more_than": part * under > whole * over,
            "at_most": part * under <= whole * over,
        }[sense]
    ]
    assert [part for part in range(whole + 1) if judge(part, whole, asked).passed] == passing
    if passing:
        assert part_needed(asked, whole) == (passing[-1] if sense == "at_most" else passing[0])


@given(st.integers(1, 5000), st.data())
def test_one_more_for_it_never_undoes_a_decision_and_too_few_present_could_not_have_passed(
    whole, data
):
    rules = {
        "threshold.contribution": rule("2/3", "at_least"),
        "threshold.general": rule("1/2", "more_than"),
    }
    rules |= {
        f"decision.items.{which}": rule(items, "only_for", "item")
        for which, items in (
            ("contribution", "1,2"),
            ("committee", "3,4"),
            ("front", "5"),
            ("election", "4"),
            ("commune", "1,2"),
        )
    }
    item, attending = data.draw(st.integers(1, 6)), data.draw(st.integers(0, whole))
    yes = data.draw(st.integers(0, attending))
    found = decide(Vote(item, whole, yes, attending), rules.__getitem__)
    if found.outcome == TOO_FEW_PRESENT:
        assert not judge(attending, whole, found.steps[-1].rule).passed
    elif found.outcome == PASSED and yes < attending:
        assert decide(Vote(item, whole, yes + 1, attending), rules.__getitem__).outcome == PASSED
    assert (found.outcome == PASSED) == (3 * yes >= 2 * whole if item < 3 else 2 * yes > whole)


@pytest.mark.parametrize(
    ("value", "unit", "sense"),
    [
        ("6,x", "item", "only_for"),
        ("", "item", "only_for"),
        ("0", "item", "only_for"),
        ("6", "share", "only_for"),
        ("6", "item", "at_least"),
        ("4/3", "share", "at_least"),
        ("Luật", "law", "governs"),
        ("1", "share", "governs"),
    ],
)
def test_a_list_of_matters_and_a_regime_are_checked_like_any_value(law, by, value, unit, sense):
    before = RuleVersion.objects.count()
    with pytest.raises(Refused):
        enact_rule(
            "decision.items.online",
            by=by,
            since=date(2027, 1, 1),
            value=value,
            unit=unit,
            sense=sense,
        )
    assert RuleVersion.objects.count() == before


def test_the_regimes_of_a_period_are_rows_and_a_new_one_or_a_correction_is_seen(law, by):
    crossing = Period(date(2023, 1, 1), date(2026, 1, 1))
    assert [one.value for one in regimes(crossing)] == [
        "ordinance-34-2007",
        "law-10-2022",
        "law-10-2022-amended",
    ]
    assert [one.vi for one in regimes(Period.year(2024))] == ["Luật 10/2022/QH15"]
    assert [one.value for one in regimes(Period.year(1999))] == ["ordinance-34-2007"], (
        "before our sources begin"
    )
    text = LegalText.objects.get(key="law-136-2025")
    enact_rule(
        "regime",
        by=by,
        since=date(2027, 7, 1),
        value="law-new",
        vi="Luật mới",
        en="A new law",
        text=text,
    )
    assert [one.vi for one in regimes(Period.year(2027))] == [
        "Luật 10/2022/QH15, sửa đổi bởi Luật 97/2025/QH15",
        "Luật mới",
    ]
    correct_rule(
        RuleVersion.objects.uncorrected().get(value="law-10-2022"),
        by=by,
        reason="Đúng tên",
        vi="Luật Thực hiện dân chủ ở cơ sở",
    )
    assert [one.vi for one in regimes(Period.year(2024))] == ["Luật Thực hiện dân chủ ở cơ sở"]


@pytest.mark.django_db(transaction=True)
def test_the_regimes_cost_one_question_until_the_law_changes(by, django_assert_num_queries):
    load_law(by=by)
    regimes(Period.year(2024))
    with django_assert_num_queries(1):
        assert len(regimes(Period.year(2024))) == 1
    enact_rule(
        "regime", by=by, since=date(2027, 7, 1), value="law-new", vi="Luật mới", en="A new law"
    )
    assert len(regimes(Period.year(2027))) == 2


def test_large_counts_are_written_as_numbers_are_written_here(law):
    found = judge(9_591, 20_067, threshold("threshold.general", DAY))
    assert "9.591 trên tổng số 20.067, cần ít nhất 10.034" in explain_judgement(
        found
    ) and "2 × 9.591 = 19.182 ≤ 1 × 20.067 = 20.067" in explain_judgement(found)
    with translation.override("en"):
        assert "2 × 9,591 = 19,182 ≤ 1 × 20,067 = 20,067" in explain_judgement(found)


def test_a_decision_says_its_outcome_its_sums_and_what_comes_next(rules):
    found = decide(Vote(6, 150, 75, form=Form.ONLINE, agreed=76), rules)
    online, votes = found.steps
    assert found.why == " ".join(
        [
            "Không được thông qua.",
            explain_judgement(online),
            explain_judgement(votes),
            "Muốn làm tiếp thì phải đề xuất lại.",
        ]
    )
    commune = decide_commune(1, 12, 7, rules)
    assert commune.why == f"Không được thông qua. {explain_judgement(commune.steps[0])}"


def test_every_outcome_and_every_next_step_has_its_words():
    outcomes = [outcome_words(outcome) for outcome in Outcome]
    assert len(set(outcomes)) == len(Outcome) and all(outcomes)
    steps = {step: next_words(step) for step in Next}
    assert steps.pop(Next.NOTHING) == ""
    assert len(set(steps.values())) == len(steps) and all(steps.values())


def test_before_a_decree_lists_a_matter_it_is_not_listed(declared_law):
    before = partial(declared_law.rule, day=date(2023, 7, 10))
    assert decide(Vote(4, 150, 75, 80), before).next == Next.NEW_PROPOSAL


@pytest.mark.parametrize(
    ("vote", "field", "reason"),
    [
        (Vote(1, 10, 5), "attending", "số đại diện hộ dự họp"),
        (Vote(6, 10, 5, form=Form.ONLINE), "agreed", "đồng ý dùng biểu quyết trực tuyến"),
        (Vote(1, 10, 5, form=Form.ONLINE), "agreed", "đồng ý dùng biểu quyết trực tuyến"),
    ],
)
def test_a_count_that_the_form_requires_is_asked_for_by_its_name(rules, vote, field, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        decide(vote, rules)
    assert refusal.value.field == field


def test_a_form_is_refused_in_a_whole_sentence_where_no_rule_was_in_force():
    def no_rules(key):
        raise Refused(f"no rule {key} on this day")

    with pytest.raises(Refused) as refusal:
        decide(Vote(1, 10, 5, form=Form.ONLINE, agreed=8), no_rules)
    assert str(refusal.value) == (
        "Việc này không được biểu quyết trực tuyến. Hãy họp hoặc phát phiếu."
    )
