"""Lives drawn at random, several at once, by officials and senders, over days that pass: never
an unlawful row, never one that cannot end.
"""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from danchu.casework.actions import (
    citizen_step,
    complain_again,
    hand_over_petition,
    register_petition,
    split_petition,
    take_step,
    turn_into_denunciation,
)
from danchu.casework.models import Matter, Petition, Petitioner
from danchu.casework.moves import ACTS, FINAL, PETITION_LIFE, SENDER_ACTS, State
from danchu.casework.natures import Fault, Nature
from danchu.casework.writes.clocks import clocks_of
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from tests.casework.conftest import PERSON
from tests.sizes import long, size

PUBLIC, START = Actor.public(), date(2026, 6, 8)  # the acts of 1/7/2026 come into force on the way
GRAVE = (Nature.COMPLAINT, Nature.DENUNCIATION)
# What may still be owed when a case has ended: the decision that ended it has to be sent.
AFTER = {"complaint.suspend_send", "denunciation.suspend_send"}


def usual_next(it):
    """(act, given) on the way to an end that is open to every row, or None at one; written out
    apart from the table of moves.
    """
    ours = {"eligible": True, "competent": True}
    if it.state == State.RECEIVED:
        return (
            "classify",
            ours
            if it.is_named or it.nature == Nature.FEEDBACK
            else {"eligible": False, "fault": Fault.ANONYMOUS},
        )
    if it.state == State.CLASSIFIED:
        if not it.eligible:
            return (
                ("use", {})
                if it.nature == Nature.DENUNCIATION and it.fault == Fault.ANONYMOUS
                else ("file", {})
            )
        return ("accept", {}) if it.competent else ("forward", {"elsewhere": "Sở Xây dựng"})
    must_be_public = it.nature == Nature.DENUNCIATION or it.stage != "first"
    decide = ("decide", {"verdict": "partly"})
    needs_dialogue = (
        it.nature == Nature.COMPLAINT
        and it.stage == "second"
        and not it.steps.filter(act="hold_dialogue").exists()
    )
    return {
        State.ACCEPTED: ("answer", {}) if it.nature == Nature.FEEDBACK else ("verify", {}),
        State.VERIFYING: ("hold_dialogue", {}) if needs_dialogue else decide,
        State.DIALOGUED: decide,
        State.DECIDED: ("send", {}),
        State.SENT: ("publish", {}) if must_be_public else ("close", {}),
        State.PUBLISHED: ("close", {}),
        State.ANSWERED: ("close", {}),
        State.SUSPENDED: ("resume", {}),
    }.get(it.state)


class Lives(RuleBasedStateMachine):
    """`by`, `country` and `clock` are given by the test; every example is taken back."""

    by = country = clock = None

    @initialize()
    def begin(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.clock.set(START)
        self.secrets, self.known = {}, {}
        self.matter = Matter.objects.get(key="land_use")

    def teardown(self):
        if not hasattr(self, "block"):
            return
        try:
            for pk in list(self.known):
                self.finish(Petition.objects.get(pk=pk))
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def tried(self, act, *of):
        """What the act made, or None where it was refused; what was refused has left every row
        as it was.
        """
        before = list(Petition.objects.order_by("pk").values())
        try:
            with transaction.atomic():
                return act()
        except (Refused, Denied):
            assert list(Petition.objects.order_by("pk").values()) == before
            return None

    def drawn(self, n):
        return Petition.objects.get(pk=sorted(self.known)[n % len(self.known)])

    def noted(self, made, secret=""):
        self.known[made.pk], self.secrets[made.pk] = made.state, secret
        return made

    @rule(nature=st.sampled_from(Nature.values), named=st.booleans(), second=st.booleans())
    def register(self, nature, named, second):
        stage = "second" if second and nature == Nature.COMPLAINT else "first"
        made, secret = register_petition(
            by=self.by,
            nature=nature,
            channel="post",
            matter=self.matter,
            unit=self.country.here,
            place=self.country.here,
            title="Lấn đất công",
            content="Xây lấn ra đường",
            persons=[PERSON] if named else [],
            stage=stage,
        )
        self.noted(made, secret)

    @rule(days=st.integers(0, 25))
    def days_pass(self, days):
        self.clock.forward(days=days)

    @precondition(lambda self: self.known)
    @rule(
        n=st.integers(0, 50),
        act=st.sampled_from(ACTS),
        eligible=st.booleans(),
        competent=st.booleans(),
        fault=st.sampled_from(Fault.values),
        complexity=st.sampled_from(["complex", "very_complex"]),
        back=st.integers(0, 3),
    )
    def step(self, n, act, eligible, competent, fault, complexity, back):
        it = self.drawn(n)
        given = {
            "eligible": eligible,
            "competent": competent,
            "fault": fault,
            "elsewhere": "Sở Xây dựng",
            "complexity": complexity,
            "dialogue_on": today() + timedelta(days=7),
            "verdict": "founded",
        }
        done = self.tried(
            lambda: take_step(
                it, act, by=self.by, on=today() - timedelta(days=back), text="Lý do rõ", **given
            )
        )
        if done is not None:
            move = next(PETITION_LIFE.of_act(act, it.nature))
            assert it.state in move.sources and done.state == (move.target or it.state)
            self.noted(done, self.secrets[it.pk])

    @precondition(lambda self: self.known)
    @rule(n=st.integers(0, 50), act=st.sampled_from(SENDER_ACTS), right=st.booleans())
    def sender(self, n, act, right):
        it = self.drawn(n)
        done = self.tried(
            lambda: citizen_step(
                it,
                act,
                by=PUBLIC,
                secret=self.secrets[it.pk] if right else "AAAA-AAAA-AAAA-AAAA",
                text="Tôi muốn vậy",
            )
        )
        assert (
            done is None or right and it.state in next(PETITION_LIFE.of_act(act, it.nature)).sources
        )
        if done is not None:
            self.noted(done, self.secrets[it.pk])

    @precondition(lambda self: self.known)
    @rule(
        n=st.integers(0, 50),
        what=st.sampled_from(["hand_over", "split", "seal_part", "turn", "again"]),
    )
    def pass_on(self, n, what):
        it, words = self.drawn(n), {"title": "Thu tiền", "content": "Thu tiền không biên lai"}
        to = self.country.next_door if it.unit_id == self.country.here.pk else self.country.here
        made = self.tried(
            {
                "hand_over": lambda: (
                    hand_over_petition(it, by=self.by, to=to, on=today(), text="Chuyển"),
                    self.secrets[it.pk],
                ),
                "split": lambda: split_petition(
                    it, by=self.by, nature="feedback", matter=self.matter, **words
                ),
                "seal_part": lambda: split_petition(
                    it,
                    by=self.by,
                    nature="denunciation",
                    matter=self.matter,
                    rest_title="Đất",
                    rest_content="Lấn đất",
                    **words,
                ),
                "turn": lambda: (
                    turn_into_denunciation(
                        it, by=self.by, rest_title="Đất", rest_content="Lấn đất", **words
                    ),
                    self.secrets[it.pk],
                ),
                "again": lambda: complain_again(
                    it, by=PUBLIC, secret=self.secrets[it.pk], content="Không đồng ý"
                ),
            }[what]
        )
        if made is not None:
            self.noted(*made)
            self.known[it.pk] = Petition.objects.get(pk=it.pk).state

    @invariant()
    def every_row_is_lawful(self):
        for it in Petition.objects.filter(pk__in=getattr(self, "known", {})):
            assert it.state == self.known[it.pk]
            steps = list(it.steps.order_by("number").values_list("number", "on"))
            assert [number for number, _on in steps] == list(range(1, len(steps) + 1)) and [
                on for _n, on in steps
            ] == sorted(on for _n, on in steps)
            running = {owed.rule.key for owed in clocks_of(it).filter(state="open")}
            assert not (it.state in FINAL and running - AFTER), (it.state, running)
            waits = (
                it.state in (State.RECEIVED, State.DECIDED)
                or it.state == State.ACCEPTED
                or it.state in (State.VERIFYING, State.DIALOGUED)
            )
            assert running or not waits, (it.nature, it.state, "somebody waits and nothing is owed")
            assert (it.ended_on is None) == (it.in_time is None)
            if it.nature == Nature.DENUNCIATION:
                assert (
                    it.sealed_id
                    and not it.sender_key
                    and not Petitioner.objects.filter(petition=it).exists()
                )

    def finish(self, it):
        """Whatever happened, a lawful way leads to an end, and nothing is owed behind it."""
        for _ in range(12):
            if it.state in FINAL:
                break
            act, given = usual_next(it)
            it = take_step(
                it, act, by=self.by, on=max(today(), it.moved_on), text="Lý do rõ", **given
            )
        assert it.state in FINAL, (it.nature, it.state)
        left = [owed.rule.key for owed in clocks_of(it).filter(state="open")]
        if left:
            assert set(left) <= AFTER
            it = take_step(it, "notify", by=self.by, on=max(today(), it.moved_on), text="Đã gửi")
        assert not clocks_of(it).filter(state="open").exists()


@long
def test_lives_at_random_are_lawful_and_end(law, country, system, clock):
    class Here(Lives):
        pass

    Here.by, Here.country, Here.clock = system, country, clock
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=size(5, 40),
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("nature", Nature.values)
def test_the_usual_way_is_of_the_table(registered, system, clock, nature):
    """The way to an end that the machine above goes is itself lawful from the start, for named
    and unnamed senders.
    """
    clock.set("2026-03-02")
    for persons in ([PERSON], []):
        it, seen = registered(nature, persons=persons), []
        while (following := usual_next(it)) is not None:
            seen.append(following[0])
            it = take_step(it, following[0], by=system, on=today(), text="Lý do rõ", **following[1])
        assert it.state in FINAL and all(any(PETITION_LIFE.of_act(act, nature)) for act in seen)
        assert seen[-1] == (
            "close"
            if persons or nature == "feedback"
            else "use"
            if nature == "denunciation"
            else "file"
        )
