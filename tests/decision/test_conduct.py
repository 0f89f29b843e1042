"""Who may lead a vote, that its plan is owed to the commune, and what is done again."""

from datetime import date

import pytest

from danchu.decision import actions
from danchu.decision.lives import State
from danchu.decision.models import Conduct
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.obligations.models import Obligation
from tests.decision import played
from tests.decision.played import MEETS, NOTICED, fallen_short, propose, write_roll

pytestmark = pytest.mark.digested
# Rules.md M-01, worked out by hand: who may chair the meeting on each matter.
LAWFUL = {
    1: {"head", "appointed"},
    2: {"head", "appointed"},
    3: {"head", "appointed"},
    4: {"election_team", "front", "chair", "appointed"},
    5: {"head", "appointed"},
    6: {"head", "appointed"},
}
ROLES = ("head", "election_team", "front", "chair", "appointed")


def announced(village, by, item):
    decision = propose(village, by, item)
    return actions.announce_meeting(decision, by=by, on=NOTICED, planned_on=MEETS)


@pytest.mark.parametrize("item", LAWFUL)
def test_each_matter_is_convened_by_whom_the_law_names_and_the_refusal_names_the_article(
    officials, system, item
):
    write_roll(officials.village, 3)
    for role in ROLES:
        decision = announced(officials.village, system, item)
        if role in LAWFUL[item]:
            actions.open_meeting(decision, by=system, chair="An", convener=role)
            assert Conduct.objects.get(vote__decision=decision).convener == role
            continue
        with pytest.raises(Refused, match="Điều (18|3)") as refusal:
            actions.open_meeting(decision, by=system, chair="An", convener=role)
        assert refusal.value.every[0].field == "convener"


def test_only_the_front_leads_the_team_of_a_ballot(officials, system):
    write_roll(officials.village, 9)
    given = {"on": played.BALLOT_NOTICED, "since": played.ISSUED, "until": played.UNTIL}
    given["team"] = played.TEAM
    for leader in ("village", "organisation", "ai đó"):
        short = fallen_short(officials.village, system, 2)
        with pytest.raises(Refused) as refusal:
            actions.plan_ballot(short, by=system, leader=leader, **given)
        assert refusal.value.every[0].field == "leader"
    decision = actions.plan_ballot(short, by=system, leader="front", **given)
    assert Conduct.objects.get(vote=played.latest(decision)).leader == "front"


def test_who_leads_is_dated_law():
    rule = book().rule("decision.items.ballot_leader_front", date(2026, 1, 1))
    assert "Điều 19" in rule.source
    assert not book().is_in_force("decision.items.ballot_leader_front", date(2023, 6, 30))


def test_the_plan_of_a_ballot_is_owed_to_the_commune_within_two_days(officials, system):
    write_roll(officials.village, 9)
    decision = played.ballots_out(fallen_short(officials.village, system, 2), system)
    [owed] = Obligation.objects.open().filter(subject_kind="household_decision")
    assert (owed.rule.key, owed.due_on) == ("ballot.plan", date(2026, 1, 14))
    actions.copy_plan(decision, by=system, on=date(2026, 1, 15))
    owed.refresh_from_db()
    assert (owed.state, owed.done_on) == ("late", date(2026, 1, 15))
    with pytest.raises(Refused):
        actions.copy_plan(decision, by=system, on=date(2026, 1, 15))


@pytest.mark.parametrize("how", ["annulled", "again", "refused"])
def test_what_lost_its_force_is_done_again_from_the_beginning_once(officials, system, how):
    write_roll(officials.village, 3)
    decision = played.decided_by_meeting(officials.village, system, 3, 3, 3)
    decision = actions.send_decision(decision, by=system, on=date(2026, 1, 15))
    given = {"document": "2/QĐ", "reason": "Mời họp chậm"}
    if how == "annulled":
        decision = actions.annul_decision(decision, by=system, **given)
    elif how == "again":
        decision = actions.ask_again(decision, by=system, **given)
    else:
        decision = actions.refuse_decision(decision, by=system, on=date(2026, 1, 16), **given)
    assert decision.state == how
    assert not Obligation.objects.open().exists()
    new = actions.redo_decision(decision, by=system, on=date(2026, 1, 20))
    assert (new.state, new.redoes, new.yes, new.votes.count()) == (State.PROPOSED, decision, 0, 0)
    with pytest.raises(Refused):
        actions.redo_decision(decision, by=system, on=date(2026, 1, 20))


def test_both_pages_lead_to_each_other(client, officials, system):
    write_roll(officials.village, 3)
    decision = played.decided_by_meeting(officials.village, system, 3, 3)
    decision = actions.ask_again(decision, by=system, document="2/QĐ", reason="Thiếu thông báo")
    new = actions.redo_decision(decision, by=system, on=date(2026, 1, 20))
    new = actions.announce_meeting(
        new, by=system, on=date(2026, 1, 21), planned_on=date(2026, 1, 25)
    )
    for one, other in ((decision, new), (new, decision)):
        page = client.get(f"/decisions/{one.uid}/").content.decode()
        assert f"/decisions/{other.uid}/" in page


def test_only_what_is_in_force_is_reported_at_the_yearly_conference(officials, system):
    write_roll(officials.village, 3)
    decision = played.decided_by_meeting(officials.village, system, 3, 3)
    with pytest.raises(Refused):
        actions.report_execution(decision, by=system, on=date(2026, 1, 20))
    decision = actions.send_decision(decision, by=system, on=date(2026, 1, 15))
    with pytest.raises(Refused):
        actions.report_execution(decision, by=system, on=date(2026, 1, 9))
    decision = actions.report_execution(decision, by=system, on=date(2026, 2, 20))
    assert (decision.state, decision.reported_on) == (State.IN_FORCE, date(2026, 2, 20))
