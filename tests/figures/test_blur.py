"""A small count of persons' matters cannot be read in public: not itself, not by subtraction,
not by counting its rows.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danchu.figures.answer import Figure, by_unit, figure
from danchu.figures.blur import SMALLEST_SHOWN, hidden_units, is_hidden
from danchu.figures.catalogue import INDICATORS
from danchu.figures.evidence import all_evidence, evidence
from danchu.kernel.days import Period
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, draft_event
from danchu.units.find import unit_from
from danchu.units.sources_load import load_units

PUBLIC, BY = Actor.public(), Actor.system("test")
YEAR, DAY = Period.year(2023), date(2023, 12, 12)
PETITIONS = INDICATORS["petitions_received"]


@pytest.fixture
def wards(country_database, db):
    """Three wards of one district with 2, 6 and 7 petitions."""
    load_units(by=BY)
    found = [unit_from(f"{code}@2023-12-12") for code in ("00004", "00006", "00008")]
    for ward, number in zip(found, (2, 6, 7), strict=True):
        for at in range(number):
            event = draft_event(
                "petition", by=BY, unit=ward, held_on=date(2023, 5, at + 1), title="Đơn"
            )
            confirm_event(event, by=BY)
    return found


def test_beside_one_small_count_the_next_smallest_is_hidden_too(wards):
    figures = [figure(PETITIONS, ward.pk, YEAR, DAY) for ward in wards]
    assert [f.value for f in figures] == [2, 6, 7]
    assert [is_hidden(f, PUBLIC) for f in figures] == [True, True, False]
    assert not any(is_hidden(f, BY) for f in figures)


def test_a_list_of_places_hides_the_same_as_each_page(wards):
    district = unit_from("001@2023-12-12")
    found = by_unit(PETITIONS, district.pk, YEAR, DAY, "commune")
    assert (
        hidden_units(found, PUBLIC)
        == {f.unit_id for f in found if is_hidden(f, PUBLIC)}
        == {wards[0].pk, wards[1].pk}
    )


def test_the_rows_of_a_hidden_count_are_not_listed_and_not_counted(wards):
    asked = PETITIONS, wards[0].pk, YEAR, DAY
    page = evidence(*asked, PUBLIC)
    assert (page.rows, page.records, page.withheld, page.blurred) == ([], 0, 0, True)
    assert list(all_evidence(*asked, PUBLIC)) == []
    assert len(list(all_evidence(*asked, BY))) == 2


def test_the_rows_of_a_city_do_not_tell_the_public_which_ward_they_are_of(wards):
    city = unit_from("01@2023-12-12")
    page = evidence(PETITIONS, city.pk, YEAR, DAY, PUBLIC)
    assert (page.records, page.withheld, page.blurred) == (15, 15, False)
    assert {row.unit_id for row in page.rows} == {None}
    assert sum(row.counted for row in page.rows) == 15
    assert {row.unit_id for row in evidence(PETITIONS, city.pk, YEAR, DAY, BY).rows} == {
        ward.pk for ward in wards
    }


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_what_is_hidden_is_never_told_by_the_whole_less_the_rest(values):
    figures = [Figure(PETITIONS, number, YEAR, DAY, value) for number, value in enumerate(values)]
    found = hidden_units(figures, PUBLIC)
    assert {number for number, value in enumerate(values) if 0 < value < SMALLEST_SHOWN} <= found
    told = sum(value for value in values if value)
    if found and len(found) == 1:
        assert told == values[next(iter(found))], (
            "alone with a count only where every other part is nought"
        )
