"""What is owed about the election of a head and about a convention names their own articles, not
those of all decisions of households.
"""

from datetime import date

import pytest

from danchu.decision import actions as decisions
from danchu.decision.writes.settling import key_of
from danchu.law.models import RuleVersion
from danchu.obligations.actions import revise_misjudged
from danchu.obligations.models import Obligation
from danchu.village import actions
from tests.decision import played as matters
from tests.decision.played import write_roll
from tests.village import played
from tests.village.conftest import (  # noqa: F401
    _law_loaded_once,
    committee,
    country,
    holder,
    offices,
    officials,
    person,
    system,
)

SENDING, ANSWER = "decision.send", "decision.recognise"


def open_about(decision):
    return Obligation.objects.open().filter(
        subject_kind="household_decision", subject=str(decision.pk)
    )


def owed(decision):
    return open_about(decision).select_related("rule").get().rule.key


def judge_as_before(decision, key):
    """As earlier versions judged it."""
    open_about(decision).update(rule=RuleVersion.objects.uncorrected().get(key=key))


@pytest.mark.case("LA4", "LA7")
def test_the_recognition_of_a_head_is_owed_by_the_decree_on_elections(officials, system, committee):
    write_roll(officials.village, 3)
    decision = played.voted(officials.village, system, 3, 3).decision
    assert owed(decision) == SENDING, "no text has another time to send it"
    decision = decisions.send_decision(decision, by=system, on=played.SENT)
    assert owed(decision) == "election.recognise"
    judge_as_before(decision, ANSWER)
    assert revise_misjudged(by=system) == 0, "no day moves"
    assert owed(decision) == "election.recognise"
    assert key_of(decision, ANSWER, date(2023, 8, 14)) == ANSWER, "before the decree"
    decisions.recognise_decision(decision, by=system, on=played.RECOGNISED, document="15/QĐ")
    rows = Obligation.objects.filter(rule__key="election.recognise")
    assert [row.state for row in rows] == ["met"]


@pytest.mark.case("LA4", "LA7")
def test_a_convention_is_sent_and_answered_by_the_decree_on_conventions(
    officials, system, committee
):
    write_roll(officials.village, 3)
    convention = played.adopted(officials.village, system, 3, 3)
    decision = convention.decision
    assert owed(decision) == "convention.send"
    judge_as_before(decision, SENDING)
    actions.file_convention(convention, by=system, on=played.SENT, number="2/TTr")
    decision = decisions.send_decision(decision, by=system, on=played.SENT)
    assert owed(decision) == "convention.recognise", "what was open under the other key is met"
    decisions.annul_decision(decision, by=system, document="9/QĐ", reason="Sai trình tự")
    assert not open_about(decision).exists()


@pytest.mark.case("LA4")
def test_any_other_decision_of_households_is_owed_by_the_law(officials, system, committee):
    write_roll(officials.village, 3)
    head = played.head(officials.village, system)
    release = actions.ask_release(head, by=system, on=date(2026, 1, 5), ground="front")
    release = played.decided(release, system, 3, 3)
    works = matters.decided_by_meeting(officials.village, system, 3, 3)
    assert {owed(one) for one in (release, works)} == {SENDING}
    release = decisions.send_decision(release, by=system, on=played.SENT)
    assert owed(release) == ANSWER
