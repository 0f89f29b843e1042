"""The report's sentences carry the figures of the records; a seal tells later exactly what
changed.
"""

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from docx import Document as WordFile

from danchu.demo.generate import generate_demo
from danchu.figures.actions import release_year
from danchu.figures.loading import load_scores
from danchu.figures.models import ReleasedFigure
from danchu.journal.heads import WrittenHead
from danchu.journal.verify import verify_chain
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, correct_event, draft_event, withdraw_event
from danchu.register.models import Event
from danchu.reports import template
from danchu.reports.actions import seal_report
from danchu.reports.document import Number, blank, fill
from danchu.reports.drift import broken_seals, drift_of, heads_of_seals
from danchu.reports.files import write_report
from danchu.reports.offered import offered_forms
from danchu.reports.publishing import publish_totals
from danchu.reports.template import form_files, parse_text, read_form
from danchu.units.find import unit_from
from danchu.units.maps import boundaries
from danchu.units.sources_load import load_units
from tests.bounds import told
from tests.journal.conftest import settle, without_triggers
from tests.sizes import turn

BY = Actor.system("test")


@pytest.fixture(scope="module")
def country(illustrated_database, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        load_units(by=BY)
        load_scores(by=BY)
        generate_demo(by=BY)
        connection.check_constraints()  # once here, not again at the end of each test
        yield
        transaction.set_rollback(True)


@pytest.fixture
def undone(country, db):
    """The country and the records; what a test writes is taken back."""


def words(document):
    return " ".join(
        "".join(s if isinstance(s, str) else s.text for s in b.spans) for b in document.blocks
    )


FIGURES_OF_HA_NOI = (
    "2.480 hội nghị",
    "53.324 ý kiến",
    "24.624",
    "1.682",
    "hơn 20.000 đại biểu",
    "6.694 lượt",
    "5.079 đơn",
    "12.567 cuộc",
    "1.566 vụ",
    "1.446 vụ",
    "92,3\u00a0%",
    "89,58 điểm",
    "xếp thứ 3 ",
    "tăng 7 bậc so với năm 2021",
    "80,16\u00a0%",
    "xếp thứ 30",
)


def test_the_report_of_ha_noi_says_every_figure_of_the_published_one(undone):
    said = words(fill(read_form("ha-noi-2023"), actor=BY))
    assert [shown for shown in FIGURES_OF_HA_NOI if shown not in said] == []


@turn(2, together=0)
@pytest.mark.case("FI9")
def test_the_public_reads_every_figure_of_the_published_report_beside_the_years(undone):
    """As the demo publishes: the reports, then the years. Whatever is published of the city's
    visits, no small count of a place follows for the days that the report cuts.
    """
    for name in form_files():
        assert publish_totals(blank(read_form(name)), by=BY) == 2
    for year in (2022, 2023, 2024):
        assert release_year(year, by=BY)
    document = fill(read_form("ha-noi-2023"))
    said = words(document)
    assert [shown for shown in FIGURES_OF_HA_NOI if shown not in said] == []
    assert "không nêu" not in said
    assert "2.677 lượt người và nhận 2.031 đơn" in words(fill(read_form("tp-hcm-2023")))
    city = document.unit_id
    values = {
        (unit, year): Fraction(value)
        for unit, year, value in ReleasedFigure.objects.filter(
            key="reception_visitors", unit__in=boundaries(document.map_day).within(city)
        ).values_list("unit", "release__year", "value")
    }
    spans = {2022: ("2022",), 2023: ("to 12/12", "after")}
    sums, known = [], {("all", "report"): Fraction(6694)}
    for year, parts in spans.items():
        places = {unit for unit, at in values if at == year and unit != city} | {"rest"}
        known |= {(unit, year): values[unit, year] for unit in places - {"rest"}}
        known["all", year] = values[city, year]
        for span in (year, *parts):
            sums.append((("all", span), [(unit, span) for unit in places]))
        if len(parts) > 1:
            sums += [((unit, year), [(unit, part) for part in parts]) for unit in (*places, "all")]
    sums.append((("all", "report"), [("all", 2022), ("all", "to 12/12")]))
    assert len(known) > 100
    hidden = [cell for whole, cells in sums for cell in (whole, *cells)]
    assert told(sums, known, hidden) == {}


def test_every_number_of_the_text_keeps_its_figure(undone):
    document = fill(read_form("ha-noi-2023"))
    keys = {f.indicator.key for f in document.figures}
    seed = Path(__file__).parents[1] / "figures" / "seed_figures.csv"
    assert {row["key"] for row in csv.DictReader(seed.open(encoding="utf-8"))} <= keys
    loose = [s for b in document.blocks for s in b.spans if isinstance(s, Number) and not s.figures]
    assert loose == []


@pytest.mark.parametrize("name", sorted(form_files()))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_form_fills_in_both_languages(undone, name, language):
    assert fill(read_form(name), language, date(2026, 1, 1)).figures


def test_a_column_of_a_table_by_level_has_days_of_its_own_and_adds_up(undone):
    document = fill(read_form("ha-noi-2023"), actor=BY)
    annex = [block for block in document.blocks if block.kind == "table"][-1]
    assert "(01/01/2022 – 12/12/2023)" in annex.head[-1]
    assert "(" not in annex.head[0]
    figures = [row[-1].figures[0] for row in annex.rows if row[-1].figures]
    assert len(figures) == 30 and {one.period.since for one in figures} == {date(2022, 1, 1)}
    assert {row[1].figures[0].period.since for row in annex.rows} == {date(2021, 1, 1)}
    rounds = Event.objects.filter(
        kind="inspection_round",
        state="confirmed",
        held_on__gte="2022-01-01",
        held_on__lt="2023-12-13",
    )
    for one in figures:
        below = boundaries(document.map_day).subtree(one.unit_id)
        assert one.value == rounds.filter(unit__in=below).count()
    assert sum(one.value for one in figures) == 12567


def test_a_chart_has_no_days_of_its_own():
    rows = {"unit": "01", "since": "2021-01-01", "until": "2022-01-01", "map": "2021-12-31"}
    chart = {"kind": "chart", "vi": "a", "en": "a", "keys": ["dialogues since=2021-05-01"]}
    with pytest.raises(Refused, match="chỉ trong bảng"):
        template.form_of_rows("x", "x", {**rows, "title": {"vi": "a", "en": "a"}, "block": [chart]})


def test_a_comparison_turns_with_the_sign(undone):
    form = read_form("ha-noi-2023")
    for years, said in (
        ((2021, 2022), "giảm 7 bậc"),
        ((2022, 2022), "giữ nguyên"),
        ((2022, 2021), "tăng 7 bậc"),
    ):
        spans = parse_text(f"{{change par_index rank year={years[0]} from={years[1]}}}")
        blocks = ({"kind": "paragraph", "text": {"vi": spans}},)
        assert said in words(
            fill(template.Form(form.name, form.unit, form.period, form.map_day, form.title, blocks))
        )


@pytest.mark.parametrize(
    "text",
    [
        "{khong_co}",
        "{opinions",
        "{opinions moi=1}",
        "{change par_index}",
        "{opinions year=nay}",
        "{}",
    ],
)
def test_a_bad_reference_is_refused_with_what_to_change(text):
    with pytest.raises(Refused) as refusal:
        parse_text(text, "x.toml", 3)
    assert "khối 3" in refusal.value.message


def test_a_form_that_does_not_parse_is_refused_by_its_name(tmp_path, monkeypatch):
    (tmp_path / "hong.toml").write_text("title = [", encoding="utf-8")
    monkeypatch.setenv("DANCHU_FORMS", str(tmp_path))
    with pytest.raises(Refused, match=r"hong\.toml"):
        read_form("hong")


@turn(4, together=1)
def test_a_seal_says_unchanged_until_a_row_changes_and_then_names_it(undone):
    ward = unit_from("00004@2023-12-12")
    event = draft_event(
        "opinion_conference", by=BY, unit=ward, held_on=date(2023, 3, 3), title="Góp ý", opinions=7
    )
    event = confirm_event(event, by=BY)
    seal = seal_report(fill(read_form("ha-noi-2023")), by=BY)
    assert all(line.is_unchanged for line in drift_of(seal))
    assert seal_report(fill(read_form("ha-noi-2023")), by=BY) == seal

    corrected = correct_event(event, by=BY, reason="Đếm lại", opinions=5)
    changed = {d.line.key: d for d in drift_of(seal) if not d.is_unchanged}
    assert set(changed) == {"opinions"}
    [change] = changed["opinions"].changes
    assert (change.reference, change.how, change.before, change.after) == (
        f"event:{event.pk}",
        "corrected",
        7,
        5,
    )
    assert changed["opinions"].sealed - changed["opinions"].value == 2

    withdraw_event(corrected, by=BY, reason="Ghi nhầm")
    [change] = next(d for d in drift_of(seal) if not d.is_unchanged).changes
    assert (change.how, change.before, change.after) == ("gone", 7, None)
    assert seal_report(fill(read_form("ha-noi-2023")), by=BY) != seal


@turn(2, together=0)
def test_a_new_record_is_named_as_having_come(undone):
    seal = seal_report(fill(read_form("ha-noi-2023")), by=BY)
    ward = unit_from("00004@2023-12-12")
    event = draft_event(
        "dialogue", by=BY, unit=ward, held_on=date(2023, 3, 3), title="Đối thoại", form="periodic"
    )
    confirm_event(event, by=BY)
    changed = {d.line.key: d.changes for d in drift_of(seal) if not d.is_unchanged}
    assert [(c.how, c.reference) for c in changed["dialogues"]] == [("came", f"event:{event.pk}")]


@turn(2, together=0)
def test_a_seal_cannot_be_changed_and_a_forced_change_is_found(undone):
    seal = seal_report(fill(read_form("ha-noi-2023")), by=BY)
    assert list(broken_seals()) == []
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reports_seal SET title = 'khác'")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE reports_sealline SET value = '1' WHERE key = 'opinions'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    assert {place for place, _message in broken_seals()} == {f"seal {seal.pk}"}
    assert verify_chain() == []


@turn(2, together=1)
@pytest.mark.case("TR2")
def test_the_head_in_a_seal_is_a_witness_of_the_journal(undone):
    """The last entries cut off, also the one of the sealing, and the head moved back."""
    settle()
    before = verify_chain()
    seal = seal_report(fill(read_form("ha-noi-2023")), by=BY)
    settle()
    number, _colon, mark = seal.journal_head.partition(":")
    assert WrittenHead(int(number), mark, f"báo cáo niêm phong số {seal.pk}") in heads_of_seals()
    with without_triggers() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE number > %s", [int(number) - 5])
        cursor.execute(
            "UPDATE journal_head SET (number, hash) = "
            "(SELECT number, hash FROM journal_entry ORDER BY number DESC LIMIT 1)"
        )
    (problem,) = [one for one in verify_chain() if one not in before]
    assert problem.place == f"nhật ký {number}"
    assert f"số {seal.pk}" in problem.message


def test_only_who_has_the_right_may_seal(undone):
    with pytest.raises(Denied):
        seal_report(fill(read_form("ha-noi-2023")), by=Actor.public())


def test_the_records_are_there(undone):
    assert Event.objects.counted().count() > 75_000


@pytest.mark.parametrize("ending", [".html", ".docx", ".json", ".csv"])
def test_a_report_is_written_whole_in_each_format(undone, tmp_path, ending):
    path = write_report(fill(read_form("ha-noi-2023")), tmp_path / f"bao-cao{ending}")
    if ending == ".docx":
        said = "\n".join(p.text for p in WordFile(str(path)).paragraphs)
    else:
        said = path.read_text(encoding="utf-8")
    assert ("opinions" if ending == ".csv" else "53.324 ý kiến") in said
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_the_reports_of_the_product_are_offered_where_their_records_are(undone):
    assert [form.name for form in offered_forms()] == ["ha-noi-2023", "tp-hcm-2023"]


def test_an_unknown_ending_is_refused(undone, tmp_path):
    with pytest.raises(Refused, match=r"\.xyz"):
        write_report(fill(read_form("ha-noi-2023")), tmp_path / "a.xyz")


def test_the_pages_of_a_report_open_every_number(undone, client):
    page = client.get("/report/ha-noi-2023/").content.decode()
    assert "/figures/opinions/?unit=" in page
    assert ">53.324</a>" in page
    assert client.get("/report/").status_code == 200
    assert client.get("/report/khong-co/").status_code == 400
    assert client.post("/report/ha-noi-2023/seal/").status_code == 403


@turn(2, together=1)
def test_the_page_of_a_seal_says_whether_it_stands(undone, client):
    seal = seal_report(fill(read_form("ha-noi-2023")), by=BY)
    page = client.get(f"/report/seals/{seal.pk}/").content.decode()
    assert "Còn nguyên" in page
    assert seal.digest in page
