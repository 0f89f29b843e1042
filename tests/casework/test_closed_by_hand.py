"""Somebody wrote at a clock's own page that a petition was answered: the answer itself is entered
all the same, and what is late stays late.
"""

from datetime import timedelta

import pytest

from danchu.casework.actions import take_step
from danchu.casework.writes.clocks import clocks_of
from danchu.obligations.actions import excuse_obligation, meet_obligation
from tests.casework.conftest import RECEIVED

A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("closed", "answered", "in_time"),
    [
        (None, 0, True),
        (None, 1, False),
        (-1, 0, True),
        (-1, 1, False),
        (1, 0, False),
        ("excused", 0, True),
        ("excused", 1, False),
    ],
)
def test_an_answer_is_judged_by_its_day_and_by_the_day_somebody_wrote(
    registered, system, at, closed, answered, in_time
):
    """`closed` and `answered` are days after the due day; None where nobody closed the clock."""
    petition = registered("feedback")
    for act in ("classify", "accept"):
        more = {"eligible": True, "competent": True} if act == "classify" else {}
        petition = take_step(petition, act, by=system, on=RECEIVED, **more)
    clock = clocks_of(petition).get(rule__key="feedback.answer")
    if closed == "excused":
        excuse_obligation(clock, by=at("committee_chair"), reason="Không phải trả lời")
    elif closed is not None:
        meet_obligation(clock, by=at("committee_chair"), on=clock.due_on + closed * A_DAY)
    day = clock.due_on + answered * A_DAY
    petition = take_step(petition, "answer", by=system, on=day, text="Đã sửa")
    assert (petition.ended_on, petition.in_time) == (day, in_time)
