"""The law of evidence on the illustrative records: every figure is the sum of its rows, on
every map.
"""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import connection, transaction

from danchu.conference.models import Conference, HeadCount
from danchu.demo.generate import generate_demo
from danchu.figures.answer import by_unit, evidence_rows, figure, marks_between
from danchu.figures.catalogue import INDICATORS
from danchu.figures.loading import load_scores
from danchu.figures.sums import amounts
from danchu.journal.verify import CHECKS
from danchu.kernel.days import Period
from danchu.kernel.numbers import round_half_up
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, correct_event, draft_event, withdraw_event
from danchu.register.models import Event
from danchu.units.find import unit_from
from danchu.units.sources_load import load_units
from tests.sizes import long, part

YEARS = (2021, 2022)
pytestmark = pytest.mark.django_db  # so that pytest makes the test database for this file alone too

THEN, NOW = date(2023, 12, 12), date(2026, 1, 1)
REPORT = Path(__file__).parent / "seed_figures.csv"
COUNTED = [k for k, i in INDICATORS.items() if i.kind in ("flow", "level")]
PERIOD = Period(date(2021, 1, 1), date(2023, 12, 13))


@pytest.fixture(scope="module")
def demo(illustrated_database, django_db_blocker):
    """Hà Nội with the country and the illustrative records, once for the module, taken back at
    its end.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        system = Actor.system("test")
        load_units(by=system)
        load_scores(by=system)
        generate_demo(by=system)
        connection.check_constraints()  # once here, not again at the end of each test
        yield unit_from("01@2023-12-12")
        transaction.set_rollback(True)


def _sum(rows):
    return sum((Fraction(r.amount) * r.share for r in rows if r.share is not None), Fraction(0))


def test_nothing_is_wrong_with_the_illustrative_country(demo):
    assert [problem for check in CHECKS for problem in check()] == []


@pytest.mark.parametrize("day", [THEN, NOW])
def test_every_figure_of_the_published_report_comes_out_of_the_records(demo, day):
    for row in csv.DictReader(REPORT.open(encoding="utf-8")):
        until = date.fromisoformat(row["period_end"] or "2023-12-12")
        since = date.fromisoformat(row["period_start"] or "2021-01-01")
        period = Period(since, date.fromordinal(until.toordinal() + 1))
        got = figure(INDICATORS[row["key"]], demo.pk, period, day).value
        if row["kind"] == "more_than":
            assert got > int(row["value"])
        else:
            places = len(row["value"].partition(".")[2])
            assert str(round_half_up(got, places)) == row["value"], row["key"]


@long
@pytest.mark.parametrize(
    ("day", "key"), [(day, key) for day in (THEN, NOW) for key in part(COUNTED, 4, f"{day}")]
)
def test_a_figure_is_the_sum_of_amount_times_share_over_its_evidence(demo, key, day):
    answer = figure(INDICATORS[key], demo.pk, PERIOD, day)
    rows = list(evidence_rows(INDICATORS[key], demo.pk, PERIOD, day))
    assert answer.value == _sum(rows)
    assert answer.unplaced == sum(r.amount for r in rows if r.share is None)


@pytest.mark.parametrize(
    ("level", "day"), [("district", THEN), ("commune", THEN), ("commune", NOW)]
)
def test_the_law_of_evidence_holds_at_every_place_of_a_breakdown(demo, level, day):
    period, what = Period(date(2023, 3, 7), date(2023, 5, 20)), INDICATORS["supervisions_217"]
    answers = [f for f in by_unit(what, demo.pk, period, day, level) if f.unit_id != demo.pk]
    assert len(answers) > 20
    for answer in answers[:40]:
        rows = list(evidence_rows(what, answer.unit_id, period, day))
        assert (answer.value, answer.unplaced) == (
            _sum(rows),
            sum(r.amount for r in rows if r.share is None),
        )


@pytest.mark.parametrize(
    "key",
    (
        "reception_visitors",
        "reception_groups",
        "reception_group_people",
        "pib_supervisions",
        "findings",
        "findings_recommended",
        "files_received",
    ),
)
def test_the_first_year_has_as_much_as_the_second(demo, key):
    first, second = (sum(amounts(INDICATORS[key], Period.year(year)).values()) for year in YEARS)
    assert 0.75 * second < first < 1.25 * second


def test_places_of_that_time_add_up_to_the_city(demo):
    what = INDICATORS["opinions"]
    whole = figure(what, demo.pk, PERIOD, THEN).value
    assert sum(f.value for f in by_unit(what, demo.pk, PERIOD, THEN, "commune")) == whole


def test_a_divided_commune_is_shown_as_not_placeable_never_guessed(demo):
    answers = by_unit(INDICATORS["supervisions_217"], demo.pk, PERIOD, NOW, "commune")
    assert any(f.unplaced for f in answers)
    assert (
        sum(f.value for f in answers)
        < figure(INDICATORS["supervisions_217"], demo.pk, PERIOD, NOW).value
    )


def test_the_month_sums_equal_the_rows(demo):
    slow = {}
    for event in Event.objects.filter(state="confirmed", kind="opinion_conference"):
        if event.held_on in PERIOD and event.opinions:
            slow[event.unit_id] = slow.get(event.unit_id, 0) + event.opinions
    assert amounts(INDICATORS["opinions"], PERIOD) == slow


def test_a_record_counts_when_confirmed_differently_when_corrected_and_not_when_withdrawn(demo):
    by, ward = Actor.system("test"), unit_from("00004@2023-12-12")

    def now():
        return figure(INDICATORS["opinions"], demo.pk, PERIOD, THEN).value

    before = now()
    event = draft_event(
        "opinion_conference", by=by, unit=ward, held_on=date(2023, 3, 3), title="Góp ý", opinions=7
    )
    assert now() == before
    event = confirm_event(event, by=by)
    assert now() == before + 7
    event = correct_event(event, by=by, reason="Đếm lại", opinions=5)
    assert now() == before + 5
    withdraw_event(event, by=by, reason="Ghi nhầm sổ")
    assert now() == before


@pytest.mark.parametrize("whole", ["supervisions_217", "petitions_received", "reception_visitors"])
def test_the_lines_of_a_breakdown_add_up_to_the_whole(demo, whole):
    lines = [k for k in INDICATORS if k.startswith(f"{whole}.")]
    assert len(lines) >= 3
    parts = [figure(INDICATORS[k], demo.pk, PERIOD, THEN).value for k in lines]
    assert sum(parts) == figure(INDICATORS[whole], demo.pk, PERIOD, THEN).value


def test_a_level_is_what_stands_on_the_last_day(demo):
    communes = INDICATORS["communes"]
    assert figure(communes, demo.pk, Period(date(2023, 1, 1), date(2024, 1, 1)), THEN).value == 526
    assert figure(communes, demo.pk, Period(date(2025, 1, 1), date(2026, 1, 1)), NOW).value == 126


def test_a_series_across_a_change_of_method_carries_a_mark(demo):
    what = INDICATORS["par_index"]
    then, now = (figure(what, demo.pk, Period.year(year), THEN) for year in (2021, 2022))
    assert "method" in marks_between(then, now)
    assert marks_between(now, now) == []


def test_a_ratio_comes_from_sums(demo):
    answer = figure(
        INDICATORS["pib_resolution_rate"],
        demo.pk,
        Period(date(2022, 1, 1), date(2023, 12, 13)),
        THEN,
    )
    assert (answer.over.value, answer.under.value) == (1446, 1566)


def test_a_published_score_carries_its_rank_and_is_never_summed(demo):
    what = INDICATORS["par_index"]
    assert figure(what, demo.pk, Period.year(2022), THEN).rank == 3
    assert figure(what, demo.pk, Period.year(2021), THEN).rank == 10
    assert figure(what, unit_from("1").pk, Period.year(2022), THEN).value is None


# The version of the map, the sum, which indicators are stated at all, the statements of this one.
def test_a_figure_costs_the_same_few_questions_whatever_the_rows(demo, django_assert_num_queries):
    figure(INDICATORS["opinions"], demo.pk, PERIOD, THEN)
    with django_assert_num_queries(4):
        figure(INDICATORS["opinions"], demo.pk, PERIOD, THEN)


def test_the_delegates_of_the_online_conference_are_the_heads_counted_in_its_hall(demo):
    hall = Conference.objects.get(
        unit=demo, event__kind="conference", title__startswith="Hội nghị trực tuyến triển khai"
    )
    largest = {}
    for count in HeadCount.objects.filter(point__conference=hall).select_related("point"):
        largest[count.point.unit_id] = max(count.count, largest.get(count.point.unit_id, 0))
    got = {}
    for row in evidence_rows(INDICATORS["online_conference_delegates"], demo.pk, PERIOD, THEN):
        got[row.unit_id] = got.get(row.unit_id, 0) + row.amount
    assert got == largest and len(largest) == 30
    assert (
        figure(INDICATORS["online_conference_delegates"], demo.pk, PERIOD, THEN).value
        == sum(largest.values())
        > 20_000
    )
