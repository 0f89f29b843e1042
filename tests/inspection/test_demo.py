"""The demo's boards: made once, lawful by the acts that made them, and apart from the figures
of the published report.
"""

from datetime import date

import pytest

from danchu.demo.boards import MEMBERS, WARD, load_boards
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.inspection.models import (
    BoardReport,
    BoardTerm,
    Finding,
    Project,
    Recommendation,
    RoundSheet,
)
from danchu.kernel.days import Period, today
from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.units.actions import open_body
from danchu.units.find import unit_from
from danchu.units.sources_load import load_units

BY = Actor.system("demo")


@pytest.fixture
def ward(country_database, db):
    load_units(by=BY)
    load_law(by=BY)
    found = unit_from(f"{WARD}@2025-07-01")
    for kind in ("peoples_inspection_board", "peoples_committee"):
        open_body(found, by=BY, kind=kind, name=kind, since=date(2025, 7, 1))
    return found


def test_the_boards_of_the_demo_are_made_once_and_stand_in_the_figures(ward, clock):
    clock.set("2026-03-20")
    assert load_boards(by=BY) and load_boards(by=BY) == 0
    assert (
        BoardTerm.objects.exclude(recognised_on=None).count(),
        RoundSheet.objects.filter(event__held_on__lt=date(2026, 1, 1)).count(),
        Finding.objects.count(),
        Project.objects.count(),
    ) == (2, 4, 2, 1)
    states = RoundSheet.objects.filter(event__held_on__gte=date(2026, 1, 1))
    assert list(states.values_list("event__state", flat=True)) == ["draft"]
    assert (
        Recommendation.objects.get().state,
        BoardReport.objects.filter(sent_on=None).count(),
    ) == ("settled", 0)
    asked = ward.pk, Period.year(2025), today()
    told = {
        key: figure(INDICATORS[key], *asked).value
        for key in (
            "pib_members",
            "investment_members",
            "pib_supervisions",
            "investment_rounds",
            "investment_projects",
            "investment_reduced",
            "investment_findings_resolved",
        )
    }
    assert told == {
        "pib_members": len(MEMBERS),
        "investment_members": 5,
        "pib_supervisions": 2,
        "investment_rounds": 1,
        "investment_projects": 1,
        "investment_reduced": 62_000_000,
        "investment_findings_resolved": 1,
    }
    before = ward.pk, Period(date(2021, 1, 1), date(2023, 12, 13)), today()
    assert [
        figure(INDICATORS[key], *before).value
        for key in ("pib_supervisions", "pib_violations", "pib_violations_resolved")
    ] == [0, 0, 0]
