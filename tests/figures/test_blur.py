"""A count of persons' matters is read in public only where it was published: not itself, not by its
rows, at no other period or place.
"""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from danchu.figures import released, tasks
from danchu.figures.actions import release_year
from danchu.figures.answer import figure
from danchu.figures.blur import check_period, count_hidden, seen_by_unit, seen_figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.evidence import all_evidence, evidence
from danchu.figures.noted import note_sum
from danchu.kernel.days import Period
from danchu.kernel.dependence import is_noting
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, draft_event
from danchu.units.find import unit_from
from danchu.units.maps import boundaries
from danchu.units.sources_load import load_units

PUBLIC, BY = Actor.public(), Actor.system("test")
YEAR, DAY = Period.year(2023), date(2023, 12, 12)
TODAY = date(2026, 9, 30)
PETITIONS = INDICATORS["petitions_received"]
VISITORS = INDICATORS["reception_visitors"]
RESOLVED = INDICATORS["petition_resolution_rate"]


@pytest.fixture
def wards(country_database, db):
    """Three wards of one district with 2, 6 and 7 petitions and as many visitors."""
    load_units(by=BY)
    wards = [unit_from(f"{code}@2023-12-12") for code in ("00004", "00006", "00008")]
    for ward, number in zip(wards, (2, 6, 7), strict=True):
        for at in range(number):
            event = draft_event(
                "petition", by=BY, unit=ward, held_on=date(2023, 5, at + 1), title="Đơn"
            )
            confirm_event(event, by=BY)
        event = draft_event(
            "reception",
            by=BY,
            unit=ward,
            held_on=DAY,
            title="Tiếp dân",
            form="regular",
            participants=number,
        )
        confirm_event(event, by=BY)
    return wards


@pytest.fixture
def city(wards):
    """Hà Nội, after the year was published."""
    assert release_year(2023, by=BY)
    return unit_from("01@2023-12-12")


def test_before_a_year_is_published_nothing_of_it_is_read(wards):
    for unit in (wards[2], unit_from("001@2023-12-12"), unit_from("01@2023-12-12")):
        answer = seen_figure(PETITIONS, unit.pk, YEAR, DAY, PUBLIC)
        assert (answer.value, answer.is_hidden) == (None, True)
        assert not seen_figure(PETITIONS, unit.pk, YEAR, DAY, BY).is_hidden


def test_petitions_are_published_by_province_and_visits_by_commune_too(city, wards):
    answer = seen_figure(PETITIONS, city.pk, YEAR, DAY, PUBLIC)
    assert (answer.value, answer.is_hidden) == (15, False)
    assert answer.released_on
    assert [seen_figure(PETITIONS, ward.pk, YEAR, DAY, PUBLIC).value for ward in wards] == [
        None
    ] * 3
    visitors = [seen_figure(VISITORS, ward.pk, YEAR, DAY, PUBLIC).value for ward in wards]
    assert visitors == [None, None, 7]
    assert seen_figure(VISITORS, city.pk, YEAR, DAY, PUBLIC).value == 15


def test_the_map_of_another_day_shows_sums_of_published_numbers(city):
    day = date(2026, 1, 1)
    now = unit_from("01@2026-01-01")
    assert figure(VISITORS, now.pk, YEAR, day).value == 15
    assert seen_figure(VISITORS, now.pk, YEAR, day, PUBLIC).value == 15
    district = unit_from("001@2023-12-12")
    assert seen_figure(VISITORS, district.pk, YEAR, DAY, PUBLIC).is_hidden


def test_a_list_of_places_has_the_published_ones_and_counts_the_others(city, wards):
    places = seen_by_unit(VISITORS, city.pk, YEAR, DAY, "commune", PUBLIC)
    assert [(place.unit_id, place.value) for place in places] == [(wards[2].pk, 7)]
    assert count_hidden(city.pk, DAY, "commune", places) == 525
    assert seen_by_unit(PETITIONS, city.pk, YEAR, DAY, "commune", PUBLIC) == []
    assert seen_by_unit(RESOLVED, city.pk, YEAR, DAY, "commune", PUBLIC) == []
    exact = seen_by_unit(PETITIONS, city.pk, YEAR, DAY, "commune", BY)
    assert sorted(place.value for place in exact) == [2, 6, 7]


def test_rows_are_listed_for_whoever_has_the_right_and_not_even_counted_for_others(city, wards):
    for unit in (wards[0], city):
        asked = PETITIONS, unit.pk, YEAR, DAY
        page = evidence(*asked, PUBLIC)
        assert (page.rows, page.records, page.withheld, page.blurred) == ([], 0, 0, True)
        assert list(all_evidence(*asked, PUBLIC)) == []
    assert len(list(all_evidence(PETITIONS, wards[0].pk, YEAR, DAY, BY))) == 2


@pytest.mark.parametrize(
    ("since", "until", "is_period"),
    [
        (date(2023, 1, 1), date(2024, 1, 1), True),
        (date(2022, 1, 1), date(2024, 1, 1), True),
        (date(2023, 1, 1), date(2023, 12, 31), False),
        (date(2023, 5, 3), date(2023, 5, 4), False),
        (date(2023, 7, 1), date(2024, 7, 1), False),
        (date(2000, 1, 1), date(2099, 1, 1), False),
    ],
)
def test_only_whole_closed_years_are_periods_for_the_public(city, since, until, is_period):
    period = Period(since, until)
    check_period(PETITIONS, city.pk, period, DAY, BY)
    check_period(INDICATORS["supervisions_217"], city.pk, period, DAY, PUBLIC)
    if is_period:
        check_period(PETITIONS, city.pk, period, DAY, PUBLIC)
    else:
        with pytest.raises(Refused, match="trọn năm dương lịch"):
            check_period(PETITIONS, city.pk, period, DAY, PUBLIC)


def test_the_places_of_a_province_are_read_with_one_query(city, django_assert_num_queries):
    seen_by_unit(VISITORS, city.pk, YEAR, DAY, "district", PUBLIC)
    with django_assert_num_queries(2):  # the version of the map, the numbers
        seen_by_unit(VISITORS, city.pk, YEAR, DAY, "commune", PUBLIC)


def test_asking_only_for_units_that_have_a_published_number_changes_none(city, monkeypatch):
    def numbers():
        units = [*boundaries(TODAY).units_at("nation"), *boundaries(TODAY).units_at("province")]
        return {
            (day, unit): released.all_released(VISITORS.key, unit, day)
            for day in (DAY, TODAY)
            for unit in units
        }

    asked_for_all = numbers()
    monkeypatch.setattr(released, "MANY_UNITS", 0)
    assert numbers() == asked_for_all
    assert {bool(by_period) for by_period in asked_for_all.values()} == {True, False}


def test_before_there_is_a_country_nothing_is_published(db):
    assert release_year(2023, by=BY) == 0


def test_the_year_that_closed_last_is_published_by_the_clock(monkeypatch, clock):
    years = []
    monkeypatch.setattr(tasks, "release_year", lambda year, by: years.append(year))
    for day in ("2026-02-27", "2026-03-01"):
        clock.set(day)
        tasks.release_last_year(0)
    assert years == [2024, 2025]


def test_a_year_is_published_by_a_command_and_one_that_runs_is_refused(city):
    said = io.StringIO()
    call_command("figures", "release", year=2023, stdout=said)
    assert "2023" in said.getvalue()
    with pytest.raises(CommandError):
        call_command("figures", "release", year=2099, stdout=said)


def test_where_nobody_notes_a_sum_is_noted_nowhere():
    note_sum(PETITIONS, "SELECT 1", None)
    assert not is_noting()
