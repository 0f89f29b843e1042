"""From a promise to its confirmation by those who asked: each act only from the states of the
table, by whom the table names.
"""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.minutes import actions
from danchu.minutes.models import Commitment, CommitmentContact, Term
from danchu.minutes.moves import COMMITMENT_LIFE, FINAL, RUNNING, State
from danchu.notices.actions import tell_steps
from danchu.notices.models import Notice
from danchu.obligations.actions import meet_obligation, tell_overdue
from danchu.obligations.loading import load_escalations
from danchu.obligations.models import Obligation
from danchu.obligations.proof import obligation_problems
from danchu.people.actor import Actor
from tests.minutes.conftest import DUE, HELD
from tests.people.conftest import NOW
from tests.planted import check_each_field
from tests.sizes import one_in

MOVES = {move.act: move for move in COMMITMENT_LIFE.moves}
DONE, LATE, LATER = date(2025, 12, 1), date(2025, 12, 16), date(2026, 2, 2)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
ACTS = {
    "fulfil": lambda it, by: actions.fulfil_commitment(
        it, by=by, on=DONE, text="Đã sửa xong 300 m."
    ),
    "postpone": lambda it, by: actions.postpone_commitment(
        it, by=by, on=DONE, due_on=LATER, reason="Mưa kéo dài"
    ),
    "confirm": lambda it, by: actions.confirm_commitment(it, by=by, on=DONE),
    "dispute": lambda it, by: actions.dispute_commitment(it, by=by, on=DONE, text="Còn 50 m"),
    "give_secret": lambda it, by: actions.give_secret(it, by=by)[0],
    "withdraw": lambda it, by: actions.withdraw_commitment(
        it, by=by, on=DONE, reason="Ghi hai lần"
    ),
}
WAY_TO = {
    State.MADE: (),
    State.FULFILLED: ("fulfil",),
    State.DISPUTED: ("fulfil", "dispute"),
    State.KEPT: ("fulfil", "confirm"),
    State.WITHDRAWN: ("withdraw",),
}


def walked(it, acts, by):
    for act in acts:
        it = ACTS[act](it, by)
    return it


def test_the_table_has_no_dead_end_and_no_state_that_is_never_reached():
    reached = {State.MADE}
    for _ in State:
        reached |= {
            move.target or source
            for move in MOVES.values()
            for source in move.sources
            if source in reached
        }
    assert reached == set(State)
    for state in State:
        assert bool([move for move in MOVES.values() if state in move.sources]) == (
            state not in FINAL
        )
    assert set(ACTS) == set(MOVES) and set(WAY_TO) == set(State)


@one_in(3)
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("act", ACTS)
def test_each_act_follows_only_the_states_of_the_table(made, system, state, act):
    it = walked(made(), WAY_TO[state], system)
    before = Commitment.objects.values().get()
    assert before["state"] == state
    offered = act in COMMITMENT_LIFE.acts_of(it, system)
    if state in MOVES[act].sources:
        assert ACTS[act](it, system).state == (MOVES[act].target or state)
    else:
        with pytest.raises(Refused, match="bước khác"):
            ACTS[act](it, system)
        assert Commitment.objects.values().get() == before
    assert offered == (state in MOVES[act].sources)


def test_a_promise_is_an_obligation_until_the_day_that_was_promised(made, bodies, system):
    it = made()
    assert (it.obligation.due_on, it.obligation.unit_id, it.obligation.body_id) == (
        DUE,
        it.unit_id,
        bodies[0].pk,
    )
    assert walked(it, ("fulfil",), system).in_time is True
    late = actions.fulfil_commitment(made(), by=system, on=LATE, text="Xong")
    assert (late.in_time, late.obligation.state) == (False, "late")
    assert list(verify_chain()) == [] and list(obligation_problems()) == []


def test_no_day_off_moves_the_day_that_was_promised(made):
    sunday = date(2025, 12, 14)
    assert made(due_on=sunday).obligation.due_on == sunday


def test_what_is_overdue_is_told_once_by_the_one_mechanism(made, system):
    it = made()
    assert tell_overdue(by=system, on=DUE) == []
    assert [row.subject for row in tell_overdue(by=system, on=LATE)] == [it.code]
    assert tell_overdue(by=system, on=LATE) == []


def test_a_day_put_off_keeps_the_old_one_and_its_clock_is_excused(made, system):
    it = walked(made(), ("postpone",), system)
    assert (it.due_on, it.postponed, it.missed, it.obligation.due_on) == (LATER, 1, False, LATER)
    assert list(Term.objects.values_list("due_on", "ended_on", "reason")) == [
        (DUE, DONE, ""),
        (LATER, None, "Mưa kéo dài"),
    ]
    assert list(Obligation.objects.order_by("pk").values_list("state", flat=True)) == [
        "excused",
        "open",
    ]
    assert actions.fulfil_commitment(it, by=system, on=LATER, text="Xong").in_time is True


def test_a_day_put_off_after_it_had_passed_is_never_in_time_again(made, system):
    it = actions.postpone_commitment(made(), by=system, on=LATE, due_on=LATER, reason="Mưa")
    assert (
        it.missed
        and actions.fulfil_commitment(it, by=system, on=LATE, text="Xong").in_time is False
    )


def test_a_disputed_promise_is_open_again_under_its_day(made, system):
    it = walked(made(), ("fulfil", "dispute"), system)
    assert (it.state, it.due_on, it.fulfilled_on, it.in_time) == ("disputed", DUE, None, None)
    assert list(Obligation.objects.order_by("pk").values_list("state", "due_on")) == [
        ("met", DUE),
        ("open", DUE),
    ]
    kept = walked(it, ("fulfil", "confirm"), system)
    assert (kept.state, kept.in_time, [step.act for step in kept.steps.all()]) == (
        "kept",
        True,
        ["made", "fulfil", "dispute", "fulfil", "confirm"],
    )


def test_who_asked_confirms_with_the_secret_and_nobody_else_does(made, system):
    it, secret = actions.give_secret(made(), by=system)
    it, public = walked(it, ("fulfil",), system), Actor.public()
    for wrong in ("", "AAAA-AAAA-AAAA-AAAA", None):
        with pytest.raises(Denied):
            actions.confirm_commitment(it, by=public, secret=wrong)
    disputed = actions.dispute_commitment(
        it, by=public, secret=secret.lower().replace("-", " "), text="Còn 50 m chưa sửa"
    )
    assert disputed.state == "disputed" and disputed.steps.last().is_citizen
    again = actions.fulfil_commitment(disputed, by=system, on=today(), text="Đã sửa nốt")
    assert actions.confirm_commitment(again, by=public, secret=secret).state == "kept"


def test_a_promise_without_a_secret_is_confirmed_by_no_secret(made, system):
    it = walked(made(), ("fulfil",), system)
    with pytest.raises(Denied):
        actions.confirm_commitment(it, by=Actor.public(), secret="")


def test_a_second_secret_ends_the_first(made, system):
    it, first = actions.give_secret(made(), by=system)
    actions.give_secret(it, by=system)
    it = walked(it, ("fulfil",), system)
    with pytest.raises(Denied):
        actions.confirm_commitment(it, by=Actor.public(), secret=first)


def test_nobody_confirms_what_he_reported_himself(made, system, holder, country):
    front, other = (
        Actor.of(holder("front_chair", country.here, name=name).account, NOW)
        for name in ("Một", "Hai")
    )
    it = actions.fulfil_commitment(made(), by=front, on=DONE, text="Xong")
    with pytest.raises(Refused, match="không tự xác nhận"):
        actions.confirm_commitment(it, by=front, on=DONE)
    assert actions.confirm_commitment(it, by=other, on=DONE).state == "kept"


# Written out apart from the table of moves and from office_kinds.toml: who may do what at the own
# commune.
OWNER, BOSS, ASKER = {"fulfil"}, {"fulfil", "postpone"}, {"confirm", "dispute", "give_secret"}
BY_OFFICE = {
    "commune_clerk": OWNER,
    "committee_chair": BOSS,
    "front_clerk": OWNER | ASKER,
    "front_chair": BOSS | ASKER | {"withdraw"},
    "inspection_head": ASKER,
    "petition_officer": {"give_secret"},
    "operator": set(ACTS),
}


def test_each_act_is_done_by_whom_the_table_names_and_only_at_his_own_place(
    made, system, holder, country, offices
):
    wrong = []
    for place in ("here", "next_door"):
        actors = {
            key: Actor.of(holder(key, getattr(country, place), name=f"{key} {place}").account, NOW)
            for key in offices
        }
        for act, move in MOVES.items():
            it = walked(made(), WAY_TO[move.sources[0]], system)
            for office, actor in {**actors, "public": Actor.public()}.items():
                expected = place == "here" and act in BY_OFFICE.get(office, ())
                with transaction.atomic():
                    try:
                        ACTS[act](it, actor)
                        done = True
                    except Denied:
                        done = False
                    transaction.set_rollback(True)
                offered = act in COMMITMENT_LIFE.acts_of(
                    Commitment.objects.select_related("asker").get(pk=it.pk), actor
                )
                if done != expected or offered != expected:
                    wrong.append((place, office, act, done, offered))
    assert wrong == []


def test_the_right_to_judge_lies_where_the_body_that_asked_is(
    made, bodies, system, holder, country
):
    from danchu.units.actions import open_body

    above = open_body(
        country.province, by=system, kind="fatherland_front", name="Mặt trận thành phố", since=HELD
    )
    it = walked(made(asker=above), ("fulfil",), system)
    own, higher = (
        Actor.of(holder("front_chair", unit, name=f"Người {unit.pk}").account, NOW)
        for unit in (country.here, country.province)
    )
    assert COMMITMENT_LIFE.acts_of(it, own) == [] and "confirm" in COMMITMENT_LIFE.acts_of(
        it, higher
    )


def test_only_who_drafts_at_the_place_writes_a_promise_down(bodies, holder, country, offices):
    found = set()
    for office in offices:
        actor = Actor.of(holder(office, country.here, name=office).account, NOW)
        try:
            actions.make_commitment(
                by=actor,
                unit=country.here,
                title="a",
                text="b",
                made_on=HELD,
                due_on=DUE,
                owner=bodies[0],
            )
            found.add(office)
        except Denied:
            continue
    assert found == {
        "commune_clerk",
        "petition_officer",
        "front_clerk",
        "front_chair",
        "inspection_head",
        "steering_officer",
        "committee_chair",
        "operator",
    }


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"owner": None}, "owner"),
        ({"made_on": today() + timedelta(days=1)}, "made_on"),
        ({"made_on": None}, "made_on"),
        ({"due_on": HELD - timedelta(days=1)}, "due_on"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2900, 1, 1)}, "due_on"),
    ],
)
def test_a_promise_that_says_not_what_who_or_when_is_refused_by_field(made, more, field):
    with pytest.raises(Refused) as refusal:
        made(**more)
    assert (
        refusal.value.field == field
        and not Commitment.objects.exists()
        and not Obligation.objects.exists()
    )


@pytest.mark.parametrize(
    ("act", "given_", "field"),
    [
        ("fulfil", {"on": HELD - timedelta(days=1), "text": "a"}, "on"),
        ("fulfil", {"on": today() + timedelta(days=1), "text": "a"}, "on"),
        ("fulfil", {"on": DONE, "text": " "}, "text"),
        ("postpone", {"on": DONE, "due_on": DUE, "reason": "a"}, "due_on"),
        ("postpone", {"on": DONE, "due_on": LATER, "reason": ""}, "reason"),
        ("dispute", {"on": DONE, "text": ""}, "text"),
        ("confirm", {"on": HELD}, "on"),
        ("withdraw", {"on": DONE, "reason": ""}, "reason"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_moves(made, system, act, given_, field):
    it = walked(made(), WAY_TO[MOVES[act].sources[0]], system)
    with pytest.raises(Refused) as refusal:
        getattr(actions, f"{act}_commitment")(it, by=system, **given_)
    assert refusal.value.field == field and Commitment.objects.get().state == it.state


def test_what_has_ended_never_changes_and_nothing_is_removed(made, system):
    it = walked(made(), ("postpone", "fulfil", "confirm"), system)
    for statement in (
        "UPDATE minutes_commitment SET in_time = false",
        "DELETE FROM minutes_commitment",
        "UPDATE minutes_term SET due_on = '2026-09-01'",
        "DELETE FROM minutes_term",
        "UPDATE minutes_commitmentstep SET text = 'khác'",
        "DELETE FROM minutes_commitmentstep",
    ):
        with (
            pytest.raises(DatabaseError, match="never"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert it.kept_on == DONE


def test_the_promise_itself_is_never_rewritten(made):
    made()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Commitment.objects.update(title="Nhẹ hơn")


@pytest.mark.digested
def test_the_proof_is_kept_with_the_step_that_says_so(made, system):
    it = actions.fulfil_commitment(
        made(),
        by=system,
        on=DONE,
        text="Biên bản nghiệm thu",
        files=[(BytesIO(PDF), "nghiem-thu.pdf")],
        is_public=True,
    )
    paper = it.papers.get()
    assert (paper.name, paper.is_public, paper.step.act) == ("nghiem-thu.pdf", True, "fulfil")
    check_each_field("commitment_paper")


def test_both_sides_are_told_and_where_to_tell_is_forgotten_at_the_end(
    made, system, holder, country
):
    clerk, front = (
        holder("commune_clerk", country.here, name="Thư ký").account,
        holder("front_clerk", country.here, name="Mặt trận").account,
    )
    it = made(contact=("email", "man@vidu.vn"))
    assert Notice.objects.filter(account=clerk, text__contains=it.code).count() == 1
    load_escalations(by=system)
    soon = [tell_steps(by=system, on=DUE - timedelta(days=days)) for days in (20, 3, 3)]
    assert (soon[0], soon[1] > 0, soon[2]) == (0, True, 0) and Notice.objects.filter(
        account=clerk
    ).count() == 2
    it = walked(it, ("fulfil",), system)
    assert Notice.objects.filter(account=front, text__contains="xác nhận").count() == 1
    waiting = Notice.objects.get(channel="email")
    assert (waiting.target, "ngõ 5" in waiting.text) == ("man@vidu.vn", False)
    walked(it, ("confirm",), system)
    assert not CommitmentContact.objects.exists()
    assert "man@vidu" not in str(list(Entry.objects.values_list("data", flat=True)))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=9))
def test_any_order_of_acts_leaves_one_lawful_promise(made, system, acts):
    with transaction.atomic():
        it, state = made(), State.MADE
        for act in acts:
            try:
                with transaction.atomic():
                    it = ACTS[act](it, system)
                assert state in MOVES[act].sources
                state = MOVES[act].target or state
            except Refused:
                assert (
                    state not in MOVES[act].sources or act == "postpone"
                )  # put off twice to the same day
        kept = Commitment.objects.select_related("obligation").get(pk=it.pk)
        running = Term.objects.filter(commitment=kept, ended_on=None)
        assert kept.state == state and running.count() == (state in RUNNING)
        assert Obligation.objects.open().filter(subject=kept.code).count() == (state in RUNNING)
        if state in RUNNING:
            assert running.get().due_on == kept.due_on == kept.obligation.due_on
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("closed_on", "fulfilled_on", "in_time"),
    [(DONE, DUE, True), (DONE, LATE, False), (LATE, DUE, False)],
)
def test_a_promise_whose_obligation_was_closed_by_hand_is_fulfilled_and_judged_by_its_day(
    made, system, closed_on, fulfilled_on, in_time
):
    it = made()
    meet_obligation(it.obligation, by=system, on=closed_on)
    it = actions.fulfil_commitment(it, by=system, on=fulfilled_on, text="Xong")
    assert (it.state, it.in_time, it.obligation.done_on) == ("fulfilled", in_time, closed_on)


@pytest.mark.parametrize("act", ["postpone", "withdraw"])
def test_a_promise_whose_obligation_was_closed_by_hand_is_put_off_or_withdrawn(made, system, act):
    it = made()
    meet_obligation(it.obligation, by=system, on=DONE)
    it = ACTS[act](it, system)
    assert it.steps.last().act == act
