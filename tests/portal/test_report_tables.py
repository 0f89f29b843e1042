"""Tables I, II, III and VIII of a ward's year: each line and total is what an oracle says that
looks at every row by itself, a total is the sum of its lines and opens to them.
"""

import csv
import io
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.consultation.models import Consultation, Opinion
from danchu.decision.models import HouseholdDecision, HouseholdVote, Works
from danchu.demo.consultation_states import play_consultations
from danchu.demo.decision_states import play_decisions
from danchu.demo.disclosure_states import play_disclosures
from danchu.demo.states import Ward
from danchu.demo.villages import play_villages
from danchu.demo.works_states import play_works
from danchu.disclosure.loading import load_catalogue
from danchu.disclosure.models import Content, Posting
from danchu.figures.answer import figure
from danchu.figures.evidence import all_evidence
from danchu.kernel.days import Period
from danchu.people.actor import Actor
from danchu.subjects.room import rooms
from danchu.units.actions import open_village
from danchu.village.models import VillageConference
from tests.decision.played import SINCE
from tests.sizes import turn
from tests.village.conftest import (  # noqa: F401
    _law_loaded_once,
    committee,
    country,
    holder,
    offices,
    officials,
    person,
    system,
)

FIRST, LAST = date(2026, 1, 1), date(2026, 11, 20)
GIVEN = ("passed", "sent", "in_force", "done")
SUMS = ("value", "money", "labour_days", "land", "budget", "other")
VILLAGES = 5
MOST_QUERIES = 60
PLAYS = (play_villages, play_works, play_decisions, play_disclosures, play_consultations)
ROOMS = ("disclosure", "decision", "consultation", "village")


@pytest.fixture
def ward(officials, system, committee, clock):  # noqa: F811
    clock.set("2026-11-30")
    load_catalogue(by=system)
    for number in range(6, 10):
        open_village(officials.here, by=system, name=f"Tổ {number}", kind="to_dan_pho", since=SINCE)
    ward = Ward(officials.here, {}, Random(1), system)
    for play in PLAYS:
        play(ward)
    return ward


def is_within(day):
    return day is not None and FIRST <= day <= LAST


def table_of(client, key, ward):
    """(lines, the line of totals, {name: value} of the other totals) of the CSV of a table."""
    address = f"/tables/{key}.csv?unit={ward.unit.pk}&since={FIRST}&last={LAST}"
    text = b"".join(client.get(address).streaming_content).decode().lstrip("\ufeff")
    head, *rows = csv.reader(io.StringIO(text))
    place = next(number for number, row in enumerate(rows) if row[0] == "Tổng")
    lines = [dict(zip(head, row, strict=True)) for row in rows[:place]]
    return lines, dict(zip(head, rows[place], strict=True)), dict(rows[place + 1 :])


def ints(lines, name):
    return sum(int(line[name] or 0) for line in lines)


def check_sums(lines, total):
    """Each column with a total is the sum of its lines."""
    for name, value in total.items():
        if value and name != "Nơi":
            assert int(value) == ints(lines, name), name


def of_disclosures():
    rows = [one for one in Content.objects.all() if is_within(one.disclosed_on)]
    postings = Counter(one.form for one in Posting.objects.all() if is_within(one.since))
    return {one.title for one in rows}, postings


def of_decisions():
    own = HouseholdDecision.objects.filter(commune_part=None)  # a ward's matter counts once
    rows = [one for one in own if is_within(one.settled_on)]
    confirmed = Works.objects.filter(state="confirmed")
    works = [one for one in confirmed if is_within(one.finished_on)]
    given = [one for one in rows if one.state in GIVEN and one.money + one.labour_days + one.land]
    sums = {name: sum(getattr(one, name) for one in [*given, *works]) for name in SUMS}
    return rows, works, sums


def of_consultations():
    rows = [one for one in Consultation.objects.all() if is_within(one.closed_on)]
    opinions = [
        one
        for one in Opinion.objects.all()
        if one.consultation_id in {row.pk for row in rows}
        and one.state == "counted"
        and one.parent_id is None
    ]
    return rows, Counter(one.result for one in opinions)


def of_villages():
    days = {}
    for one in HouseholdVote.objects.all():
        if one.form == "meeting" and one.outcome and is_within(one.held_on):
            days.setdefault(one.unit_id, set()).add(one.held_on)
    for one in VillageConference.objects.all():
        if is_within(one.held_on):
            days.setdefault(one.unit_id, set()).add(one.held_on)
    return Counter(len(of_village) for of_village in days.values()), len(days)


@turn(2, together=1)
def test_tables_are_what_an_oracle_says_and_totals_the_sums_of_their_lines(client, ward):
    lines, total, more = table_of(client, "disclosures", ward)
    titles, postings = of_disclosures()
    assert {line["Nội dung"] for line in lines} == titles and len(titles) > 15
    assert int(total["Số nội dung"]) == len(titles)
    check_sums(lines, total)
    assert int(more["Số lượt công khai theo hình thức"]) == sum(postings.values())
    boards = next(value for name, value in more.items() if name.endswith("niêm yết"))
    assert int(boards) == postings["posting"]

    lines, total, more = table_of(client, "decisions", ward)
    rows, works, sums = of_decisions()
    assert len(lines) == len(rows) + len(works) and len(rows) >= 4 and len(works) >= 3
    check_sums(lines, total)
    assert sum(int(value) for value in list(total.values())[-len(SUMS) :]) == sum(sums.values())
    assert int(total["Hộ tán thành"]) == sum(one.yes for one in rows)
    assert int(total["Tổng số hộ"]) == sum(one.households for one in rows)

    lines, total, _more = table_of(client, "consultations", ward)
    rows, results = of_consultations()
    assert len(lines) == len(rows) >= 1
    check_sums(lines, total)
    assert int(total["Số ý kiến"]) == sum(results.values())
    assert int(total["Ý kiến được tiếp thu"]) == results["accepted"] + results["partly"]

    lines, total, more = table_of(client, "villages", ward)
    times, met = of_villages()
    assert len(lines) == int(total["Số thôn, tổ dân phố"]) == VILLAGES
    assert Counter(int(line["Số lần họp"]) for line in lines if line["Số lần họp"] != "0") == times
    numbers = [int(value) for value in list(more.values())[:4]]
    assert numbers == [
        *(times[1], times[2]),
        *(sum(n for many, n in times.items() if many > 2), VILLAGES - met),
    ]


@turn(2, together=0)
def test_each_number_opens_to_the_rows_that_it_is_the_sum_of(client, ward):
    query = f"unit={ward.unit.pk}&since={FIRST}&last={LAST}"
    for key in ("disclosures", "decisions", "consultations", "villages"):
        page = client.get(f"/tables/{key}/?{query}")
        totals = [total for _column, total in page.context["below"] if total]
        for total in [*totals, *page.context["totals"][:3]]:
            assert client.get(total["url"]).status_code == 200, total["name"]
    content = Content.objects.filter(disclosed_on__range=(FIRST, LAST)).first()
    page = client.get(f"/tables/?{query}").content.decode()
    assert f"/disclosures/{content.uid}/" in page
    assert client.get("/tables/iv/").status_code == 404
    page = client.get(f"/tables/decisions/?unit={ward.unit.pk}&since=2025-07-01&last=2025-07-31")
    assert "Trong kỳ này chưa có dòng nào" in page.content.decode()

    period, actor = Period(FIRST, LAST + timedelta(days=1)), Actor.public()
    flows = [one for room in rooms() if room.name in ROOMS for one in room.indicators]
    with_rows = 0
    for one in flows:
        if one.kind in ("flow", "level"):
            with CaptureQueriesContext(connection) as queries:
                rows = list(all_evidence(one, ward.unit.pk, period, LAST, actor))
            assert len(queries) < MOST_QUERIES, one.key
            number = figure(one, ward.unit.pk, period, LAST).value
            assert sum(row.counted for row in rows) == number, one.key
            with_rows += bool(rows)
    assert with_rows > 40
