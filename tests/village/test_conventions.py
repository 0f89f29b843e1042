"""Village conventions: thirty days, the meeting and the ballots, the file, recognition, what
follows; and the versions of the text.
"""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction

from danchu.decision import actions as decisions
from danchu.journal.verify import verify_chain
from danchu.kernel.refusals import Refused
from danchu.obligations.models import Obligation
from danchu.village import actions
from danchu.village.lives import ConventionState
from danchu.village.models import Convention, ConventionText, PastSuspension
from tests.decision import played as matters
from tests.decision.played import write_roll
from tests.decision.test_votes import refused_field
from tests.village import played

pytestmark = pytest.mark.digested
POSTED = date(2025, 12, 1)


@pytest.mark.parametrize("early", [0, 1])
def test_a_draft_is_posted_for_thirty_days_before_it_is_put_to_the_households(
    officials, system, early
):
    convention = actions.post_convention(
        played.drafted(officials.village, system), by=system, on=POSTED
    )
    owed = Obligation.objects.open().get()
    assert (owed.rule.key, owed.unit) == ("convention.posting", officials.village)
    on = POSTED + timedelta(days=30 - early)
    assert owed.due_on == POSTED + timedelta(days=30)
    if early:
        assert refused_field(actions.put_convention, convention, by=system, on=on) == "on"
    else:
        assert actions.put_convention(convention, by=system, on=on).state == ConventionState.PUT
        assert not Obligation.objects.open().exists()


@pytest.mark.parametrize(("households", "least"), [(1, 1), (2, 1), (10, 1), (11, 2), (183, 19)])
def test_one_household_in_ten_may_propose_a_convention(officials, system, households, least):
    write_roll(officials.village, households)
    assert 10 * least >= households > 10 * (least - 1)
    values = {"proposer": "households"}
    if least > 1:
        few = refused_field(played.drafted, officials.village, system, asking=least - 1, **values)
        assert few == "asking"
    none = refused_field(played.drafted, officials.village, system, asking=0, **values)
    assert none == "asking"
    convention = played.drafted(officials.village, system, asking=least, **values)
    assert (convention.asking, convention.households_then) == (least, households)


def test_no_ballots_are_handed_out_before_a_meeting_that_lacked_attendance(officials, system):
    write_roll(officials.village, 4)
    convention = played.put(officials.village, system)
    ballots = {"by": system, "on": date(2026, 1, 25), "since": date(2026, 1, 28)}
    ballots |= {"until": date(2026, 2, 1), "team": matters.TEAM}
    with pytest.raises(Refused, match="sau khi đã họp"):
        decisions.plan_ballot(convention.decision, **ballots)
    decision = decisions.announce_meeting(
        convention.decision, by=system, on=played.NOTICED, planned_on=played.VOTES_ON
    )
    decision = decisions.open_meeting(decision, by=system, chair="Trưởng")
    keys = list(matters.latest(decision).entries.values_list("pk", flat=True)[:2])
    decision = decisions.attend_meeting(decision, by=system, entries=keys)  # 2 of 4: not over half
    decision = decisions.close_short_meeting(decision, by=system)
    decision = decisions.plan_ballot(decision, **ballots)
    decision = decisions.issue_ballots(decision, by=system, on=date(2026, 1, 28))
    decisions.hand_out_ballots(decision, by=system, entries=matters.entries_of(decision))
    for role in ("clerk", "front"):
        decision = matters.count(decision, officials.by[role], 3)
    convention.refresh_from_db()
    assert (convention.state, decision.settled_by) == ("adopted", "household_ballot")


def test_enough_who_attend_but_too_few_who_agree_is_no_adoption(officials, system):
    write_roll(officials.village, 4)
    convention = played.adopted(officials.village, system, 3, 2)
    assert convention.state == ConventionState.NOT_ADOPTED
    text = played.TEXT + "\nĐiều 3. Không đốt rác."
    convention = actions.revise_convention(convention, by=system, text=text)
    assert (convention.state, convention.posted_on) == (ConventionState.DRAFT, None)
    convention = actions.post_convention(convention, by=system, on=date(2026, 1, 26))
    assert convention.texts.count() == 2


def test_a_convention_is_sent_with_its_whole_file_and_recognised_within_five_days(
    officials, system
):
    write_roll(officials.village, 3)
    convention = played.adopted(officials.village, system, 3, 3)
    with pytest.raises(Refused, match="Hồ sơ"):
        decisions.send_decision(convention.decision, by=system, on=played.SENT)
    actions.file_convention(convention, by=system, on=played.SENT, number="2/TTr")
    convention.decision.refresh_from_db()
    decision = decisions.send_decision(convention.decision, by=system, on=played.SENT)
    assert decision.recognise_due == date(2026, 2, 4)  # Wednesday 28/01 and five working days


def test_a_convention_is_not_sent_before_its_file_is_complete(officials, system):
    """Else the days for recognising it would begin, and end, before there was a full file."""
    write_roll(officials.village, 3)
    convention = played.adopted(officials.village, system, 3, 3)
    complete = played.SENT + timedelta(days=1)
    actions.file_convention(convention, by=system, on=complete, number="2/TTr")
    convention.decision.refresh_from_db()
    with pytest.raises(Refused, match="29/01/2026") as refusal, transaction.atomic():
        decisions.send_decision(convention.decision, by=system, on=played.SENT)
    assert refusal.value.every[0].field == "on"
    convention.decision.refresh_from_db()
    decision = decisions.send_decision(convention.decision, by=system, on=complete)
    assert decision.recognise_due == date(2026, 2, 5)


def test_a_recognised_text_is_sent_on_within_two_working_days(officials, system, committee):
    write_roll(officials.village, 3)
    convention = played.in_force(officials.village, system, 3)  # Friday 30/01/2026
    assert (convention.state, convention.in_force_on) == ("in_force", played.RECOGNISED)
    owed = Obligation.objects.open().get()
    assert (owed.rule.key, owed.due_on) == ("convention.send_recognised", date(2026, 2, 3))
    assert (owed.unit, owed.body) == (officials.here, committee)
    actions.forward_convention(convention, by=system, on=date(2026, 2, 4))
    owed.refresh_from_db()
    assert owed.state == "late"


@pytest.mark.parametrize(
    ("flagged", "due"), [("suspend", date(2026, 2, 12)), ("annul", date(2026, 2, 23))]
)
def test_a_breach_is_answered_within_the_days_of_the_law(officials, system, flagged, due):
    write_roll(officials.village, 3)
    convention = played.in_force(officials.village, system, 3)
    with pytest.raises(Refused, match="vi phạm"):
        actions.suspend_convention(
            convention, by=system, on=date(2026, 2, 9), document="1", reason="Trái luật"
        )
    convention = actions.flag_convention(
        convention, by=system, on=date(2026, 2, 9), flagged=flagged
    )
    rows = Obligation.objects.open().exclude(rule__key="convention.send_recognised")
    assert (rows.get().rule.key, rows.get().due_on) == (f"convention.{flagged}", due)
    answer = {"by": system, "document": "50/QĐ", "reason": "Phạt tiền trái luật"}
    if flagged == "suspend":
        convention = actions.suspend_convention(convention, on=date(2026, 2, 10), **answer)
    else:
        convention = actions.annul_convention(convention, **answer)
    assert not rows.exists()


def test_what_is_suspended_is_not_in_force_until_it_is_resumed(officials, system):
    write_roll(officials.village, 3)
    convention = played.in_force(officials.village, system, 3)
    actions.flag_convention(convention, by=system, on=date(2026, 2, 9), flagged="suspend")
    answer = {"by": system, "document": "50/QĐ", "reason": "Phạt tiền trái luật"}
    actions.suspend_convention(convention, on=date(2026, 2, 10), **answer)
    actions.resume_convention(convention, on=date(2026, 2, 20), **answer)
    days = [date(2026, 1, 29), date(2026, 1, 30), date(2026, 2, 9), date(2026, 2, 10)]
    days += [date(2026, 2, 19), date(2026, 2, 20)]
    counted = [Convention.objects.in_force(day).count() for day in days]
    assert counted == [0, 1, 1, 0, 0, 1]


def test_each_suspension_of_the_past_is_still_known(officials, system, clock):
    """Day by day against what was suspended when, written out by hand."""
    write_roll(officials.village, 3)
    convention = played.in_force(officials.village, system, 3)
    clock.set("2026-06-15")
    stopped = [(date(2026, 2, 10), date(2026, 2, 20)), (date(2026, 3, 2), date(2026, 3, 2))]
    stopped += [(date(2026, 3, 2), date(2026, 4, 1)), (date(2026, 5, 1), date(2026, 5, 4))]
    answer = {"by": system, "document": "50/QĐ", "reason": "Phạt tiền trái luật"}
    for since, until in stopped:
        actions.flag_convention(convention, by=system, on=since, flagged="suspend")
        convention = actions.suspend_convention(convention, on=since, **answer)
        convention = actions.resume_convention(convention, on=until, **answer)
    actions.flag_convention(convention, by=system, on=date(2026, 5, 2), flagged="suspend")
    early = date(2026, 5, 3)
    assert refused_field(actions.suspend_convention, convention, on=early, **answer) == "on"
    days = [date(2026, 1, 30) + timedelta(days=number) for number in range(130)]
    assert [Convention.objects.in_force(day).count() for day in days] == [
        0 if any(since <= day < until for since, until in stopped) else 1 for day in days
    ]
    assert list(verify_chain()) == []
    with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
        PastSuspension.objects.filter(since=stopped[0][0]).update(until=stopped[1][0])


def test_an_annulled_convention_ends_with_what_the_households_decided(officials, system):
    write_roll(officials.village, 3)
    convention = played.in_force(officials.village, system, 3)
    actions.flag_convention(convention, by=system, on=date(2026, 2, 9), flagged="annul")
    convention = actions.annul_convention(
        convention, by=system, document="51/QĐ", reason="Trái luật"
    )
    assert (convention.state, convention.ended_on) == ("annulled", date(2026, 3, 2))
    assert convention.decision.state == "annulled"
    assert not Convention.objects.in_force(date(2026, 3, 2)).exists()
    assert not Obligation.objects.open().exists()


def test_a_convention_that_follows_replaces_the_one_before(officials, system):
    write_roll(officials.village, 3)
    before = played.in_force(officials.village, system, 3)
    after = played.in_force(officials.village, system, 3, on=date(2026, 2, 2), title="Bản sửa")
    before.refresh_from_db()
    assert (before.state, before.ended_on) == ("replaced", after.in_force_on)
    assert [one.pk for one in Convention.objects.in_force(date(2026, 2, 2))] == [after.pk]
    assert [one.pk for one in Convention.objects.in_force(date(2026, 2, 1))] == [before.pk]


def test_a_version_is_never_changed_and_never_written_twice(officials, system):
    convention = played.drafted(officials.village, system)
    assert (
        refused_field(actions.revise_convention, convention, by=system, text=played.TEXT) == "text"
    )
    actions.revise_convention(convention, by=system, text="Điều 1. Khác.")
    assert list(convention.texts.order_by("number").values_list("number", "text")) == [
        (1, played.TEXT),
        (2, "Điều 1. Khác."),
    ]
    with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
        ConventionText.objects.filter(number=1).update(text="Sửa lén")


def test_the_text_stays_as_it_is_put_to_the_households(officials, system):
    convention = played.put(officials.village, system)
    with pytest.raises(Refused):
        actions.revise_convention(convention, by=system, text="Điều 1. Khác.")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_smallest_villages_adopt_by_more_than_half_of_all(officials, system, number):
    write_roll(officials.village, number)
    needed = next(n for n in range(number + 1) if n > number - n)
    assert played.adopted(officials.village, system, number, needed).state == "adopted"
