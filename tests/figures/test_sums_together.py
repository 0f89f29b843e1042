"""Sums that are read together are those that are read one by one, and a compiled statement says
what the ORM would say today.
"""

from datetime import date
from itertools import product

import pytest
from django.db import connection, transaction

from danchu.demo.generate import generate_demo
from danchu.figures import sums
from danchu.figures.among import array
from danchu.figures.blur import read_ahead, seen_figure
from danchu.figures.catalogue import INDICATORS, parts
from danchu.kernel.days import Period, today
from danchu.kernel.reading import know, reading
from danchu.people.actor import Actor
from danchu.units.find import unit_from
from danchu.units.models import Unit
from tests.sizes import long, part

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
COUNTED = [one for one in INDICATORS.values() if one.kind in ("flow", "level")]
STATED = "opinions"
PERIODS = (
    Period.year(2022),
    Period(date(2021, 1, 1), date(2023, 12, 13)),
    Period(date(2023, 3, 7), date(2023, 3, 9)),
)


@pytest.fixture(scope="module")
def city(illustrated_database, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        generate_demo(by=BY)
        yield unit_from("01@2023-12-12").pk
        transaction.set_rollback(True)


def test_the_statement_of_every_indicator_is_compiled_without_asking_the_database(
    db, django_assert_num_queries
):
    """A row that was looked up while compiling would be kept with the statement."""
    with django_assert_num_queries(0):
        for indicator, period in product(COUNTED, PERIODS):
            sums._compiled(parts(indicator), period, everywhere=False)


def test_a_statement_is_the_same_at_every_instant_of_a_day_and_compiled_anew_the_next(db, clock):
    clock.set("2026-03-15", hour=9)
    # As text: two equal values of JSON do not compare as equal.
    morning = {one.key: repr(sums._compiled(parts(one), PERIODS[0], False)) for one in COUNTED}
    clock.set("2026-03-15", hour=22)
    evening = {one.key: repr(sums._compiled(parts(one), PERIODS[0], False)) for one in COUNTED}
    assert evening == morning
    sums._statements.clear()
    for day in ("2026-03-15", "2026-03-16"):
        clock.set(day)
        for _time in range(2):
            sums._statement(parts(COUNTED[0]), PERIODS[0], False)
    assert len(sums._statements) == 2


def test_the_ids_of_another_place_are_not_those_of_the_first(city):
    flow, (here, there) = INDICATORS["supervisions_217"], ([city], [city + 1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id FROM register_event WHERE kind = 'supervision_217' LIMIT 1")
        [(unit,)] = cursor.fetchall()
    assert sums.amounts(flow, PERIODS[1], array([unit])).keys() == {unit}
    assert sums.amounts(flow, PERIODS[1], there).keys() <= set(there)
    assert sums.amounts(flow, PERIODS[1], here).keys() <= set(here)


@long
def test_read_together_they_are_what_they_are_one_by_one(city, django_assert_num_queries):
    nation = Unit.objects.get(level="nation").pk
    every = [
        (one, unit, period, date(2023, 12, 12))
        for one, period, unit in product(INDICATORS.values(), PERIODS, (city, nation))
        if one.kind != "outside"
    ]
    questions = part(every, 3, "together")
    # Whatever the share of the day: what offices state is in few of them.
    questions += [one for one in every if one[0].key == STATED and one not in questions]
    one_by_one = [seen_figure(*question, BY) for question in questions]
    with reading():
        read_ahead(questions, BY)
        with django_assert_num_queries(0):
            together = [seen_figure(*question, BY) for question in questions]
    assert together == one_by_one
    assert any(figure.stated for figure in together) and any(figure.value for figure in together)


def test_what_was_published_is_not_read_ahead_for_the_public(city, monkeypatch):
    asked = []
    monkeypatch.setattr(sums, "_amounts", lambda rows: asked.extend(rows) or [{} for _ in rows])
    keys = ("petitions_received", "supervisions_217")
    questions = [(INDICATORS[key], city, PERIODS[0], date(2023, 12, 12)) for key in keys]
    with reading():
        read_ahead(questions, Actor.public())
    assert [flow.key for flow, _period, _units in asked] == ["supervisions_217"]


def test_outside_a_read_context_nothing_can_be_known():
    with pytest.raises(RuntimeError):
        know("a", today())
