"""A matter of a whole commune: each village by its own roll, then two thirds of all villages."""

import random
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.db import IntegrityError, connection, transaction

from danchu.decision import actions
from danchu.decision.lives import State
from danchu.decision.models import CommunePart, CommuneVote, HouseholdDecision
from danchu.disclosure.actions import arise_contents
from danchu.disclosure.loading import load_catalogue
from danchu.disclosure.models import Content, Item
from danchu.journal.digest_form import forms
from danchu.journal.verify_rows import record_problems
from danchu.kernel.refusals import Refused
from danchu.obligations.models import Obligation
from danchu.units.actions import merge_villages, open_village
from tests.decision import played
from tests.decision.played import PROPOSED, SINCE, write_roll

pytestmark = pytest.mark.digested
OPENED, UNTIL_ALL = date(2026, 1, 5), date(2026, 2, 1)
TITLE = "Góp quỹ điện chiếu sáng toàn xã"


def villages(officials, system, number):
    """The village of the commune, and more of them."""
    more = [
        open_village(officials.here, by=system, name=f"Tổ {name}", kind="thon", since=SINCE)
        for name in range(10, 9 + number)
    ]
    return [officials.village, *more]


def put_forward(officials, system, form="meeting", item=1, until=UNTIL_ALL):
    decision = played.propose(officials.here, system, item, TITLE, proposer="commune")
    return actions.open_villages(
        decision, by=system, on=OPENED, until=until, form=form, agreement="12/MTTQ"
    )


def part(decision, village):
    rows = HouseholdDecision.objects.filter(commune_part__whole__decision=decision)
    return rows.get(unit=village)


def meet_in(own, system, attending, yes, sent=date(2026, 1, 14)):
    """A village's own meeting; it reports where it agreed."""
    own = played.choose(played.meet(own, system, attending), system)
    own = played.vote(own, system, yes)
    if own.state == State.PASSED and sent:
        own = actions.send_decision(own, by=system, on=sent)
    return own


def refused_field(act, *arguments, **values):
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(*arguments, **values)
    return refusal.value.every[0].field


def slow_outcome(results):
    """Whether a commune agreed, by going through its villages one by one: results are (households,
    in favour, reported in time).
    """
    for_it, all_of_them = 0, 0
    for households, yes, reported in results:
        all_of_them += 1
        missing = 0
        while 3 * (yes + missing) < 2 * households:
            missing += 1
        if reported and missing == 0:
            for_it += 1
    return for_it + for_it + for_it >= all_of_them + all_of_them, for_it


def test_two_thirds_of_all_villages_pass_and_each_by_its_own_roll(officials, system):
    chance = random.Random(5)
    places = villages(officials, system, 6)
    sizes = [1, 2, 3, 6, 7, 9]
    for place, size in zip(places, sizes, strict=True):
        write_roll(place, size)
    for _round in range(3):
        decision = put_forward(officials, system)
        results = []
        for place, size in zip(places, sizes, strict=True):
            yes = chance.choice([size, -(-2 * size // 3), max(0, -(-2 * size // 3) - 1)])
            is_sent = chance.random() < 0.8
            own = part(decision, place)
            meet_in(own, system, size, yes, date(2026, 1, 14) if is_sent else None)
            results.append((size, yes, is_sent))
        decision = actions.close_villages(decision, by=system)
        whole = CommuneVote.objects.get(decision=decision)
        passed, agreed = slow_outcome(results)
        assert (whole.villages, whole.agreed) == (6, agreed)
        assert decision.state == (State.PASSED if passed else State.NOT_PASSED)
        assert decision.households == sum(sizes)


@pytest.mark.parametrize(("agreeing", "state"), [(2, "passed"), (1, "not_passed")])
def test_exactly_two_of_three_pass_and_one_that_does_not_report_is_against(
    client, officials, system, agreeing, state
):
    places = villages(officials, system, 3)
    for place in places:
        write_roll(place, 3)
    decision = put_forward(officials, system)
    for place in places[:agreeing]:
        meet_in(part(decision, place), system, 3, 2)
    decision = actions.close_villages(decision, by=system)
    assert (decision.state, decision.yes, decision.households) == (state, 2 * agreeing, 9)
    silent = part(decision, places[2])
    assert silent.state == State.WITHDRAWN and "hết ngày" in silent.reason
    page = unescape(client.get(f"/decisions/{decision.uid}/").content.decode())
    sums = f"3 × {agreeing} = {3 * agreeing} {'≥' if agreeing == 2 else '<'} 2 × 3 = 6"
    assert sums in page and "Điều 21 khoản 1 đoạn 2" in page
    assert f"/decisions/{part(decision, places[0]).uid}/" in page
    own = client.get(f"/decisions/{part(decision, places[0]).uid}/").content.decode()
    assert "3 × 2 = 6 ≥ 2 × 3 = 6" in own and f"/decisions/{decision.uid}/" in own


def test_a_village_that_reports_after_the_last_day_has_not_agreed(officials, system):
    places = villages(officials, system, 3)
    for place in places:
        write_roll(place, 3)
    decision = put_forward(officials, system)
    for place, sent in zip(places, (UNTIL_ALL, UNTIL_ALL, UNTIL_ALL), strict=True):
        late = UNTIL_ALL + timedelta(days=1) if place == places[2] else sent
        meet_in(part(decision, place), system, 3, 3, late)
    actions.close_villages(decision, by=system)
    whole = CommuneVote.objects.get(decision=decision)
    assert (whole.villages, whole.reported, whole.agreed) == (3, 2, 2)


def test_only_matters_one_and_two_are_of_a_commune_and_the_refusal_names_the_article(
    officials, system
):
    for item in (3, 4, 5, 6):
        with pytest.raises(Refused, match="Điều 15") as refusal:
            played.propose(officials.here, system, item, proposer="commune")
        assert refusal.value.every[0].field == "item"
    propose = played.propose
    assert refused_field(propose, officials.village, system, 1, proposer="commune") == "unit"
    assert refused_field(propose, officials.here, system, 1) == "unit"
    assert propose(officials.here, system, 2, proposer="commune").state == State.PROPOSED


def test_opening_says_how_long_and_with_whom_it_was_agreed(officials, system):
    decision = played.propose(officials.here, system, proposer="commune")
    given = {"on": OPENED, "until": UNTIL_ALL, "form": "meeting", "agreement": "12/MTTQ"}
    for field, wrong in (
        ("on", PROPOSED - timedelta(days=1)),
        ("until", OPENED),
        ("form", "online_vote"),
        ("agreement", " "),
    ):
        values = {**given, field: wrong}
        assert refused_field(actions.open_villages, decision, by=system, **values) == field


def test_ballots_without_a_meeting_only_where_the_commune_chose_them(officials, system):
    write_roll(officials.village, 3)
    by_meeting = part(put_forward(officials, system), officials.village)
    with pytest.raises(Refused, match="59/2023"):
        played.ballots_out(by_meeting, system)
    by_ballot = part(put_forward(officials, system, "household_ballot"), officials.village)
    own = played.ballots_out(by_ballot, system)
    for role in ("clerk", "front"):
        own = played.count(own, officials.by[role], 2)
    assert own.state == State.PASSED
    own = actions.send_decision(own, by=system, on=date(2026, 1, 22))
    assert (own.state, own.in_force_on) == (State.REPORTED, None)


def test_it_is_counted_after_the_last_day_and_once(officials, system):
    write_roll(officials.village, 3)
    decision = put_forward(officials, system, until=date(2026, 3, 2))
    with pytest.raises(Refused, match="chưa tổng hợp được"):
        actions.close_villages(decision, by=system)
    decision = actions.close_villages(put_forward(officials, system), by=system)
    with pytest.raises(Refused):
        actions.close_villages(decision, by=system)
    with pytest.raises(Exception, match="never changes"), transaction.atomic():
        CommuneVote.objects.filter(decision=decision).update(agreed=1, reported=1)


def test_villages_that_merge_before_they_vote_decide_as_one(officials, system, clock):
    clock.set("2026-01-09")
    places = villages(officials, system, 3)
    for place in places:
        write_roll(place, 3)
    decision = put_forward(officials, system)
    with pytest.raises(Refused, match="không thay đổi"):
        actions.add_villages(decision, by=system)
    new = merge_villages(places[1:], by=system, name="Tổ 1011", kind="thon", on=date(2026, 1, 8))
    decision = actions.add_villages(decision, by=system)
    assert [part(decision, one).state for one in places[1:]] == [State.WITHDRAWN] * 2
    clock.set("2026-01-20")
    meet_in(part(decision, places[0]), system, 3, 3)
    days = {"on": date(2026, 1, 10), "planned_on": date(2026, 1, 14)}
    own = actions.announce_meeting(part(decision, new), by=system, **days)
    own = actions.open_meeting(own, by=system, chair="Trưởng")
    assert played.latest(own).households == 6  # one roll of both
    clock.set("2026-02-02")
    decision = actions.close_villages(decision, by=system)
    whole = CommuneVote.objects.get(decision=decision)
    assert (whole.villages, whole.agreed, decision.households) == (2, 1, 9)
    assert decision.state == State.NOT_PASSED


def test_a_village_is_in_a_commune_once(officials, system):
    write_roll(officials.village, 3)
    decision = put_forward(officials, system)
    own = CommunePart.objects.get(whole__decision=decision)
    extra = played.propose(officials.village, system)
    with pytest.raises(IntegrityError), transaction.atomic():
        CommunePart.objects.create(whole=own.whole, decision=extra, unit=officials.village)
    with pytest.raises(Exception, match="never removed"), transaction.atomic():
        own.delete()


def test_the_committee_sets_the_day_and_the_figures_count_the_matter_once(
    client, officials, system
):
    places = villages(officials, system, 3)
    for place in places:
        write_roll(place, 3)
    decision = put_forward(officials, system)
    for place in places:
        meet_in(part(decision, place), system, 3, 2)
    decision = actions.close_villages(decision, by=system)
    day = date(2026, 3, 15)  # later than today: the committee says when
    early = {"on": UNTIL_ALL - timedelta(days=1), "document": "5/QĐ"}
    assert refused_field(actions.set_day, decision, by=system, **early) == "on"
    decision = actions.set_day(decision, by=system, on=day, document="5/QĐ")
    assert (decision.state, decision.in_force_on) == (State.IN_FORCE, day)
    assert not Obligation.objects.open().exists()
    query = f"?unit={officials.here.pk}&since=2026-01-01&last=2026-02-28&map=2026-03-01"
    figures = {
        "decisions_settled": 1,
        "village_meetings": 3,
        "decisions_yes": 6,
        "decisions_households": 9,
    }
    for key, value in figures.items():
        assert client.get(f"/figures/{key}/{query}").context["figure"].value == value, key


def test_contributions_in_force_are_owed_to_be_disclosed_by_the_commune(officials, system):
    load_catalogue(by=system)
    Item.objects.update(made_at=datetime(2025, 7, 1, tzinfo=UTC))
    write_roll(officials.village, 3)
    for item in (1, 6):
        own = played.decided_by_meeting(officials.village, system, 3, 3, item)
        actions.send_decision(own, by=system, on=date(2026, 1, 14))
    played.decided_by_meeting(officials.village, system, 3, 3)  # not in force yet
    whole = put_forward(officials, system)
    meet_in(part(whole, officials.village), system, 3, 3)
    whole = actions.close_villages(whole, by=system)
    actions.set_day(whole, by=system, on=UNTIL_ALL, document="5/QĐ")
    assert [arise_contents(by=system) for _again in range(2)] == [2, 0]
    rows = Content.objects.filter(origin_kind="household_decision").order_by("decided_on")
    assert [(row.item.key, row.unit, row.title) for row in rows] == [
        ("commune.5", officials.here, played.TITLE),
        ("commune.5", officials.here, TITLE),
    ]
    assert Obligation.objects.open().filter(unit=officials.here).count() == 2


@pytest.mark.case("TR1")
def test_what_makes_a_matter_count_once_in_its_commune_is_proved(officials, system, clock):
    """A village's decision that is cut off from the whole would count beside it."""
    decision = put_forward(officials, system)
    played.write_roll(officials.village, 9)
    own = meet_in(part(decision, officials.village), system, 9, 9)
    clock.set("2026-02-02")
    decision = actions.close_villages(decision, by=system)
    decisions = forms()["household_decision"]
    assert list(record_problems(decisions)) == []
    for change, changed in (
        ("DELETE FROM decision_communepart", own),
        ("UPDATE decision_communevote SET agreement = 'khác'", decision),
    ):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SAVEPOINT planted")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(change)
            [(place, _message)] = record_problems(decisions)
            cursor.execute("ROLLBACK TO SAVEPOINT planted")
        assert place.endswith(f"#{changed.pk})")
