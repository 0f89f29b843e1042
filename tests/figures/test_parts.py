"""Parts of figures that need no rows: the cursor of evidence, the first days of a tally, the change
of a map, the read context of a request, the command. No database is asked.
"""

from datetime import date
from fractions import Fraction
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from danchu.figures import map_change
from danchu.figures.catalogue import INDICATORS, Flow, Source
from danchu.figures.catalogue_page import catalogue_page
from danchu.figures.evidence import EvidenceRow, _parse_after, _readable, _rows_after, faces_of
from danchu.figures.management.commands import figures as command
from danchu.figures.map_change import WATCHED, figure_changes
from danchu.figures.middleware import reading_middleware
from danchu.figures.models import OutsideScore
from danchu.figures.sums import _first_days
from danchu.kernel.boundaries import Boundaries
from danchu.kernel.chronicle import Chronicle
from danchu.kernel.days import DAWN, Period
from danchu.kernel.reading import is_reading
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.units.plan import FigureChange, MapChange

SOURCE = Source("events", list, when="held_on", where="unit")


@pytest.mark.parametrize(
    ("after", "count", "cursor"),
    [
        ("", 1, ("", 0)),
        ("2025-03-01.17", 1, ("2025-03-01.17", 0)),
        ("2025-03-01.17.2", 3, ("2025-03-01.17", 2)),
        (".2", 3, ("", 2)),
        (".1", 1, (".1", 0)),
        ("2025-03-01.1", 3, ("2025-03-01.1", 0)),
        ("2025-03-01.17.3", 3, ("2025-03-01.17.3", 0)),
        ("a.b.x", 3, ("a.b.x", 0)),
    ],
)
def test_a_cursor_says_where_in_which_source_the_next_page_begins(after, count, cursor):
    assert _parse_after(after, count) == cursor


@pytest.mark.parametrize("after", ["x", "2025-03-01", "2025-03-01.x", ".17", "2025-02-31.17"])
def test_a_cursor_that_is_none_is_refused(after):
    with pytest.raises(Refused):
        _rows_after([], SOURCE, after)


def test_without_a_cursor_the_rows_are_all():
    rows = object()
    assert _rows_after(rows, SOURCE, "") is rows


def test_a_source_that_does_not_say_what_may_be_read_shows_no_content():
    rows = SimpleNamespace(none=lambda: "none")
    assert _readable(SOURCE, rows, Actor.public()) == "none"
    assert faces_of(SOURCE, [SimpleNamespace(pk=1)], Actor.public()) == {}


@pytest.mark.parametrize(
    ("amount", "share", "counted"),
    [(6, Fraction(1, 2), 3), (6, None, None), (0, 1, 0)],
)
def test_a_row_counts_what_it_adds_times_its_share(amount, share, counted):
    row = EvidenceRow("a", 1, "", date(2024, 1, 1), 1, amount, share, None, None)
    assert row.counted == counted


def test_the_first_days_of_months_and_years_are_those_in_the_piece():
    piece = Period(date(2023, 11, 1), date(2024, 2, 1))
    months = [date(2023, 11, 1), date(2023, 12, 1), date(2024, 1, 1)]
    assert list(_first_days("month", piece)) == months
    years = Period(date(2023, 1, 1), date(2025, 1, 1))
    assert list(_first_days("year", years)) == [date(2023, 1, 1), date(2024, 1, 1)]


ON = date(2026, 1, 1)
# Commune 2 goes a third into 3 and two thirds into 4; commune 5 goes into 4 or 6, nobody knows.
UNITS = [
    (1, "nation", DAWN, None),
    (2, "commune", DAWN, ON),
    (5, "commune", DAWN, ON),
    *((unit, "commune", ON, None) for unit in (3, 4, 6)),
]
SUCCESSIONS = [
    (2, 3, Fraction(1, 3)),
    (2, 4, Fraction(2, 3)),
    (5, 4, None),
    (5, 6, None),
]


def on_map(units, successions):
    standings = [(unit, None if unit == 1 else 1, since, until) for unit, _l, since, until in units]
    return Boundaries(ON, Chronicle(units, standings, successions))


def test_a_change_of_the_map_shows_what_each_unit_gains_loses_and_leaves_open(monkeypatch):
    before = [(unit, level, since, None) for unit, level, since, _until in UNITS if since == DAWN]
    change = MapChange(
        ON,
        on_map(before, []),
        on_map(UNITS, SUCCESSIONS),
        frozenset({2, 3, 4, 5, 6}),
        {unit: SimpleNamespace(name=f"Xã {unit}") for unit in range(7)},
    )
    asked = []

    def amounts(indicator, period):
        asked.append((indicator.key, period))
        return {2: 6, 5: 2}

    monkeypatch.setattr(map_change, "amounts", amounts)
    monkeypatch.setattr(map_change, "WATCHED", ("opinions", "no such indicator"))
    label = f"{INDICATORS['opinions'].vi} từ năm 2021"
    assert list(figure_changes(change)) == [
        FigureChange(label, "Xã 2", 6, None, 0),
        FigureChange(label, "Xã 3", None, 2, 0),
        FigureChange(label, "Xã 4", None, 4, 2),
        FigureChange(label, "Xã 5", 2, None, 0),
        FigureChange(label, "Xã 6", None, 0, 2),
    ]
    assert asked == [("opinions", Period(date(2021, 1, 1), ON))]


def test_what_does_not_change_is_not_shown(monkeypatch):
    chart = on_map(UNITS, SUCCESSIONS)
    change = MapChange(ON, chart, chart, frozenset({3, 4, 6}), {})
    monkeypatch.setattr(map_change, "amounts", lambda *_: {2: 6, 5: 2})
    assert list(figure_changes(change)) == []


def test_the_watched_indicators_are_sums():
    assert all(isinstance(INDICATORS[key], Flow) for key in WATCHED)


@pytest.mark.parametrize(
    ("method", "reads"), [("GET", True), ("HEAD", True), ("POST", False), ("DELETE", False)]
)
def test_only_a_request_that_reads_has_a_read_context(method, reads):
    answer = reading_middleware(lambda request: is_reading())
    assert answer(SimpleNamespace(method=method)) is reads
    assert not is_reading()


def test_the_command_shows_the_catalogue_or_writes_it(monkeypatch, tmp_path):
    place = tmp_path / "generated" / "figures.md"
    monkeypatch.setattr(command, "PLACE", place)
    output = StringIO()
    call_command("figures", "catalogue", stdout=output)
    assert output.getvalue().strip() == catalogue_page().strip()
    assert not place.exists()
    call_command("figures", "catalogue", "--write", stdout=output)
    assert place.read_text(encoding="utf-8") == catalogue_page()
    assert f"Đã ghi {place}" in output.getvalue()


def test_a_published_score_names_itself():
    assert str(OutsideScore(series="sipas", year=2024)) == "sipas 2024"
