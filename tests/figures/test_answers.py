"""How figures are put together from sums, shares and pages of rows that a test provides. No
database is asked, except where scores are loaded.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import pytest
from django.core.exceptions import EmptyResultSet

from danchu.figures import answer, comparison, evidence, sums, territory
from danchu.figures.answer import Figure, by_unit, evidence_queries, marks_between
from danchu.figures.catalogue import Flow, Outside, Ratio, Source
from danchu.figures.evidence import _page
from danchu.figures.loading import load_scores
from danchu.journal.models import Entry
from danchu.kernel.days import Period
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor

YEAR, DAY = Period.year(2024), date(2024, 12, 31)
CLERK, PUBLIC = Actor.system("test"), Actor.public()


class Rows(list):
    """Takes the place of a queryset: rows with a day and a key, in order."""

    def order_by(self, *_names):
        return self

    annotate = values_list = lambda self, *_names, **_values: self

    def count(self):
        return len(self)

    def none(self):
        return Rows()

    def filter(self, *conditions, **values):
        if values:
            return Rows([*self, values])
        [(_name, day)] = [child for child in conditions[0].children if isinstance(child, tuple)]
        [same_day] = [child for child in conditions[0].children if not isinstance(child, tuple)]
        pk = dict(same_day.children)["pk__gt"]
        return Rows(row for row in self if (row.held_on, row.pk) > (day, pk))


SOURCE = Source("events", Rows, when="held_on", where="unit")
FLOW = Flow("a", "a", "a", SOURCE)
RATIO = Ratio("r", "r", "r", over=FLOW, under=FLOW)
SCORE = Outside("s", "s", "s", series="sipas", breaks=(date(2024, 7, 1),))


@pytest.fixture
def maps(monkeypatch):
    """Each day has a map of its own, and 2024 the laws in `laws`."""
    laws = []
    monkeypatch.setattr(answer, "boundaries", lambda day: str(day.year))
    monkeypatch.setattr(answer, "regimes", lambda period: laws)
    return laws


def test_a_figure_warns_of_each_thing_that_changed_within_its_period(maps, monkeypatch):
    monkeypatch.setattr(answer, "boundaries", {date(2024, 1, 1): 1, DAY: 1}.__getitem__)
    assert Figure(FLOW, 1, YEAR, DAY, None).marks == []
    assert Figure(SCORE, 1, YEAR, DAY, None).marks == ["method"]
    maps += ["law of 2022", "law of 2024"]
    monkeypatch.setattr(answer, "boundaries", {date(2024, 1, 1): 1, DAY: 2}.__getitem__)
    assert Figure(SCORE, 1, YEAR, DAY, None).marks == ["law", "method", "map"]


def test_two_figures_are_compared_with_a_warning_of_each_difference(monkeypatch):
    maps_of, laws_of, since = {}, {}, []
    monkeypatch.setattr(comparison, "boundaries", lambda day: maps_of.get(day.year, 0))
    monkeypatch.setattr(comparison, "existed_on", lambda unit, day: day not in since)
    monkeypatch.setattr(answer, "regimes", lambda period: laws_of.get(period.since.year, ["law"]))
    later = Figure(SCORE, 1, YEAR, DAY, None)
    same = Figure(replace(SCORE, breaks=()), 1, YEAR, DAY, None)
    assert marks_between(same, same) == []
    earlier = Figure(SCORE, 1, Period.year(2023), date(2023, 12, 31), None)
    assert marks_between(earlier, later) == ["method"]
    version = same._replace(indicator=replace(same.indicator, version="2"))
    assert marks_between(same, version) == ["method"]
    laws_of[2023] = ["old law"]
    maps_of[2023] = 1
    assert marks_between(earlier, later) == ["law", "method", "map"]
    since += [YEAR.since]
    assert marks_between(same, same) == ["map"]
    since.clear()
    unplaced = same._replace(unplaced=Fraction(1))
    assert marks_between(same, unplaced) == ["map"]
    assert marks_between(same, same._replace(over=same, under=unplaced)) == ["map"]


def test_a_unit_that_is_not_on_the_map_is_refused(monkeypatch):
    chart = SimpleNamespace(sources=lambda unit, level: {})
    monkeypatch.setattr(territory, "boundaries", lambda day: chart)
    with pytest.raises(Refused) as refusal:
        evidence_queries(FLOW, 9, YEAR, DAY)
    assert refusal.value.field == "map"


def test_an_amount_without_a_share_is_told_apart_from_what_counts():
    pairs = [(1, 6), (2, 3), (3, 5)]
    shares = {1: Fraction(1, 3), 2: 1, 3: None}
    assert answer._split_by_share(pairs, shares, {1: Fraction(1, 2), 3: 1}) == (5, 8)


def test_the_ratios_of_units_are_of_their_sums_and_a_missing_one_is_nought(monkeypatch):
    overs = [Figure(FLOW, 1, YEAR, DAY, Fraction(1))]
    unders = [Figure(FLOW, unit, YEAR, DAY, Fraction(4)) for unit in (1, 2)]
    pages = iter([overs, unders])
    monkeypatch.setattr(answer, "by_unit", lambda *_: next(pages))
    ratios = by_unit(RATIO, 9, YEAR, DAY, "commune")
    assert [(ratio.unit_id, ratio.value) for ratio in ratios] == [(1, 25), (2, 0)]
    assert by_unit(SCORE, 9, YEAR, DAY, "commune") == []


def test_the_rows_of_the_nation_are_all_and_those_of_a_unit_are_narrowed(monkeypatch):
    monkeypatch.setattr(Flow, "rows", lambda self, *periods: Rows())
    monkeypatch.setattr(answer, "_sources", lambda *_: ({}, None))
    assert evidence_queries(FLOW, 1, YEAR, DAY) == ([(FLOW, [])], {})
    monkeypatch.setattr(answer, "_sources", lambda *_: ({}, "{1}"))
    assert evidence_queries(FLOW, 1, YEAR, DAY)[0] == [(FLOW, [{"unit__among": "{1}"}])]


def test_pages_of_evidence_go_on_within_a_source_and_into_the_next():
    rows = [
        Rows(
            SimpleNamespace(pk=pk, held_on=date(2024, 1, day), unit_id=1, people=3)
            for pk, day in days
        )
        for days in (((1, 1), (2, 1), (3, 2)), ((4, 1), (5, 5)))
    ]
    people = replace(FLOW, amount="people", sensitive=True)
    queries = [(FLOW, rows[0]), (people, rows[1])]
    after, pages = "", []
    while True:
        lines, after = _page(queries, {1: 1}, PUBLIC, after, 2, {}, None)
        pages.append([(line.pk, line.amount, line.unit_id) for line in lines])
        if not after:
            break
    assert pages == [
        [(1, 1, 1), (2, 1, 1)],
        [(3, 1, 1), (4, 3, 1)],
        [(5, 3, 1)],
    ]
    assert _page(queries, {1: 1}, CLERK, "", 2, {}, None)[1] == "2024-01-01.2"
    assert _page(queries, {1: 1}, CLERK, "", 3, {}, None)[1] == ".1"
    assert _page(queries, {1: 1}, CLERK, "", 4, {}, None)[1] == "2024-01-01.4.1"


def test_only_the_last_page_of_evidence_has_the_statements(monkeypatch):
    rows = Rows(SimpleNamespace(pk=pk, uid=None, held_on=DAY, unit_id=1) for pk in (1, 2, 3))
    stated = SimpleNamespace(pk=9, uid=None, since=DAY, unit_id=1, amount=4, share=1, open_share=0)
    monkeypatch.setattr(evidence, "evidence_queries", lambda *_: ([(FLOW, rows)], {1: 1}))
    monkeypatch.setattr(evidence, "sources_of", lambda *_: ({1: 1}, None))
    monkeypatch.setattr(evidence, "statement_evidence", lambda *_: [stated])
    monkeypatch.setattr(evidence, "open_shares_of", lambda *_: {})
    first = evidence.evidence(FLOW, 1, YEAR, DAY, CLERK, limit=2)
    assert [row.pk for row in first.rows] == [1, 2]
    assert (first.records, first.withheld, first.after) == (4, 3, "2024-12-31.2")
    last = evidence.evidence(FLOW, 1, YEAR, DAY, CLERK, after=first.after, limit=2)
    assert [(row.source, row.pk, row.amount) for row in last.rows] == [
        ("events", 3, 1),
        ("statement", 9, 4),
    ]
    assert last.after == ""
    everything = evidence.all_evidence(FLOW, 1, YEAR, DAY, CLERK, size=1)
    assert [row.pk for row in everything] == [1, 2, 3, 9]


def test_in_a_read_context_the_same_units_in_any_order_are_one_sum(monkeypatch):
    asked = []
    monkeypatch.setattr(sums, "_amounts", lambda questions: asked.extend(questions) or [{}])
    with reading():
        sums.amounts(FLOW, YEAR, [3, 1])
        sums.amounts(FLOW, YEAR, [1, 3])
    assert [units.text for _flow, _period, units in asked] == ["{1,3}"]


def test_what_can_have_no_rows_is_not_asked_of_the_database(monkeypatch):
    def empty():
        raise EmptyResultSet

    rows = SimpleNamespace(query=SimpleNamespace(sql_with_params=empty))
    monkeypatch.setattr(sums, "_addends", lambda *_: [rows])
    assert sums._amounts([(FLOW, YEAR, None)]) == [{}]


def test_a_few_days_are_summed_from_the_rows_and_not_from_the_tally(monkeypatch):
    monkeypatch.setattr(Flow, "rows", lambda self, *periods: Rows(periods))
    flow = replace(FLOW, source=replace(SOURCE, tally=object()))
    days = Period(date(2024, 1, 5), date(2024, 1, 9))
    assert sums._addends(flow, days, None) == [[days]]


def test_scores_of_provinces_that_are_not_there_are_not_loaded(db):
    assert load_scores(by=CLERK) == 0
    assert not Entry.objects.filter(act="score.loaded").exists()
