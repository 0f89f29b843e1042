"""From a finding to a confirmed remedy: each act only from the states of the table, by whom the
table names, judged by the law of the day.
"""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.figures.answer import evidence_rows, figure
from danchu.figures.catalogue import INDICATORS
from danchu.inspection import actions
from danchu.inspection.models import Recommendation
from danchu.inspection.moves import FINAL, State
from danchu.inspection.moves import RECOMMENDATION_LIFE as LIFE
from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.kernel.days import Period, today
from danchu.kernel.refusals import Denied, Refused
from danchu.obligations.models import Obligation
from danchu.people.actor import Actor
from tests.inspection.conftest import FOUND
from tests.people.conftest import NOW
from tests.sizes import one_in

SENT, RECEIVED = (
    date(2025, 8, 15),
    date(2025, 8, 18),
)  # fifteen days on: 02/09 and its neighbour are days off
ACTS = {
    "edit": lambda it, by: actions.edit_recommendation(it, by=by, title="Khác"),
    "confirm": lambda it, by: actions.confirm_recommendation(it, by=by),
    "return": lambda it, by: actions.return_recommendation(it, by=by, reason="Chưa rõ"),
    "send": lambda it, by: actions.send_recommendation(
        it, by=by, sent_on=SENT, received_on=RECEIVED
    ),
    "answer": lambda it, by: actions.answer_recommendation(
        it, by=by, on=date(2025, 9, 3), answer="full", text="Sẽ trả lại"
    ),
    "reject": lambda it, by: actions.answer_recommendation(
        it, by=by, on=date(2025, 9, 4), answer="refused", text="Đúng quy định"
    ),
    "report_remedy": lambda it, by: actions.report_remedy(
        it, by=by, on=date(2025, 9, 10), text="Đã trả lại", money=2_000_000, land=30
    ),
    "dispute_remedy": lambda it, by: actions.dispute_remedy(it, by=by, reason="Còn hai hộ"),
    "settle": lambda it, by: actions.settle_recommendation(it, by=by, on=date(2025, 9, 12)),
    "withdraw": lambda it, by: actions.withdraw_recommendation(it, by=by, reason="Nhầm"),
}
WAY = ("confirm", "send", "answer", "report_remedy", "settle")
WAY_TO = {
    State.DRAFTED: (),
    State.CONFIRMED: WAY[:1],
    State.SENT: WAY[:2],
    State.ANSWERED: WAY[:3],
    State.REMEDIED: WAY[:4],
    State.SETTLED: WAY,
    State.REJECTED: ("confirm", "send", "reject"),
    State.WITHDRAWN: ("withdraw",),
}


def move_of(act):
    """The only move of this name."""
    (move,) = LIFE.of_act(act)
    return move


def walked(it, acts, by):
    for act in acts:
        it = ACTS[act](it, by)
    return it


def test_the_table_has_no_dead_end_and_no_state_that_is_never_reached():
    reached = {State.DRAFTED}
    for _ in State:
        reached |= {move.target for move in LIFE.moves if set(move.sources) & reached}
    assert reached == set(State)
    for state in State:
        leads = [move for move in LIFE.moves if state in move.sources]
        assert bool(leads) == (state not in FINAL)
    assert set(ACTS) == set(LIFE.acts) and set(WAY_TO) == set(State)


@one_in(3)
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("act", ACTS)
def test_each_act_follows_only_the_states_of_the_table(drafted, system, state, act):
    it = walked(drafted(), WAY_TO[state], system)
    assert it.state == state
    before = Recommendation.objects.values().get()
    if state in move_of(act).sources:
        assert ACTS[act](it, system).state == move_of(act).target
    else:
        with pytest.raises(Refused, match="bước khác"):
            ACTS[act](it, system)
        assert Recommendation.objects.values().get() == before
    assert (act in LIFE.acts_of(it, system)) == (
        state in move_of(act).sources
    ) or Recommendation.objects.get().state != state


def test_sending_makes_an_answer_owed_and_the_answer_closes_it(drafted, system):
    it = walked(drafted(), WAY[:2], system)
    assert it.obligation.due_on == date(2025, 9, 3)
    assert (it.obligation.unit_id, it.obligation.body_id) == (it.answerer.unit_id, it.answerer_id)
    done = ACTS["answer"](it, system)
    assert (done.in_time, Obligation.objects.get().state) == (True, "met")
    late = walked(drafted(), ("confirm", "send", "reject"), system)
    assert (late.in_time, late.state, Obligation.objects.get(pk=late.obligation_id).state) == (
        False,
        "rejected",
        "late",
    )
    assert Entry.objects.filter(act="recommendation.answered").count() == 2
    assert list(verify_chain()) == []


def test_a_remedy_the_board_did_not_find_opens_the_matter_again(drafted, system):
    it = walked(drafted(), (*WAY[:4], "dispute_remedy"), system)
    assert (it.state, it.money, it.land, it.remedied_on) == ("answered", 0, 0, None)
    assert walked(it, ("report_remedy", "settle"), system).money == 2_000_000


def test_without_the_front_nothing_is_sent(drafted, system, holder, country):
    it = drafted()
    head, front = (
        Actor.of(holder(office, country.here, name=office).account, NOW)
        for office in ("inspection_head", "front_chair")
    )
    with pytest.raises(Refused):
        ACTS["send"](it, head)
    with pytest.raises(Denied):
        ACTS["confirm"](it, head)
    assert ACTS["send"](ACTS["confirm"](it, front), head).state == "sent"


# Written out apart from the table of moves and from office_kinds.toml: who may do what at the own
# commune.
BY_OFFICE = {
    "inspection_member": {"edit"},
    "inspection_head": {"edit", "send", "dispute_remedy", "settle", "withdraw"},
    "front_chair": {"confirm", "return"},
    "commune_clerk": {"answer", "reject", "report_remedy"},
    "committee_chair": {"answer", "reject", "report_remedy"},
    "operator": set(ACTS),
}


def test_each_act_is_done_by_whom_the_table_names_and_only_at_his_own_place(
    drafted, system, holder, country, offices
):
    wrong = []
    for place in ("here", "next_door"):
        actors = {
            key: Actor.of(holder(key, getattr(country, place), name=f"{key} {place}").account, NOW)
            for key in offices
        }
        for move in LIFE.moves:
            act = move.act
            it = walked(drafted(), WAY_TO[move.sources[0]], system)
            for office, actor in {**actors, "public": Actor.public()}.items():
                expected = place == "here" and act in BY_OFFICE.get(office, ())
                with transaction.atomic():
                    try:
                        ACTS[act](it, actor)
                        done = True
                    except Denied:
                        done = False
                    transaction.set_rollback(True)
                offered = act in LIFE.acts_of(Recommendation.objects.get(pk=it.pk), actor)
                if done != expected or offered != expected:
                    wrong.append((place, office, act, done, offered))
    assert wrong == []


def test_only_who_drafts_at_the_place_drafts(drafted, bodies, holder, country, offices):
    board, committee = bodies
    found = set()
    for office in offices:
        actor = Actor.of(holder(office, country.here, name=office).account, NOW)
        try:
            actions.draft_recommendation(
                by=actor, board=board, answerer=committee, title="a", finding="b", found_on=FOUND
            )
            found.add(office)
        except Denied:
            continue
    assert found == {"inspection_member", "inspection_head", "operator"}


@pytest.mark.parametrize(
    ("act", "given_", "field"),
    [
        ("send", {"sent_on": FOUND - timedelta(days=1), "received_on": RECEIVED}, "sent_on"),
        ("send", {"sent_on": SENT, "received_on": FOUND}, "received_on"),
        (
            "send",
            {"sent_on": today() + timedelta(days=3), "received_on": today() + timedelta(days=3)},
            "sent_on",
        ),
        ("send", {"sent_on": None, "received_on": RECEIVED}, "sent_on"),
        ("answer", {"on": FOUND, "answer": "full", "text": "a"}, "on"),
        ("answer", {"on": RECEIVED, "answer": "maybe", "text": "a"}, "answer"),
        ("answer", {"on": RECEIVED, "answer": "full", "text": " "}, "text"),
        ("report_remedy", {"on": RECEIVED, "text": "a"}, "on"),
        ("report_remedy", {"on": date(2025, 9, 10), "text": "a", "money": -1}, "money"),
        ("report_remedy", {"on": date(2025, 9, 10), "text": "a", "land": "5"}, "land"),
        ("settle", {"on": date(2025, 9, 9)}, "on"),
        ("return", {"reason": ""}, "reason"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_moves(drafted, system, act, given_, field):
    names = {
        "send": "send_recommendation",
        "answer": "answer_recommendation",
        "report_remedy": "report_remedy",
        "settle": "settle_recommendation",
        "return": "return_recommendation",
    }
    it = walked(drafted(), WAY_TO[move_of(act).sources[0]], system)
    with pytest.raises(Refused) as refusal:
        getattr(actions, names[act])(it, by=system, **given_)
    assert refusal.value.field == field
    assert Recommendation.objects.get().state == it.state


def test_what_has_ended_never_changes(drafted, system):
    walked(drafted(), WAY, system)
    for statement in (
        "UPDATE inspection_recommendation SET money = 1",
        "DELETE FROM inspection_recommendation",
    ):
        with (
            pytest.raises(DatabaseError, match="never"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_figures_are_the_sums_of_the_cases_by_cohort(drafted, system, country):
    for way in (WAY, WAY[:3], ("confirm", "send", "reject"), WAY[:2], WAY[:1], ()):
        walked(drafted(), way, system)
    asked = country.province.pk, Period.year(2025), date(2025, 12, 1)
    told = {
        key: figure(INDICATORS[f"recommendations_{key}"], *asked).value
        for key in ("sent", "in_time", "settled", "money", "land", "sent.refused")
    }
    assert told == {
        "sent": 4,
        "in_time": 2,
        "settled": 1,
        "money": 2_000_000,
        "land": 30,
        "sent.refused": 1,
    }
    assert figure(INDICATORS["recommendations_in_time_rate"], *asked).value == 50
    for key in ("sent", "money"):
        rows = evidence_rows(INDICATORS[f"recommendations_{key}"], *asked)
        assert sum(row.amount * row.share for row in rows) == told[key]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=10))
def test_any_order_of_acts_leaves_one_lawful_recommendation(drafted, system, acts):
    with transaction.atomic():
        it, state = drafted(), State.DRAFTED
        for act in acts:
            try:
                with transaction.atomic():
                    it = ACTS[act](it, system)
                assert state in move_of(act).sources
                state = move_of(act).target
            except Refused:
                assert state not in move_of(act).sources
        kept = Recommendation.objects.select_related("obligation").get(pk=it.pk)
        assert kept.state == state
        assert (kept.obligation is not None) == (kept.received_on is not None)
        if kept.answered_on:
            assert kept.in_time == (kept.answered_on <= kept.obligation.due_on)
        transaction.set_rollback(True)
