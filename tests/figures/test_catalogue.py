"""What an indicator is: its rows, its parts, its measure, its line in the catalogue. No database is
asked.
"""

from dataclasses import replace
from datetime import date

import pytest
from django.db.models import Q
from django.utils import translation

from danchu.figures import catalogue, catalogue_page
from danchu.figures.catalogue import (
    Flow,
    Level,
    Outside,
    Ratio,
    Source,
    count_also,
    declare,
    indicator,
    parts,
    unit_of_measure,
)
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.kernel.words import local_name
from danchu.register.counted_once import statable_names


class Rows:
    """Takes the place of a queryset and keeps what it was filtered by."""

    def filter(self, *conditions, **values):
        self.conditions = conditions
        self.values = values
        return self


SOURCE = Source("events", Rows, when="held_on", where="unit")
FLOW = Flow("a.flow", "Việc", "Events", SOURCE, where={"kind": "x"}, measure=("việc", "events"))
LEVEL = Level("a.level", "Tổ chức", "Bodies", SOURCE, standing=lambda period: [period])
RATIO = Ratio("a.ratio", "Tỷ lệ", "Ratio", over=FLOW, under=LEVEL)
SCORE = Outside("a.score", "Điểm", "Score", series="sipas", breaks=(date(2022, 1, 1),))
YEAR = Period.year(2024)


@pytest.fixture
def empty_catalogue(monkeypatch):
    monkeypatch.setattr(catalogue, "INDICATORS", {})
    monkeypatch.setattr(catalogue, "ADDED_FLOWS", catalogue.defaultdict(list))


def test_the_unit_of_a_row_is_its_key_or_its_column():
    assert SOURCE.unit_of == "unit_id"
    assert replace(SOURCE, where="pk").unit_of == "pk"


def test_a_flow_counts_the_rows_of_any_of_its_periods_that_meet_its_conditions():
    later = Period.year(2026)
    rows = FLOW.rows(YEAR, later)
    assert rows.conditions == (
        Q(held_on__gte=date(2024, 1, 1), held_on__lt=date(2025, 1, 1))
        | Q(held_on__gte=date(2026, 1, 1), held_on__lt=date(2027, 1, 1)),
    )
    assert rows.values == {"kind": "x"}


def test_a_line_of_a_breakdown_adds_conditions_and_keeps_the_rest():
    line = FLOW.only("late", "Trễ", "Late", late=True)
    assert line == replace(
        FLOW, key="a.flow.late", vi="Trễ", en="Late", where={"kind": "x", "late": True}
    )


def test_a_level_is_of_one_period_only():
    assert LEVEL.rows(YEAR) == [YEAR]
    with pytest.raises(ValueError):
        LEVEL.rows(YEAR, Period.year(2025))


@pytest.mark.parametrize(
    ("over", "under", "sensitive"),
    [(False, False, False), (True, False, True), (False, True, True), (True, True, True)],
)
def test_a_ratio_is_sensitive_with_either_of_its_sums(over, under, sensitive):
    ratio = replace(
        RATIO, over=replace(FLOW, sensitive=over), under=replace(LEVEL, sensitive=under)
    )
    assert ratio.sensitive is sensitive


def test_a_key_is_declared_once(empty_catalogue):
    declare(FLOW, LEVEL)
    assert (indicator("a.flow"), indicator("a.level")) == (FLOW, LEVEL)
    with pytest.raises(ValueError, match=r"a\.flow is declared twice"):
        declare(FLOW)


def test_an_unknown_indicator_is_refused_by_the_beginning_of_its_name(empty_catalogue):
    with pytest.raises(Refused, match=f"Không có chỉ tiêu “{'x' * 60}”") as refusal:
        indicator("x" * 61)
    assert refusal.value.field == "key"


def test_an_indicator_is_followed_by_what_counts_into_it(empty_catalogue):
    other = replace(FLOW, key="b.flow")
    assert parts(FLOW) == (FLOW,)
    count_also("a.flow", other)
    assert parts(FLOW) == (FLOW, other)
    assert parts(other) == (other,)


def test_a_measure_is_in_the_language_of_the_reader():
    assert unit_of_measure(FLOW) == "việc"
    with translation.override("en"):
        assert unit_of_measure(FLOW) == "events"


@pytest.fixture
def page(monkeypatch):
    """A function that gives the catalogue page of some indicators without its heading."""

    def render(*indicators):
        monkeypatch.setattr(catalogue_page, "INDICATORS", {one.key: one for one in indicators})
        return catalogue_page.catalogue_page().removeprefix(catalogue_page.HEAD)

    return render


HEADER = (
    "| mã / code | khóa / key | tên | name | đơn vị tính / measure | loại / kind | căn cứ / law | "
    "phiên bản / version | đếm gì / what it counts |\n" + "| --- " * 9 + "|"
)


def test_each_kind_of_indicator_has_its_line(page):
    level = replace(LEVEL, code="A2", law="Điều 5", sensitive=True)
    lines = page(replace(FLOW, code="A1"), level, replace(RATIO, code="A3")).splitlines()
    assert lines == [
        "",
        "## A. Lãnh đạo, chỉ đạo, tuyên truyền / Leadership, direction, communication",
        "",
        *HEADER.splitlines(),
        "| A1 | `a.flow` | Việc | Events | việc / events | phát sinh / flow | – | 1 | "
        "số dòng / rows of `events`: `kind` = `x` |",
        "| A2 | `a.level` | Tổ chức ◐ | Bodies |  | cuối kỳ / level | Điều 5 | 1 | "
        "số dòng / rows of `events` |",
        "| A3 | `a.ratio` | Tỷ lệ | Ratio | % | tỷ lệ / ratio | – | 1 | "
        "`a.flow` ÷ `a.level` × 100 |",
    ]


def test_an_outside_score_names_the_days_on_which_its_method_changed(page):
    text = page(SCORE, replace(SCORE, key="b.score", breaks=(), version="2"))
    assert "## Phong trào và hội nghị / Movements and conferences" in text
    assert (
        "| – | `a.score` | Điểm | Score | điểm / points | nguồn ngoài / outside | – | "
        "1; đổi cách tính / method changed 01/01/2022 | `sipas` |" in text
    )
    assert "| – | 2 | `sipas` |" in text


def test_a_sum_of_a_column_is_said_to_be_one(page):
    flow = replace(FLOW, amount="people", where={})
    assert "| tổng / sum of `people` of `events` |" in page(flow)


def test_families_stand_in_the_order_of_their_letters_and_those_without_a_code_last(page):
    codes = ("H1", "", "A2", "A1", "D1")
    text = page(*(replace(FLOW, key=f"k{code}", code=code) for code in codes))
    order = [text.index(f"`k{code}`") for code in ("A1", "A2", "D1", "H1", "")]
    assert order == sorted(order)
    assert [line[:5] for line in text.splitlines() if line.startswith("##")] == [
        "## A.",
        "## D.",
        "## H.",
        "## Ph",
    ]
    assert text.count(HEADER) == 4


def test_a_line_of_a_breakdown_that_stands_alone_names_what_it_is_a_part_of():
    for row in catalogue.INDICATORS.values():
        name = catalogue.full_name(row)
        assert not name.startswith("–") and name.endswith(local_name(row).removeprefix("– "))
    names = dict(statable_names())
    assert names["reception_visitors.ad_hoc"] == f"{names['reception_visitors']} – đột xuất"
    assert len(set(names.values())) == len(names)


def test_a_line_of_a_breakdown_of_nothing_stands_without_its_dash():
    assert catalogue.full_name(replace(FLOW, key="no.whole", vi="– đột xuất")) == "đột xuất"
