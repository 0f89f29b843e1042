"""A clock that jumps: what was recorded stands, what follows can still be recorded, and the journal
verifies.
"""

from datetime import date, timedelta

import pytest

from danchu.casework.actions import register_petition, take_step
from danchu.casework.models import Matter
from danchu.casework.writes.clocks import clocks_of
from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from tests.casework.conftest import PERSON, law  # noqa: F401
from tests.journal.conftest import settle
from tests.people.conftest import country, system  # noqa: F401

pytestmark = pytest.mark.usefixtures("law_loaded")
DAY = date(2026, 9, 21)
OURS = {"eligible": True, "competent": True}


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize("jump", [-400, -1, 1, 400], ids=lambda days: f"{days} days")
def test_a_case_goes_on_after_the_clock_has_jumped(country, system, clock, jump):
    clock.set(DAY)
    petition, _secret = register_petition(
        by=system,
        nature="complaint",
        channel="counter",
        matter=Matter.objects.get(key="land_use"),
        unit=country.here,
        place=country.here,
        title="Lấn đất công",
        content="Xây lấn ra đường",
        received_on=DAY,
        persons=[PERSON],
    )
    due = clocks_of(petition).get(state="open").due_on
    clock.forward(days=jump)
    if jump < 0:
        with pytest.raises(Refused) as refusal:
            take_step(petition, "classify", by=system, on=today(), **OURS)
        assert refusal.value.field == "on", "a step before the one it follows says so on its day"
    assert clocks_of(petition).get(state="open").due_on == due
    clock.set(DAY + timedelta(days=max(jump, 0)))
    petition = take_step(petition, "classify", by=system, on=today(), **OURS)
    assert petition.state == "classified"
    settle()
    assert list(verify_chain()) == []
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
