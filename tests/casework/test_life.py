"""The life of petitions: each act only from the states of the table, by whom the table names,
judged by the law of the day.
"""

import inspect
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.casework.actions import citizen_step, take_step
from danchu.casework.models import Petition, Petitioner, Step
from danchu.casework.moves import ACTS, FINAL, PETITION_LIFE, State
from danchu.casework.natures import Nature
from danchu.casework.rules.changes import CHANGES
from danchu.casework.sections.petition_acts import FORMS
from danchu.casework.writes.clocks import clocks_of
from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.models import Notice
from danchu.people.actor import Actor
from tests.casework.conftest import RECEIVED
from tests.sizes import long, part

DAYS = {act: RECEIVED + timedelta(days=n) for n, act in enumerate(ACTS)}
OURS = {"eligible": True, "competent": True}
THEIRS, BAD = {"eligible": True, "competent": False}, {"eligible": False, "fault": "unclear"}
GIVEN = {
    "classify": OURS,
    "guide": {"elsewhere": "Tòa án"},
    "forward": {"elsewhere": "Sở Xây dựng"},
    "urge": {"elsewhere": "UBND xã Láng"},
    "extend": {"complexity": "complex"},
    "invite": {"dialogue_on": RECEIVED + timedelta(days=20)},
    "decide": {"verdict": "founded"},
}
# A way to each state, written out apart from the table of moves: (act, what is given if not the
# usual).
SUSPENDABLE = date(2026, 7, 1)  # since when the law knows the suspension of a complaint
ACCEPTED = (("classify", OURS), ("accept", {}))
WAYS = {
    "complaint": {
        State.RECEIVED: (),
        State.CLASSIFIED: (("classify", OURS),),
        State.ACCEPTED: ACCEPTED,
        State.VERIFYING: (*ACCEPTED, ("verify", {})),
        State.DIALOGUED: (*ACCEPTED, ("verify", {}), ("hold_dialogue", {})),
        State.DECIDED: (*ACCEPTED, ("verify", {}), ("decide", {})),
        State.SENT: (*ACCEPTED, ("verify", {}), ("decide", {}), ("send", {})),
        State.CLOSED: (*ACCEPTED, ("verify", {}), ("decide", {}), ("send", {}), ("close", {})),
        State.REFUSED: (("classify", OURS), ("refuse", {})),
        State.GUIDED: (("classify", THEIRS), ("guide", {})),
        State.FORWARDED: (("classify", THEIRS), ("forward", {})),
        State.URGED: (("classify", THEIRS), ("urge", {})),
        State.RETURNED: (("classify", THEIRS), ("return", {})),
        State.FILED: (("classify", BAD), ("file", {})),
        State.SUSPENDED: (
            ("classify", {**OURS, "on": SUSPENDABLE}),
            ("accept", {"on": SUSPENDABLE}),
            ("suspend", {"on": SUSPENDABLE}),
        ),
        State.STOPPED: (*ACCEPTED, ("stop", {})),
        State.WITHDRAWN: (("withdraw", {}),),
    },
    "denunciation": {
        State.RECEIVED: (),
        State.CLASSIFIED: (("classify", OURS),),
        State.ACCEPTED: ACCEPTED,
        State.VERIFYING: (*ACCEPTED, ("verify", {})),
        State.DECIDED: (*ACCEPTED, ("verify", {}), ("decide", {})),
        State.SENT: (*ACCEPTED, ("verify", {}), ("decide", {}), ("send", {})),
        State.PUBLISHED: (*ACCEPTED, ("verify", {}), ("decide", {}), ("send", {}), ("publish", {})),
        State.CLOSED: (
            *ACCEPTED,
            ("verify", {}),
            ("decide", {}),
            ("send", {}),
            ("publish", {}),
            ("close", {}),
        ),
        State.REFUSED: (("classify", OURS), ("refuse", {})),
        State.FORWARDED: (("classify", THEIRS), ("forward", {})),
        State.URGED: (("classify", THEIRS), ("urge", {})),
        State.FILED: (("classify", BAD), ("file", {})),
        State.SUSPENDED: (*ACCEPTED, ("suspend", {})),
        State.STOPPED: (*ACCEPTED, ("stop", {})),
        State.WITHDRAWN: (("withdraw", {}),),
        State.USED: (("classify", {"eligible": False, "fault": "anonymous"}), ("use", {})),
    },
    "feedback": {
        State.RECEIVED: (),
        State.CLASSIFIED: (("classify", OURS),),
        State.ACCEPTED: ACCEPTED,
        State.ANSWERED: (*ACCEPTED, ("answer", {})),
        State.CLOSED: (*ACCEPTED, ("answer", {}), ("close", {})),
        State.GUIDED: (("classify", THEIRS), ("guide", {})),
        State.FORWARDED: (("classify", THEIRS), ("forward", {})),
        State.URGED: (("classify", THEIRS), ("urge", {})),
        State.FILED: (("classify", BAD), ("file", {})),
        State.WITHDRAWN: (("withdraw", {}),),
    },
}


def move_of(act, nature):
    return next(PETITION_LIFE.of_act(act, nature), None)


def step(it, act, by, on=RECEIVED, **given_):
    return take_step(
        it, act, by=by, on=on, **{"text": "Lời nói rõ", **GIVEN.get(act, {}), **given_}
    )


def walked(it, way, by):
    for act, given_ in way:
        it = step(it, act, by, **given_)
    return it


def test_the_table_has_no_dead_end_and_no_state_that_is_never_reached():
    for nature in Nature.values:
        moves, reached = (
            [move for move in PETITION_LIFE.moves if nature in move.variants],
            {State.RECEIVED},
        )
        for _ in State:
            reached |= {
                move.target or source
                for move in moves
                for source in move.sources
                if source in reached
            }
        if nature == "complaint":
            assert reached - {State.PUBLISHED} == set(
                WAYS[nature]
            )  # published: only the second time
        else:
            assert reached == set(WAYS[nature])
        ends = {
            State.CLOSED,
            State.REFUSED,
            State.GUIDED,
            State.RETURNED,
            State.FILED,
            State.STOPPED,
            State.WITHDRAWN,
            State.FORWARDED,
            State.URGED,
            State.USED,
        }
        assert set(FINAL) == ends
        for state in reached - ends:  # from each an end is reached
            front = {state}
            for _ in State:
                front |= {
                    move.target for move in moves if set(move.sources) & front and move.target
                }
            assert front & ends, state


@long
@pytest.mark.parametrize("nature", Nature.values)
def test_each_act_follows_only_the_states_of_the_table(registered, system, nature):
    wrong = []
    for state, way in WAYS[nature].items():
        it = walked(registered(nature), way, system)
        assert it.state == state
        for act in part(ACTS, 6, f"{nature} {state}"):
            move, before = move_of(act, nature), Petition.objects.values().get(pk=it.pk)
            lawful = move is not None and state in move.sources
            with transaction.atomic():
                try:
                    done = step(it, act, system).state == (move.target or state)
                except (Refused, Denied) as no:
                    done = (
                        "thì" in str(no) or "Chỉ" in str(no) or "phải" in str(no)
                        if lawful
                        else False
                    )
                    unchanged = Petition.objects.values().get(pk=it.pk) == before
                    done = done and unchanged if lawful else not unchanged
                transaction.set_rollback(True)
            if done != lawful:
                wrong.append((state, act, lawful))
    assert wrong == []


BY_OFFICE = {  # written out apart from the table and from office_kinds.toml
    "commune_clerk": "draft",
    "petition_officer": "draft",
    "committee_chair": "draft confirm",
    "inspectorate_chief": "confirm",
}
CONFIRMED = {"accept", "refuse", "extend", "decide", "suspend", "resume", "stop"}


def test_each_act_is_done_by_whom_the_table_names_and_only_at_his_own_place(
    registered, system, at, offices
):
    wrong = []
    for place in ("here", "next_door"):
        actors = {office: at(office, place) for office in offices} | {"public": Actor.public()}
        it = registered("complaint")
        for act in ACTS:
            if (move := move_of(act, "complaint")) is None:
                continue
            for office, actor in actors.items():
                verbs = BY_OFFICE.get(office, "").split()
                expected = place == "here" and ("confirm" if act in CONFIRMED else "draft") in verbs
                it.state = move.sources[0]
                with transaction.atomic():
                    try:
                        step(it, act, actor)
                        done = True
                    except Refused:
                        done = True  # it was his to try
                    except Denied:
                        done = False
                    transaction.set_rollback(True)
                if done != expected or (act in PETITION_LIFE.acts_of(it, actor)) != expected:
                    wrong.append((place, office, act, done))
    assert wrong == []


def due_of(it, key):
    return [(owed.due_on, owed.state) for owed in clocks_of(it) if owed.rule.key == key]


def test_a_complaint_runs_by_the_law_before_and_after_1_7_2026(registered, system):
    before = registered("complaint", received_on=date(2026, 6, 15))
    after = registered("complaint", received_on=date(2026, 7, 1))
    assert due_of(before, "complaint.accept") == [
        (date(2026, 6, 25), "open")
    ]  # 10 days (Law 2011 art. 27)
    assert due_of(after, "complaint.accept") == [
        (date(2026, 7, 10), "open")
    ]  # 7 working days (Decree 155/2026 art. 10)
    it = walked(
        before,
        (("classify", {"on": date(2026, 6, 16), **OURS}), ("accept", {"on": date(2026, 6, 26)})),
        system,
    )
    assert due_of(it, "complaint.accept") == [(date(2026, 6, 25), "late")]
    assert due_of(it, "complaint.resolve") == [
        (date(2026, 7, 27), "open")
    ]  # 30 days end on a Sunday
    it = step(it, "verify", system, date(2026, 6, 29))
    it = step(it, "invite", system, date(2026, 7, 2), dialogue_on=date(2026, 7, 6))
    assert due_of(it, "complaint.dialogue_notice") == [
        (date(2026, 7, 1), "late")
    ]  # 5 days before, only since Decree 155
    it = walked(
        it,
        (("hold_dialogue", {"on": date(2026, 7, 6)}), ("decide", {"on": date(2026, 7, 27)})),
        system,
    )
    assert (it.in_time, it.ended_on, due_of(it, "complaint.resolve")) == (
        True,
        date(2026, 7, 27),
        [(date(2026, 7, 27), "met")],
    )
    assert due_of(it, "complaint.send") == [(date(2026, 7, 30), "open")]


def test_a_denunciation_has_its_own_clocks_and_extensions(registered, system):
    it = registered("denunciation", received_on=date(2026, 3, 2))
    assert due_of(it, "denunciation.process") == [(date(2026, 3, 11), "open")]
    it = walked(
        it,
        (
            ("classify", OURS),
            ("accept", {"on": date(2026, 3, 10)}),
            ("notify", {"on": date(2026, 3, 12)}),
        ),
        system,
    )
    assert due_of(it, "denunciation.notify") == [(date(2026, 3, 17), "met")]
    it = walked(
        it, (("verify", {"on": date(2026, 3, 12)}), ("extend", {"on": date(2026, 4, 1)})), system
    )
    assert due_of(it, "denunciation.resolve")[0][1] == "excused"
    assert due_of(it, "denunciation.resolve.complex") == [
        (date(2026, 5, 11), "open")
    ]  # 60 days from 10/03, over a weekend
    it = step(it, "decide", system, date(2026, 5, 12))
    assert it.in_time is False
    assert {
        key: due_of(it, key)[0][0] for key in ("denunciation.send", "denunciation.publish")
    } == {
        "denunciation.send": date(2026, 5, 19),
        "denunciation.publish": date(2026, 5, 21),
    }


def test_days_of_a_suspension_do_not_count(registered, system):
    it = walked(
        registered("complaint"),
        (
            ("classify", {"on": date(2026, 7, 1), **OURS}),
            ("accept", {"on": date(2026, 7, 1)}),
            ("suspend", {"on": date(2026, 7, 10)}),
        ),
        system,
    )
    assert [state for _due, state in due_of(it, "complaint.resolve")] == ["excused"]
    it = step(it, "resume", system, date(2026, 7, 21))
    assert due_of(it, "complaint.resolve")[-1] == (
        date(2026, 8, 11),
        "open",
    )  # 30 days from 01/07 and eleven more


def test_a_second_complaint_has_longer_clocks_and_must_be_published(registered, system):
    first = walked(registered("complaint"), WAYS["complaint"][State.SENT], system)
    second = registered("complaint", stage="second", follows=first, received_on=date(2026, 3, 20))
    it = walked(
        second,
        (
            ("classify", {"on": date(2026, 3, 23), **OURS}),
            ("accept", {"on": date(2026, 3, 23)}),
            ("verify", {"on": date(2026, 3, 23)}),
            ("hold_dialogue", {"on": date(2026, 4, 15)}),
            ("decide", {"on": date(2026, 4, 20)}),
        ),
        system,
    )
    assert due_of(it, "complaint.second_resolve") == [(date(2026, 5, 7), "met")]
    assert due_of(it, "complaint.second_publish") == [(date(2026, 5, 5), "open")]
    it = step(it, "send", system, date(2026, 4, 22))
    with pytest.raises(Refused, match="công khai"):
        step(it, "close", system, date(2026, 4, 22))
    assert (
        walked(
            it, (("publish", {"on": date(2026, 5, 4)}), ("close", {"on": date(2026, 5, 4)})), system
        ).state
        == "closed"
    )


def test_the_sender_says_not_solved_and_it_is_open_again_with_a_new_clock(registered, system):
    it, secret = registered("feedback", whole=True)
    it = walked(it, (*ACCEPTED, ("answer", {"text": "Đã dọn"})), system)
    assert (it.in_time, Notice.objects.filter(channel="email").count()) == (
        True,
        2,
    )  # accepted, answered
    with pytest.raises(Denied):
        citizen_step(it, "reopen", by=Actor.public(), secret="AAAA", text="Chưa dọn")
    with pytest.raises(Refused):
        citizen_step(it, "reopen", by=Actor.public(), secret=secret, text=" ")
    it = citizen_step(
        it, "reopen", by=Actor.public(), secret=secret.lower().replace("-", " "), text="Chưa dọn"
    )
    assert (it.state, it.reopened, it.is_solved, it.ended_on) == ("accepted", 1, False, None)
    assert len(due_of(it, "feedback.answer")) == 2
    it = citizen_step(
        step(it, "answer", system, today()), "close", by=Actor.public(), secret=secret
    )
    assert (it.state, it.is_solved) == ("closed", True)
    for text in ("a", "b"):
        it = step(
            citizen_step(it, "reopen", by=Actor.public(), secret=secret, text=text),
            "answer",
            system,
            today(),
        )
    with pytest.raises(Refused, match="mở lại 3"):
        citizen_step(it, "reopen", by=Actor.public(), secret=secret, text="c")


def test_a_withdrawn_petition_excuses_what_runs_and_never_changes(registered, system):
    it, secret = registered("complaint", whole=True)
    it = citizen_step(
        walked(it, WAYS["complaint"][State.VERIFYING], system),
        "withdraw",
        by=Actor.public(),
        secret=secret,
        text="Đã thỏa thuận",
    )
    assert it.state == "withdrawn" and [
        owed.rule.key for owed in clocks_of(it).filter(state="open")
    ] == ["complaint.suspend_send"]
    step(it, "notify", system, today())
    assert not clocks_of(it).filter(state="open").exists()
    for statement in (
        "UPDATE casework_petition SET in_time = NOT in_time",
        "DELETE FROM casework_petition",
        "UPDATE casework_step SET act = 'x'",
        "DELETE FROM casework_step",
    ):
        with (
            pytest.raises(DatabaseError, match="never"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert list(verify_chain()) == []


@pytest.mark.parametrize(
    ("act", "given_", "field"),
    [
        ("classify", {"eligible": None}, "eligible"),
        ("classify", BAD | {"fault": ""}, "fault"),
        ("classify", {"eligible": True, "competent": None}, "competent"),
        ("classify", OURS | {"people": 0}, "people"),
        ("classify", OURS | {"nature": "denunciation"}, "nature"),
        ("classify", OURS | {"on": RECEIVED - timedelta(days=1)}, "on"),
        ("classify", OURS | {"on": today() + timedelta(days=3)}, "on"),
        ("withdraw", {"text": ""}, "text"),
        ("withdraw", {"text": "x" * 20_001}, "text"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_nothing_moves(
    registered, system, act, given_, field
):
    it = registered("complaint")
    with pytest.raises(Refused) as refusal:
        step(it, act, system, **given_)
    assert refusal.value.field == field
    assert (Petition.objects.get().state, Step.objects.count()) == ("received", 1)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sampled_from(Nature.values), st.lists(st.sampled_from(ACTS), max_size=14))
def test_any_order_of_acts_leaves_one_lawful_petition(registered, system, nature, acts):
    with transaction.atomic():
        it, state, steps = registered(nature), State.RECEIVED, 1
        for act in acts:
            move = move_of(act, nature)
            try:
                with transaction.atomic():
                    it = step(it, act, system)
                assert state in move.sources
                state, steps = move.target or state, steps + 1
            except (Refused, Denied):
                continue
        kept = Petition.objects.get(pk=it.pk)
        assert kept.state == state and kept.steps.count() == steps
        running = list(clocks_of(kept).filter(state="open"))
        assert not (running and state in FINAL)
        if (
            state in ("received", "classified", "decided", "accepted")
            and nature != "feedback"
            or nature == "feedback"
            and state == "accepted"
        ):
            assert running, (state, "somebody waits and nothing is owed")
        assert (kept.ended_on is None) == (kept.in_time is None)
        transaction.set_rollback(True)


def test_the_journal_tells_each_step_and_no_person(registered, system):
    walked(registered("feedback"), WAYS["feedback"][State.CLOSED], system)
    acts = list(
        Entry.objects.filter(kind="petition").order_by("number").values_list("act", flat=True)
    )
    assert acts == [
        "petition.registered",
        "petition.classify",
        "petition.accept",
        "petition.answer",
        "petition.close",
    ]
    told = " ".join(str(e.data) for e in Entry.objects.all())
    assert "Mận" not in told and "0912345678" not in told and "man@" not in told
    assert Petitioner.objects.get().name == "Nguyễn Thị Mận"


def test_a_text_is_called_optional_only_where_the_act_takes_none():
    for act, change in CHANGES.items():
        text = FORMS[act].base_fields.get("text") if act in FORMS else None
        is_needed = "required_text(" in inspect.getsource(change)
        assert is_needed == bool(text and text.required), act
