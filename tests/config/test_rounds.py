"""The hourly round inside the served product: when it begins, one at a time, tried again, not
under a clock just set.
"""

import pytest

from danchu.config import rounds
from danchu.config.rounds import AGAIN, EVERY, FIRST, SETTLED, Rounds


class Child:
    """A round that runs until it is told to have ended."""

    def __init__(self):
        self.returncode = None
        self.ended = []

    def poll(self):
        return self.returncode

    def terminate(self):
        self.ended.append("asked")
        self.returncode = -15

    def wait(self, _seconds=None):
        return self.returncode


@pytest.fixture
def played(monkeypatch):
    """(look after so many seconds, the rounds, the children begun, set the wall clock by)"""
    monkeypatch.setattr(rounds, "say", lambda text: None)
    times, begun = {"steady": 1000.0, "apart": 1.7e9}, []

    def start():
        begun.append(Child())
        return begun[-1]

    made = Rounds(
        start, wall=lambda: times["steady"] + times["apart"], steady=lambda: times["steady"]
    )

    def after(seconds, clock_set_by=0):
        times["steady"] += seconds
        times["apart"] += clock_set_by
        made.look()
        return len(begun)

    return after, made, begun


def test_a_round_begins_a_minute_after_the_start_and_then_every_hour_one_at_a_time(played):
    after, _made, begun = played
    assert after(FIRST - 1) == 0
    assert after(1) == 1
    assert after(2 * EVERY) == 1, "the first still runs"
    begun[0].returncode = 0
    assert after(1) == 2
    begun[1].returncode = 0
    assert after(EVERY - 1) == 2
    assert after(1) == 3


def test_one_that_failed_is_tried_again_soon(played):
    after, _made, begun = played
    after(FIRST)
    begun[0].returncode = 1
    assert after(5) == 1
    assert after(AGAIN) == 2


@pytest.mark.parametrize("by", [-86_400, 365 * 86_400, 3600])
def test_a_clock_that_was_just_set_is_not_trusted_for_a_quarter_of_an_hour(played, by):
    after, _made, _begun = played
    assert after(FIRST - 5) == 0
    assert after(5, clock_set_by=by) == 0
    assert after(SETTLED - 1) == 0
    assert after(1) == 1


def test_a_clock_set_by_seconds_is_no_matter(played):
    after, _made, _begun = played
    assert after(FIRST, clock_set_by=30) == 1


def test_a_round_that_runs_is_ended_with_the_product(played):
    after, made, begun = played
    made.stop()
    after(FIRST)
    made.stop()
    assert begun[0].ended == ["asked"]
    made.stop()
    assert begun[0].ended == ["asked"]
