"""The page of a commune lists the villages that still owe something; what is not public stands
there for whoever may view it.
"""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.models import Obligation
from danchu.people.actor import Actor
from danchu.portal.owed_by_villages import owed_at
from danchu.units.actions import open_village
from danchu.village import actions
from tests.decision.played import SINCE, write_roll

HEADING = "Thôn, tổ dân phố còn việc phải làm"
YEARLY = "Họp hội nghị định kỳ năm 2026"
SECRET = "Gửi biên bản người ứng cử"


@pytest.fixture
def villages(officials, system, clock):
    """Three villages; the first has a roll, so each owes the conference of the year, and the first
    one also something that is not public.
    """
    others = [
        open_village(officials.here, by=system, name=name, kind="to_dan_pho", since=SINCE)
        for name in ("Tổ 8", "Tổ 9")
    ]
    write_roll(officials.village, 3)
    clock.set("2026-10-02")
    actions.owe_by_year(by=system)
    owe(
        by=system,
        unit=officials.village,
        rule_key="election.candidates",
        event_on=date(2026, 11, 2),
        title=SECRET,
    )
    return [officials.village, *others]


def the_page(client, place):
    cache.clear()
    return client.get(f"/units/{place.pk}/").content.decode()


def done(system, villages):
    for duty in Obligation.objects.open().filter(unit__in=villages):
        meet_obligation(duty, by=system, on=date(2026, 10, 2))


def test_everybody_reads_which_villages_owe_what_is_public(client, officials, villages):
    page = the_page(client, officials.here)
    assert HEADING in page and page.count(YEARLY) == 3
    assert SECRET not in page and "danh sách hộ" not in page and "/desk/obligations" not in page
    own = the_page(client, villages[0])
    assert own.count(YEARLY) == 1 and SECRET not in own


def test_whoever_may_view_duties_and_rolls_reads_the_others(client, officials, villages):
    client.force_login(officials.clerk)
    page = the_page(client, officials.here)
    assert f"{SECRET} và 1 việc khác" in page and "/desk/obligations/?unit=" in page
    rolls = [
        one
        for own in owed_at(officials.here, Actor.of(officials.clerk))
        for one in own
        if not one.uid
    ]
    assert {one.village for one in rolls} == {village.pk for village in villages[1:]}
    assert SECRET in the_page(client, villages[0])


def test_what_is_done_and_what_another_commune_owes_is_not_listed(officials, system, villages):
    done(system, villages[1:])
    own = owed_at(officials.here, Actor.public())
    assert [(one.village, one.due_on) for row in own for one in row] == [
        (villages[0].pk, date(2026, 12, 31))
    ]


def test_the_late_ones_come_first_and_are_said_to_be_late(client, officials, villages, clock):
    Obligation.objects.filter(unit=villages[2], rule__key="conference.yearly").update(
        due_on=date(2026, 10, 1)
    )
    first, *_others = owed_at(officials.here, Actor.public())
    assert first[0].village == villages[2].pk and first[0].is_late
    assert "(quá hạn)" in the_page(client, officials.here)


@pytest.mark.parametrize("reader", ["", "clerk"])
def test_three_villages_ask_as_much_as_one(client, officials, system, villages, reader):
    if reader:
        client.force_login(getattr(officials, reader))
    numbers = []
    for owing in (villages, villages[:1]):
        done(system, [village for village in villages if village not in owing])
        the_page(client, officials.here)  # maps and sessions are there
        with CaptureQueriesContext(
            connection,
        ) as asked:
            the_page(client, officials.here)
        numbers.append(len(asked))
    assert numbers[0] == numbers[1], numbers
    actor = Actor.of(getattr(officials, reader)) if reader else Actor.public()
    owed_at(officials.here, actor)
    with CaptureQueriesContext(connection) as asked:
        owed_at(officials.here, actor)
    assert len([one for one in asked if "obligations_obligation" in one["sql"]]) == 1
