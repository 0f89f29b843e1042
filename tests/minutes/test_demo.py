"""The demo's minutes and promises: every state is there, every page says illustrative, and no
figure of an event moves.
"""

from datetime import date

import pytest
from django.db import connection, transaction

from danchu.demo.generate import generate_demo
from danchu.demo.minutes import load_minutes
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period, today
from danchu.law.loading import load_law
from danchu.minutes.models import Commitment, Minutes
from danchu.minutes.moves import State
from danchu.minutes.proof import minutes_problems
from danchu.people.actor import Actor
from danchu.units.find import unit_from
from danchu.units.sources_load import load_units
from tests.sizes import turn

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
EVENTS = [key for key, it in INDICATORS.items() if it.kind == "flow" and it.source.key == "event"]


def told():
    """Every figure of events, of the report's time and of the years after it."""
    found = {}
    for code, day, period in (
        ("01@2023-12-12", date(2023, 12, 12), Period(date(2021, 1, 1), date(2023, 12, 13))),
        ("01@2026-01-01", date(2026, 1, 1), Period(date(2024, 1, 1), date(2027, 1, 1))),
    ):
        unit = unit_from(code).pk
        found |= {(key, code): figure(INDICATORS[key], unit, period, day).value for key in EVENTS}
    return found


@pytest.fixture(scope="module")
def demo(illustrated_database, django_db_blocker):
    """The illustrative records without and then with minutes, once for the module, taken back
    at its end.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        load_units(by=SYSTEM)
        load_law(by=SYSTEM)
        generate_demo(by=SYSTEM)
        before = told()
        number = load_minutes(by=SYSTEM)
        connection.check_constraints()
        yield before, number
        transaction.set_rollback(True)


@turn(2, together=1)
def test_no_figure_of_the_published_report_or_after_it_moves(demo):
    before, number = demo
    assert number > 20 and told() == before


def test_promises_stand_in_every_state_and_some_are_overdue_and_put_off(demo):
    assert set(Commitment.objects.values_list("state", flat=True)) == set(State.values)
    assert (
        Commitment.objects.running().overdue(today()).exists()
        and Commitment.objects.filter(postponed__gt=0).exists()
    )


def test_all_of_it_says_illustrative_and_proves_whole(demo):
    assert (
        not Minutes.objects.filter(illustrative=False).exists()
        and not Commitment.objects.filter(illustrative=False).exists()
    )
    assert list(minutes_problems()) == []


def test_a_second_loading_changes_nothing(demo):
    assert load_minutes(by=SYSTEM) == 0
