"""The reception of citizens: the four counters kept apart, the register numbered without gaps,
days held or missed and why.
"""

import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import connection

from danchu.casework.actions import close_reception_day, plan_reception_day, record_visit
from danchu.casework.models import ReceptionDay, Visit
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period, today
from danchu.kernel.refusals import Denied, Refused
from tests.casework.conftest import RECEIVED
from tests.people.conftest import NOW


@pytest.fixture
def visited(law, system, country):
    def make(**more):
        given = {
            "unit": country.here,
            "received_on": RECEIVED,
            "form": "regular",
            "name": "Lê Thị Hạnh",
            "content": "Hỏi về đất",
            "nature": "feedback",
        }
        return record_visit(by=more.pop("by", system), **{**given, **more})

    return make


def test_visits_people_groups_and_matters_are_counted_apart(visited, country):
    visited(people=1)
    visited(people=4, is_first=False)
    visited(people=5)
    visited(people=12, form="periodic", is_first=False)
    told = {
        key: figure(INDICATORS[f"visit_{key}"], country.province.pk, Period.year(2026), NOW).value
        for key in ("count", "people", "groups", "group_people", "first", "repeat")
    }
    assert told == {
        "count": 4,
        "people": 22,
        "groups": 2,
        "group_people": 17,
        "first": 2,
        "repeat": 2,
    }
    assert (
        figure(
            INDICATORS["visit_count.periodic"], country.province.pk, Period.year(2026), NOW
        ).value
        == 1
    )


def test_the_register_of_a_year_is_numbered_without_gaps(visited, country):
    assert [
        visited().number,
        visited().number,
        visited(received_on=date(2025, 12, 31)).number,
        visited(unit=country.next_door).number,
    ] == [1, 2, 1, 1]


def test_a_large_group_is_what_the_law_of_the_day_says(visited, country):
    assert [visited(people=n).is_group for n in (4, 5)] == [False, True]
    assert (
        visited(people=50, received_on=date(2021, 11, 14), unit=country.old_whole).is_group is False
    ), "no rule is known of that day"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"content": ""}, "content"),
        ({"people": 0}, "people"),
        ({"form": "x"}, "form"),
        ({"nature": "x"}, "form"),
        ({"received_on": today() + timedelta(days=3)}, "received_on"),
        ({"note": "a" * 301}, "note"),
        ({"identity": "!"}, "identity"),
        ({"people": 2, "representatives": 3}, "representatives"),
    ],
)
def test_what_cannot_be_is_refused_by_field(visited, more, field):
    with pytest.raises(Refused) as refusal:
        visited(**more)
    assert refusal.value.field == field and not Visit.objects.exists()


def test_a_visit_is_never_tied_to_a_denunciation(visited, registered):
    with pytest.raises(Refused) as refusal:
        visited(petition=registered("denunciation"))
    assert refusal.value.field == "petition"


def test_a_day_is_held_or_missed_and_why(law, system, country, visited):
    plan = lambda **more: plan_reception_day(  # noqa: E731
        by=system,
        **{
            "unit": country.here,
            "office": "Chủ tịch UBND",
            "on": RECEIVED,
            "form": "periodic",
            "room": "Phòng tiếp công dân",
            **more,
        },
    )
    day = plan()
    for more in ({}, {"office": ""}, {"room": ""}, {"form": "x"}, {"on": None}):
        with pytest.raises(Refused):
            plan(**more)
    with pytest.raises(Refused) as refusal:
        close_reception_day(day, by=system, was_held=False)
    assert refusal.value.field == "reason"
    assert (
        close_reception_day(day, by=system, was_held=False, reason="Đi công tác đột xuất").state
        == "missed"
    )
    visited(day=day, form="periodic")
    with pytest.raises(Refused, match="có người"):
        close_reception_day(day, by=system, was_held=False, reason="x")
    assert close_reception_day(day, by=system, was_held=True).reason == ""
    with pytest.raises(Refused, match="chưa đến"):
        close_reception_day(plan(on=today() + timedelta(days=9)), by=system, was_held=True)
    assert ReceptionDay.objects.count() == 2


def test_who_keeps_the_book_is_an_office_that_names_it(law, country, at, offices, visited, system):
    day = plan_reception_day(
        by=system,
        unit=country.here,
        office="Chủ tịch UBND",
        on=RECEIVED,
        form="periodic",
        room="P1",
    )
    may = {office: set() for office in offices}
    for office in offices:
        by = at(office)
        for name, act in {
            "visit": lambda by=by: visited(by=by),
            "close": lambda by=by: close_reception_day(day, by=by, was_held=False, reason="Ốm"),
            "plan": lambda by=by: plan_reception_day(
                by=by,
                unit=country.here,
                office=f"Chức vụ {by.name}",
                on=RECEIVED,
                form="periodic",
                room="P1",
            ),
        }.items():
            with suppress(Denied):
                act()
                may[office].add(name)
    whole = {"visit", "close", "plan"}
    assert {office: acts for office, acts in may.items() if acts} == {
        "commune_clerk": whole,
        "petition_officer": whole,
        "committee_chair": whole,
    }


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_get_two_numbers(visited):
    visited()

    def write(faults):
        try:
            visited()
        except Exception as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            connection.close()

    faults, threads = [], []
    for _ in range(6):
        threads.append(threading.Thread(target=write, args=(faults,)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == [] and sorted(Visit.objects.values_list("number", flat=True)) == list(
        range(1, 8)
    )
