"""The dry run of a reorganisation tells what it does to figures, and does nothing."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, draft_event
from danchu.units.find import unit_from
from danchu.units.plan import effect, read_plan
from danchu.units.sources_load import load_units

BY = Actor.system("test")
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "sap-xep.toml"


@pytest.fixture
def wards(country_database, db):
    load_units(by=BY)
    found = [unit_from(f"{code}@2026-10-01") for code in ("00004", "00025")]
    for number, ward in enumerate(found, 3):
        event = draft_event(
            "opinion_conference",
            by=BY,
            unit=ward,
            held_on=date(2026, 3, 3),
            title="Góp ý",
            opinions=number,
        )
        confirm_event(event, by=BY)
    return found


def test_a_merger_is_shown_with_what_each_place_gains_and_loses(wards):
    changes = [c for c in effect(read_plan(EXAMPLE)).figures if c.figure.startswith("Ý kiến góp ý")]
    told = {(c.unit, c.before, c.after) for c in changes}
    assert ("Phường Ba Đình", None, Fraction(7)) in told
    assert {(c.before, c.after) for c in changes} >= {(3, None), (4, None), (None, 7)}


def test_a_dry_run_changes_no_figure(wards):
    period, today = Period.year(2026), date(2026, 10, 1)
    before = [figure(INDICATORS["opinions"], ward.pk, period, today).value for ward in wards]
    effect(read_plan(EXAMPLE))
    assert (
        [figure(INDICATORS["opinions"], ward.pk, period, today).value for ward in wards]
        == before
        == [3, 4]
    )
