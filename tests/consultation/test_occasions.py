"""Opinions of consultations, dialogues, critiques and conferences: each counts its own only."""

from datetime import date

import pytest

from danchu.consultation import actions
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.register.actions import confirm_event, draft_event
from danchu.units.actions import open_body
from tests.consultation.conftest import REQUIRED
from tests.consultation.test_acts import UNTIL_OPEN
from tests.consultation.test_opinions import ACCEPT, CAME

# One of each: (kind of its event, "" for a consultation), its figure, how many were said there.
OCCASIONS = {
    "D03": ("", "consultation_opinions", 3),
    "D12": ("dialogue", "dialogue_opinions", 5),
    "F05": ("critique", "critique_opinions", 7),
    "F07": ("opinion_conference", "opinions", 11),
}
BODIES = {
    "dialogue": "peoples_committee",
    "critique": "fatherland_front",
    "opinion_conference": "fatherland_front",
}
HELD = date(2026, 3, 20)


def consult(begin, system, number):
    consultation = begin(*UNTIL_OPEN)
    for _each in range(number):
        opinion = actions.enter_opinion(
            by=system, consultation=consultation, received_on=CAME, way="paper", stance="agree"
        )
        actions.answer_opinion(opinion, by=system, **ACCEPT)
    actions.close_consultation(consultation, by=system, on=REQUIRED)


def hold(officials, system, kind, number):
    body = officials.here.bodies.filter(kind=BODIES[kind]).first() or open_body(
        officials.here, by=system, kind=BODIES[kind], name=BODIES[kind], since=date(2025, 7, 1)
    )
    numbers = {"participants": 50, "opinions": number, "opinions_accepted": 1}
    confirm_event(
        draft_event(
            kind, by=system, unit=officials.here, body=body, held_on=HELD, title="Việc", **numbers
        ),
        by=system,
    )


@pytest.mark.parametrize("alone", [*OCCASIONS, "all"])
def test_each_figure_counts_the_opinions_of_its_own_occasion(officials, begin, system, alone):
    for code, (kind, _key, number) in OCCASIONS.items():
        if alone not in (code, "all"):
            continue
        if kind:
            hold(officials, system, kind, number)
        else:
            consult(begin, system, number)
    period = Period(date(2026, 3, 1), date(2026, 4, 1))
    for code, (_kind, key, number) in OCCASIONS.items():
        value = figure(INDICATORS[key], officials.here.pk, period, REQUIRED).value
        assert value == (number if alone in (code, "all") else 0), code
