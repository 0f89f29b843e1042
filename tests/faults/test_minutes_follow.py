"""What minutes say follows their event: passages count on its day, commitments stand while it does,
and a correction of the minutes is told as one.
"""

from datetime import date

import pytest

from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.minutes import actions
from danchu.minutes.input.blocks import BlockInput, Mark
from danchu.minutes.models import Commitment
from danchu.register.actions import correct_event, withdraw_event
from danchu.register.models import Event
from danchu.reports.actions import seal_report
from danchu.reports.document import fill
from danchu.reports.drift import drift_of
from tests.faults.test_seals import form, table
from tests.minutes.conftest import (  # noqa: F401
    HELD,
    _law_loaded_once,
    bodies,
    dialogue,
    opinion,
    papers_apart,
    promise,
    written,
)
from tests.people.conftest import NOW, country, system  # noqa: F401

KEYS = ("passages.opinion", "dialogue_opinions")
SEPTEMBER = Period(date(2025, 9, 1), date(2025, 10, 1))
AUGUST = Period(date(2025, 8, 1), SEPTEMBER.since)


def values(country, period):
    return [figure(INDICATORS[key], country.province.pk, period, NOW).value for key in KEYS]


@pytest.fixture
def approved(written, dialogue, promise, system):
    """Approved minutes of a confirmed dialogue with an opinion, and with a commitment on demand."""

    def make(promises=False):
        blocks = [opinion()]
        if promises:
            blocks += [BlockInput("Sẽ sửa.", marks=(Mark("commitment", promise=promise()),))]
        return actions.approve_minutes(written(blocks, event=dialogue()), by=system)

    return make


def event_now():
    return Event.objects.get(state="confirmed")


@pytest.mark.case("FI7")
def test_passages_move_with_the_day_of_their_event(approved, country, system):
    approved()
    assert (values(country, SEPTEMBER), values(country, AUGUST)) == ([1, 1], [0, 0])
    correct_event(event_now(), by=system, reason="Nhầm ngày", held_on=date(2025, 8, 12))
    assert (values(country, SEPTEMBER), values(country, AUGUST)) == ([0, 0], [1, 1])


@pytest.mark.case("FI7")
def test_an_event_with_minutes_does_not_move_to_another_unit_without_them(
    approved, country, system
):
    approved()
    with pytest.raises(Refused) as refusal:
        correct_event(event_now(), by=system, reason="Nơi khác", unit=country.next_door)
    assert refusal.value.field == "unit"
    assert values(country, SEPTEMBER) == [1, 1]


@pytest.mark.case("FI7")
def test_an_event_is_not_withdrawn_beside_a_commitment_of_its_minutes(approved, country, system):
    approved(promises=True)
    with pytest.raises(Refused, match="cam kết"):
        withdraw_event(event_now(), by=system, reason="Không có cuộc này")
    commitment = Commitment.objects.get()
    actions.withdraw_commitment(commitment, by=system, on=HELD, reason="Nhầm")
    withdraw_event(event_now(), by=system, reason="Không có cuộc này")
    assert values(country, SEPTEMBER) == [0, 0]


@pytest.mark.case("FI4")
def test_a_correction_of_minutes_is_told_as_one(approved, country, system):
    minutes = approved()
    seal = seal_report(fill(form(country.province, table("passages"))), by=system)
    [drift] = drift_of(seal)
    assert drift.is_unchanged
    for number in range(2):
        minutes = actions.correct_minutes(minutes, by=system, changed=f"Chữ {number}")
        minutes = actions.approve_minutes(minutes, by=system)
    [drift] = drift_of(seal)
    [change] = drift.changes
    assert (change.how, change.before, change.after) == ("corrected", 1, 1)
    assert drift.value == 1
    draft = actions.correct_minutes(minutes, by=system, changed="Bỏ ý kiến")
    actions.approve_minutes(
        actions.edit_minutes(draft, by=system, edition=1, blocks=[BlockInput("Khai mạc.")]),
        by=system,
    )
    [change] = drift_of(seal)[0].changes
    assert (change.how, change.before, change.after, change.now) == ("gone", 1, None, "")
