"""A process that counts is killed (SIGKILL) before any statement of the count, and after the last
one: the vote is as it was or as it must be, nothing is counted twice or lost.
"""

import os
import signal

import pytest
from django.db import connection, connections

from danchu.decision import actions
from danchu.decision.lives import State
from danchu.decision.models import BallotCount, HouseholdVote, OnlineChoice
from danchu.decision.writes.choices import NO, YES
from danchu.decision.writes.online_keys import destroy_keys_of_closed
from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.vault.urn import urns
from tests.decision import played
from tests.decision.played import ballots_out, choose, count, fallen_short, latest, meet, propose
from tests.decision.test_online import cast, on_matter, poll_of, roll  # noqa: F401
from tests.sizes import long, part

pytestmark = pytest.mark.django_db(transaction=True)
NUMBERS = ("households", "attending", "issued", "returned", "yes", "no", "other", "blank")


class Killer:
    """Kills this process before the statement with this number, from 0."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        return execute(sql, params, many, context)


def killed_before(number, work):
    """Do the work in a process of its own that is killed before a statement; whether it was, and
    not done before.
    """
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            with connection.execute_wrapper(Killer(number)):
                work()
        finally:
            os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def all_of(decision):
    """What stands in the database of the decision and its votes."""
    votes = HouseholdVote.objects.filter(decision=decision).order_by("number")
    decision.refresh_from_db()
    return (
        decision.state,
        decision.outcome,
        list(votes.values_list("outcome", *NUMBERS)),
        sorted(BallotCount.objects.values_list("made_by", "yes", "returned")),
        sorted(OnlineChoice.objects.filter(sealed=None).values_list("entry", flat=True)),
        Entry.objects.about(decision).count(),
    )


def killed_at_each_statement(decision, work, name):
    """Kill the work before its statements, one after the other, until it is done. Each time all
    must be as before.
    """
    before = all_of(decision)
    for number in part(range(200), 3, name):
        if not killed_before(number, work):
            break
        assert all_of(decision) == before, number
    else:
        work()
    assert all_of(decision)[-1] == before[-1] + 1  # one entry of the journal, however often
    assert verify_chain() == []


@long
def test_a_count_of_a_meeting_that_is_killed_counts_nothing_until_it_is_done(officials, system):
    played.write_roll(officials.village, 9)
    decision = choose(meet(propose(officials.village, system), system, 8), system)
    votes = {"yes": 6, "no": 2, "other": 0}
    killed_at_each_statement(
        decision, lambda: actions.vote_in_meeting(decision, by=system, **votes), "meeting"
    )
    assert (decision.state, latest(decision).yes, latest(decision).no) == (State.PASSED, 6, 2)


@long
def test_a_count_of_ballots_that_is_killed_is_neither_lost_nor_there_twice(officials, system):
    played.write_roll(officials.village, 9)
    decision = ballots_out(fallen_short(officials.village, system, 5), system)
    first, second = officials.by["clerk"], officials.by["head"]
    killed_at_each_statement(decision, lambda: count(decision, first, 7), "first count")
    assert BallotCount.objects.count() == 1 and decision.state == State.BALLOTING
    killed_at_each_statement(decision, lambda: count(decision, second, 7), "second count")
    assert BallotCount.objects.count() == 2 and decision.state == State.PASSED
    assert (latest(decision).yes, latest(decision).returned) == (7, 9)


@long
def test_a_count_on_line_that_is_killed_keeps_its_key_until_the_result_stands(
    officials,
    system,
    roll,
    clock,  # noqa: F811
):
    decision = on_matter(officials.village, system, clock)
    cast(decision, *[YES] * 6, NO)
    clock.set("2026-03-06")
    poll = poll_of(decision)

    def close():
        actions.close_online(decision, by=system)

    connections.close_all()
    before = all_of(decision)
    for number in part(range(20), 4, "key"):
        if not killed_before(number, close):
            pytest.fail("it closed before it was killed")
        assert all_of(decision) == before and str(poll.uid) in urns()
    killed_at_each_statement(decision, close, "on line")
    poll.refresh_from_db()
    assert (poll.cast, poll.yes, poll.no) == (7, 6, 1) and decision.state == State.PASSED
    assert not OnlineChoice.objects.filter(poll=poll).exclude(sealed=None).exists()
    destroy_keys_of_closed()
    assert str(poll.uid) not in urns()
    assert verify_chain() == []


def test_who_is_killed_behind_the_result_leaves_a_key_that_the_next_start_destroys(
    officials,
    system,
    roll,
    clock,
    monkeypatch,  # noqa: F811
):
    decision = on_matter(officials.village, system, clock)
    cast(decision, *[YES] * 6, NO)
    clock.set("2026-03-06")
    poll = poll_of(decision)

    def die(_uid):
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr("danchu.decision.actions.online.destroy_urn", die)
    assert killed_before(1_000, lambda: actions.close_online(decision, by=system))
    poll.refresh_from_db()
    assert (poll.cast, poll.yes, poll.no) == (7, 6, 1)
    assert str(poll.uid) in urns()
    assert destroy_keys_of_closed() == 1
    assert str(poll.uid) not in urns()
