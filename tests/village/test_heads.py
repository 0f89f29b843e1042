"""Heads of villages: terms, interim heads, release, who follows, villages merged in the term."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from danchu.decision import actions as decisions
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.obligations.models import Obligation
from danchu.people.models import Holding
from danchu.units.actions import merge_villages, open_village
from danchu.village import actions
from danchu.village.lives import HeadState, head_state
from danchu.village.models import HeadRelease, VillageHead
from tests.decision import played as matters
from tests.decision.played import write_roll
from tests.decision.test_votes import refused_field
from tests.village import played

pytestmark = pytest.mark.digested
ASKED = date(2026, 1, 5)


def released(village, by, ground="front", attending=3, yes=3, on=played.RECOGNISED, **more):
    """The sitting head of the village, released by its households and the commune."""
    head = VillageHead.objects.filter(unit=village, until=None).get()
    decision = actions.ask_release(head, by=by, on=ASKED, ground=ground, **more)
    decision = played.decided(decision, by, attending, yes)
    decision = decisions.send_decision(decision, by=by, on=played.SENT)
    decisions.recognise_decision(decision, by=by, on=on, document="40/QĐ-UBND")
    head.refresh_from_db()
    return head


def test_a_head_who_follows_ends_the_one_before_on_the_same_day(officials, system):
    write_roll(officials.village, 3)
    before = played.head(officials.village, system)
    head = played.recognised(officials.village, system, 3, 2, 1)
    before.refresh_from_db()
    assert (before.until, before.ending) == (head.since, "succeeded")
    assert not Obligation.objects.open().filter(rule__key="election.again").exists()


def test_a_village_never_has_two_heads_on_one_day(officials, system):
    head = played.head(officials.village, system)
    with pytest.raises(IntegrityError, match="one_head_of_a_village"), transaction.atomic():
        VillageHead.objects.create(
            uid="7f0f9e4e-2a55-4f39-9d3c-0d4f7f8f1a77",
            unit=officials.village,
            name="Hai",
            since=head.since + timedelta(days=9),
            term_until=played.TERM_UNTIL,
            made_by="x",
            made_at=head.made_at,
        )
    field = refused_field(played.head, officials.village, system, since=head.since)
    assert field == "since"


def test_who_was_released_is_head_no_more_and_a_new_election_is_owed_in_sixty_days(
    officials, system, committee
):
    write_roll(officials.village, 3)
    played.head(officials.village, system)
    head = released(officials.village, system)
    assert (head.until, head.ending) == (played.RECOGNISED, "released")
    assert head_state(head) == HeadState.ENDED
    owed = Obligation.objects.open().get()
    assert (owed.rule.key, owed.unit, owed.body) == ("election.again", officials.here, committee)
    assert owed.due_on == played.RECOGNISED + timedelta(days=60)


def annulled(head, by):
    """The head, whose release was annulled after it had been recognised."""
    decision = head.releases.get().decision
    decisions.annul_decision(decision, by=by, document="60/QĐ", reason="Họp sai trình tự")
    head.refresh_from_db()
    return head


def test_whose_release_is_annulled_is_head_again_and_no_election_is_owed(
    officials, system, committee
):
    write_roll(officials.village, 3)
    played.head(officials.village, system)
    head = annulled(released(officials.village, system), system)
    assert (head.until, head.ending, head_state(head)) == (None, "", HeadState.SERVING)
    for day in (played.RECOGNISED - timedelta(days=1), played.RECOGNISED):
        assert VillageHead.objects.serving(day).get() == head
    assert not Obligation.objects.open().exists()
    period = Period.year(2026)
    assert figure(INDICATORS["heads_released"], officials.here.pk, period, period.last).value == 0
    again = actions.ask_release(head, by=system, on=ASKED, ground="own")
    assert again.state == "proposed"


def test_a_head_entered_by_hand_keeps_the_number_of_the_recognition_through_a_release(
    officials, system
):
    write_roll(officials.village, 3)
    number = played.head(officials.village, system).document
    head = released(officials.village, system)
    assert number and (head.document, head.end_document) == (
        number,
        head.releases.get().decision.document,
    )
    head = annulled(head, system)
    assert (head.document, head.end_document) == (number, "")


def test_who_followed_a_released_head_stays_when_the_release_is_annulled(officials, system, clock):
    write_roll(officials.village, 3)
    played.head(officials.village, system)
    head = released(officials.village, system)
    clock.set("2026-04-20")
    heir = played.head(officials.village, system, since=date(2026, 4, 1), name="Người sau")
    head = annulled(head, system)
    assert (head.until, head.ending) == (heir.since, "succeeded")
    assert head_state(heir) == HeadState.SERVING


def test_a_head_who_ended_in_another_way_is_not_brought_back(officials, system):
    write_roll(officials.village, 3)
    head = played.head(officials.village, system)
    decision = played.decided(
        actions.ask_release(head, by=system, on=ASKED, ground="front"), system, 3, 3
    )
    decision = decisions.send_decision(decision, by=system, on=played.SENT)
    actions.vacate_head(head, by=system, on=played.SENT, reason="Từ trần")
    decisions.recognise_decision(decision, by=system, on=played.RECOGNISED, document="40/QĐ")
    head = annulled(head, system)
    assert (head.until, head.ending) == (played.SENT, "vacated")


def test_who_was_released_may_stand_again_and_is_another_head_then(officials, system, clock):
    write_roll(officials.village, 3)
    played.head(officials.village, system, name=played.NAMES[0])
    before = released(officials.village, system)
    clock.set("2026-04-20")
    election = played.ready(
        officials.village,
        system,
        3,
        plan_on=date(2026, 2, 20),
        planned_on=date(2026, 3, 20),
    )
    chosen = played.chosen(election, 3, 0)
    election = actions.vote_election(election, by=system, chosen=chosen, against=0)
    decision = decisions.send_decision(election.decision, by=system, on=date(2026, 3, 23))
    decisions.recognise_decision(decision, by=system, on=date(2026, 3, 25), document="5/QĐ")
    now = VillageHead.objects.get(until=None)
    assert now.name == before.name and now.pk != before.pk
    owed = Obligation.objects.get(rule__key="election.again")
    assert (owed.state, owed.done_on) == ("met", date(2026, 3, 20))


@pytest.mark.parametrize(("households", "least"), [(1, 1), (2, 1), (3, 2), (9, 5), (10, 5)])
def test_half_of_the_households_ask_for_a_release(officials, system, households, least):
    write_roll(officials.village, households)
    head = played.head(officials.village, system)
    values = {"by": system, "on": ASKED, "ground": "households"}
    assert least + least >= households > 2 * (least - 1)  # at least half, by hand
    assert refused_field(actions.ask_release, head, asking=least - 1, **values) == "asking"
    assert refused_field(actions.ask_release, head, asking=households + 1, **values) == "asking"
    actions.ask_release(head, asking=least, **values)
    release = HeadRelease.objects.get()
    assert (release.asking, release.households_then) == (least, households)


def test_one_release_is_asked_for_at_a_time(officials, system):
    write_roll(officials.village, 3)
    head = played.head(officials.village, system)
    decision = actions.ask_release(head, by=system, on=ASKED, ground="own")
    with pytest.raises(Refused, match="đang được đưa ra"):
        actions.ask_release(head, by=system, on=ASKED, ground="front")
    decisions.withdraw_decision(decision, by=system, reason="Rút đơn")
    assert actions.ask_release(head, by=system, on=ASKED, ground="front").pk


def test_the_committee_decides_only_where_the_households_could_not_agree(officials, system):
    write_roll(officials.village, 3)
    head = played.head(officials.village, system)
    values = {"by": system, "on": played.RECOGNISED, "document": "8/QĐ", "reason": "Bỏ việc"}
    with pytest.raises(Refused, match="Điều 9"):
        actions.decide_release(head, **values)
    decision = actions.ask_release(head, by=system, on=ASKED, ground="front")
    played.decided(decision, system, 3, 1)
    head.refresh_from_db()
    assert head.until is None
    head = actions.decide_release(head, **values)
    assert (head.until, head.ending) == (played.RECOGNISED, "decided")
    assert Obligation.objects.open().get().rule.key == "election.again"


@pytest.mark.parametrize(("until", "field"), [("2026-12-01", None), ("2026-12-02", "term_until")])
def test_an_interim_head_serves_six_months_at_most(officials, system, clock, until, field):
    clock.set("2026-08-20")
    values = {"since": date(2026, 6, 1), "is_interim": True}
    values["term_until"] = date.fromisoformat(until)
    if field:
        assert refused_field(played.head, officials.village, system, **values) == field
        return
    head = played.head(officials.village, system, **values)
    assert head_state(head) == HeadState.INTERIM
    owed = Obligation.objects.open().get()
    assert (owed.rule.key, owed.due_on) == ("head.interim", date(2026, 12, 1))


def test_the_post_of_a_head_who_died_is_vacant_and_an_interim_one_stands_in(officials, system):
    head = played.head(officials.village, system)
    head = actions.vacate_head(head, by=system, on=date(2026, 2, 1), reason="Từ trần")
    interim = played.head(
        officials.village,
        system,
        name="Tạ Văn Tạm",
        since=date(2026, 2, 3),
        is_interim=True,
        term_until=date(2026, 5, 1),
    )
    assert (head.ending, interim.is_interim) == ("vacated", True)
    assert not VillageHead.objects.recognised().filter(pk=interim.pk).exists()


def test_with_the_head_ends_the_account_that_held_the_office(officials, system, village_head):
    write_roll(officials.village, 3)
    played.head(officials.village, system)
    chair = officials.by["head"]
    released(officials.village, system, on=date(2026, 3, 2))
    held = Holding.objects.get(account=village_head, office_kind="village_head")
    assert held.until == date(2026, 3, 2)
    assert chair.may("appoint", "office", officials.village)
    assert not officials.by["village_head"].may("draft", "head_nomination", officials.village)


@pytest.mark.parametrize("name", ["Người sau", None])
def test_who_is_elected_again_keeps_the_account_and_who_follows_takes_it_over(
    officials, system, village_head, name
):
    before = played.head(officials.village, system)
    actions.enter_head(
        by=system,
        unit=officials.village,
        name=name or before.name.upper(),
        since=date(2026, 3, 2),
        term_until=date(2030, 3, 2),
        document="41/QĐ-UBND",
    )
    before.refresh_from_db()
    held = Holding.objects.get(account=village_head, office_kind="village_head")
    assert before.ending == "succeeded"
    assert held.until == (date(2026, 3, 2) if name else None)


def merged(officials, system, on):
    other = open_village(
        officials.here, by=system, name="Tổ 6", kind="to_dan_pho", since=matters.SINCE
    )
    played.head(other, system, name="Hồ Văn Sáu")
    return other, merge_villages(
        [officials.village, other], by=system, name="Tổ 56", kind="to_dan_pho", on=on
    )


def test_villages_that_merge_in_the_term_have_one_new_head_and_both_others_end(
    officials, system, clock
):
    write_roll(officials.village, 2)
    head = played.head(officials.village, system)
    other, whole = merged(officials, system, date(2026, 2, 1))
    write_roll(other, 2, first=3)
    standing = VillageHead.objects.serving(date(2026, 2, 1))
    assert not standing.exists()
    assert {one.pk for one in VillageHead.objects.serving(date(2026, 1, 31))} == {
        head.pk,
        VillageHead.objects.get(unit=other).pk,
    }
    clock.set("2026-04-20")
    election = played.ready(
        whole, system, 3, plan_on=date(2026, 2, 20), planned_on=date(2026, 3, 20)
    )
    vote = matters.latest(election.decision)
    assert vote.households == 4
    chosen = played.chosen(election, 3, 0)
    election = actions.vote_election(election, by=system, chosen=chosen, against=0)
    assert election.state == "elected"


def test_who_was_elected_before_the_merger_is_not_recognised_after_it(officials, system):
    write_roll(officials.village, 3)
    election = played.voted(officials.village, system, 3, 3)
    decision = decisions.send_decision(election.decision, by=system, on=played.SENT)
    merged(officials, system, date(2026, 1, 29))
    with pytest.raises(Refused, match="không tồn tại"):
        decisions.recognise_decision(decision, by=system, on=played.RECOGNISED, document="1")
    assert not VillageHead.objects.filter(unit=officials.village).exists()
