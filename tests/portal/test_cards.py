"""What the cards of the front page compare, and how many questions they ask."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from danchu.demo.generate import generate_demo
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period
from danchu.kernel.reading import reading
from danchu.people.actor import Actor
from danchu.portal.cards import card, headlines
from danchu.portal.question import Question
from danchu.register.models import Event
from danchu.units.models import Unit

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture(scope="module")
def nation(illustrated_database, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        generate_demo(by=BY)
        yield Unit.objects.get(level="nation")
        transaction.set_rollback(True)


def of(nation, year, first_year=2021, key="supervisions_217"):
    map_day = date(2026, 3, 15)
    return Question(INDICATORS[key], nation, Period.year(year), map_day, first_year, BY)


def held(since, until):
    rows = Event.objects.counted().filter(kind="supervision_217")
    return rows.filter(held_on__gte=since, held_on__lt=until).count()


def test_a_year_that_is_not_over_is_compared_by_the_months_that_are(nation, clock):
    clock.set("2026-09-17")
    running = card(of(nation, 2026))
    assert [year for year, _value, _url in running.trend] == [
        "2021",
        "2022",
        "2023",
        "2024",
        "2025",
    ]
    assert running.before == held(date(2025, 1, 1), date(2025, 9, 1)) > 0
    assert running.last == held(date(2026, 1, 1), date(2026, 9, 1)) > 0
    assert running.before_name.startswith("cùng kỳ 8 tháng đầu năm 2025")
    assert running.value > running.last


def test_in_january_nothing_is_compared_yet(nation, clock):
    clock.set("2026-01-20")
    running = card(of(nation, 2026))
    assert running.compared == () and running.before_name == ""


def test_a_year_that_is_over_is_compared_with_the_year_before(nation, clock):
    clock.set("2026-09-17")
    over = card(of(nation, 2025))
    assert over.before == held(date(2024, 1, 1), date(2025, 1, 1))
    assert over.last == over.value == held(date(2025, 1, 1), date(2026, 1, 1))
    assert over.before_name.startswith("năm 2024")


def test_the_first_year_is_compared_with_none(nation):
    assert card(of(nation, 2021)).compared == ()


def test_more_years_ask_no_more_questions(nation, clock):
    clock.set("2026-09-17")
    numbers = []
    for first_year in (2025, 2021):
        with reading(anew=True), CaptureQueriesContext(connection) as queries:
            headlines(of(nation, 2026, first_year))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] < 15, numbers
