"""What places with paper books state: counted whole, told apart, never divided in time."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from danchu.figures.answer import by_unit, evidence_rows, figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.kernel.reading import reading
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, draft_event
from danchu.register.models import Statement
from danchu.units.actions import open_body
from danchu.units.find import unit_from
from danchu.units.sources_load import load_units

BY, THEN, KEY = Actor.system("test"), date(2023, 12, 12), "supervisions_217"


@pytest.fixture
def city(country_database, db):
    load_units(by=BY)
    ward = unit_from("00004@2023-12-12")
    front = open_body(
        ward, by=BY, kind="fatherland_front", name="MTTQ phường Trúc Bạch", since=date(2020, 1, 1)
    )
    for number, quarter in ((30, (2022, 1)), (12, (2023, 1))):
        since = date(quarter[0], 1, 1)
        Statement.objects.create(
            uid=uuid4(),
            body=front,
            unit=ward,
            indicator=KEY,
            since=since,
            until=date(quarter[0], 4, 1),
            amount=number,
            state="confirmed",
            recorded_by="test",
            recorded_at="2023-12-12T00:00Z",
        )
    other = unit_from("00008@2023-12-12")
    confirm_event(
        draft_event(
            "supervision_217", by=BY, unit=other, held_on=date(2023, 2, 2), title="Giám sát"
        ),
        by=BY,
    )
    return SimpleNamespace(pk=unit_from("01@2023-12-12").pk, ward=ward, other=other)


def test_a_figure_says_how_much_of_it_is_stated(city):
    answer = figure(INDICATORS[KEY], city.pk, Period.year(2023), THEN)
    assert (answer.value, answer.stated, answer.statement_share) == (13, 12, answer.stated / 13)


def test_a_statement_that_only_meets_the_period_is_not_divided(city):
    answer = figure(INDICATORS[KEY], city.pk, Period(date(2023, 2, 1), date(2024, 1, 1)), THEN)
    assert (answer.value, answer.stated, answer.straddling) == (1, 0, 12)


def test_places_add_up_with_statements(city):
    rows = {
        f.unit_id: (f.value, f.stated)
        for f in by_unit(INDICATORS[KEY], city.pk, Period.year(2023), THEN, "commune")
    }
    assert rows == {city.ward.pk: (12, 12), city.other.pk: (1, 0)}


def test_statements_are_evidence(city):
    rows = list(
        evidence_rows(INDICATORS[KEY], city.pk, Period(date(2022, 1, 1), date(2024, 1, 1)), THEN)
    )
    assert sum(row.amount * row.share for row in rows) == 43
    assert len(rows) == 3


def test_a_page_without_statements_of_an_indicator_asks_nothing_of_them(
    city, django_assert_num_queries
):
    with reading():
        figure(INDICATORS[KEY], city.pk, Period.year(2023), THEN)
        with django_assert_num_queries(1):
            figure(INDICATORS["opinions"], city.pk, Period.year(2023), THEN)
