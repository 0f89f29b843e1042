"""An obligation closed at its own page bars no act of the record that it belongs to.

Each room tests its own acts; here is what holds for all of them.
"""

import re
from pathlib import Path

import pytest

from danchu.obligations.actions import excuse_obligation, meet_obligation
from danchu.obligations.writes import excuse_unless_closed, in_time, meet_unless_closed
from tests.obligations.conftest import EVENT

ROOT = Path(__file__).resolve().parents[2] / "danchu"
# Where the acts themselves are called: what they close was owed, or asked for as open, in the same
# act.
AS_OPEN = {
    "casework/actions/refusals.py",
    "casework/actions/sorting.py",
    "casework/actions/visits.py",
    "casework/writes/clocks.py",
    "conference/actions/conferences.py",
    "decision/writes/settling.py",
    "inspection/actions/projects.py",
    "village/actions/yearly.py",
    "village/writes/owing.py",
    "village/writes/yearly.py",
}
NEVER_IN_TIME = EVENT.replace(year=2026)
CLOSES = re.compile(r"\b(?:meet|excuse)_obligation\(")


@pytest.fixture
def closed(owed, system):
    """An obligation that was closed at its own page in a way, and as it was read before."""

    def make(way):
        obligation = owed()
        if way == "excused":
            excuse_obligation(obligation, by=system, reason="Không phải làm")
        else:
            day = EVENT if way == "met" else NEVER_IN_TIME
            meet_obligation(obligation, by=system, on=day)
        return obligation

    return make


@pytest.mark.parametrize("way", ["met", "late", "excused"])
def test_what_was_closed_stays_as_it_was_closed_and_refuses_nothing(closed, system, clock, way):
    clock.set("2027-06-01")
    obligation = closed(way)
    assert obligation.state == "open", "as an act has read it before"
    for again in (
        meet_unless_closed(obligation, by=system, on=EVENT),
        excuse_unless_closed(obligation, by=system, reason="Thôi"),
    ):
        assert again.state == way


@pytest.mark.parametrize("way", ["open", "met", "late", "excused"])
def test_closing_it_by_hand_makes_nothing_timely(owed, closed, clock, way):
    clock.set("2027-06-01")
    obligation = owed() if way == "open" else closed(way)
    obligation.refresh_from_db()
    assert in_time(obligation, obligation.due_on) == (way != "late")
    assert not in_time(obligation, NEVER_IN_TIME)


def test_only_acts_that_asked_for_what_is_open_close_an_obligation_themselves():
    callers = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if path.parts[len(ROOT.parts)] not in ("obligations", "demo")
        and CLOSES.search(path.read_text(encoding="utf-8"))
    }
    assert callers == AS_OPEN
