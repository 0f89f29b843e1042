"""A report says what was published of petitions and receptions for its own period: the same on
every public surface, once, and only where it tells no small count beside what is published.
"""

import csv
import io
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from docx import Document as WordFile

from danchu.figures.actions import release_periods, release_year
from danchu.figures.answer import figure
from danchu.figures.blur import seen_by_unit, seen_figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.models import ReleasedPeriod
from danchu.kernel.days import Period
from danchu.kernel.refusals import Denied
from danchu.people.actor import Actor
from danchu.reports.actions import seal_report
from danchu.reports.document import blank, fill
from danchu.reports.drift import broken_seals, drift_of
from danchu.reports.models import SealLine
from danchu.reports.publishing import publish_totals
from danchu.reports.sealing import line_digest, packed, unpacked
from danchu.reports.template import read_form
from danchu.units.models import Standing, Succession, Unit
from tests.faults.test_attacker import _event
from tests.people.conftest import NOW, country, make_unit  # noqa: F401

BY, PUBLIC = Actor.system("test"), Actor.public()
PETITIONS, VISITORS = "petitions_received", "reception_visitors"
PERIOD = Period(date(2022, 1, 1), date(2023, 12, 13))
MAP = date(2023, 12, 12)

pytestmark = [pytest.mark.case("FI9"), pytest.mark.case("FA1")]

FORM = '''
unit = "{unit}"
since = "2021-01-01"
until = "2023-12-13"
map = "2023-12-12"
[title]
vi = "Báo cáo của thành phố"
en = "Report of the city"
[[block]]
kind = "paragraph"
vi = """Tiếp {{reception_visitors since=2022-01-01}} lượt, nhận \\
{{petitions_received since=2022-01-01}} đơn, {{dialogues}} cuộc đối thoại."""
en = """{{reception_visitors since=2022-01-01}} visits, \\
{{petitions_received since=2022-01-01}} petitions, {{dialogues}} dialogues."""
[[block]]
kind = "table"
vi = "Phụ lục"
en = "Annex"
keys = ["reception_visitors since=2022-01-01", "petitions_received since=2022-01-01"]
'''


def petitions(unit, *days):
    """A petition on each day."""
    rows = [_event(unit.pk, day, form="complaint") for day in days]
    return type(rows[0]).objects.bulk_create(rows)


def spread(year, count, month=1):
    """So many days of a year, from a month on."""
    return [date(year, month + at % (13 - month), 1 + at % 9) for at in range(count)]


@pytest.fixture
def city(country, tmp_path, monkeypatch):  # noqa: F811
    """A province with 40 petitions in 2022, 36 in 2023 until 9/12 and 9 after 12/12, and receptions
    of 1.234 visits; the form `thanh-pho`.
    """
    petitions(country.old_whole, *spread(2022, 40), *spread(2023, 36))
    petitions(country.old_whole, *(date(2023, 12, 20) for _ in range(9)))
    visits = [
        _event(country.old_whole.pk, day, kind="reception", participants=number)
        for day, number in (
            (date(2022, 5, 5), 700),
            (date(2023, 5, 5), 534),
            (date(2023, 12, 15), 40),
        )
    ]
    type(visits[0]).objects.bulk_create(visits)
    (tmp_path / "thanh-pho.toml").write_text(FORM.format(unit=country.province.pk), "utf-8")
    monkeypatch.setenv("DANCHU_FORMS", str(tmp_path))
    return country.province


def publish():
    return publish_totals(blank(read_form("thanh-pho")), by=BY)


def hidden(key, unit, period=PERIOD, map_day=MAP):
    return seen_figure(INDICATORS[key], unit.pk, period, map_day, PUBLIC).is_hidden


def value(key, unit, period=PERIOD, map_day=MAP):
    return seen_figure(INDICATORS[key], unit.pk, period, map_day, PUBLIC).value


def text(content):
    return " ".join(re.sub(r"<[^>]+>", "", content).split())


def surfaces(client, seal, unit):
    """{surface: what it says to the public}, of everything that shows the report's numbers."""
    days = f"unit={unit.pk}&since=2022-01-01"
    said = {
        "report": text(client.get("/report/thanh-pho/").content.decode()),
        "seal": text(client.get(f"/report/seals/{seal.pk}/").content.decode()),
    }
    for ending in ("html", "json", "csv"):
        said[ending] = client.get(f"/report/thanh-pho/file.{ending}").content.decode()
    file = io.BytesIO(client.get("/report/thanh-pho/file.docx").content)
    word = WordFile(file)
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    said["docx"] = " ".join([*(line.text for line in word.paragraphs), *cells])
    for key in (VISITORS, PETITIONS):
        answer = client.get(f"/api/v1/figures/{key}?{days}&until=2023-12-13&map={MAP}")
        said[f"api {key}"] = answer.json()
        page = client.get(f"/figures/{key}/?{days}&last=2023-12-12&map={MAP}")
        said[f"figure {key}"] = text(page.content.decode())
    page = client.get(f"/compare/?{days}&last=2023-12-12")
    said["compare"] = text(page.content.decode())
    return said


def test_every_public_surface_says_the_numbers_of_the_report_that_were_published(
    country, city, client
):  # noqa: F811
    before = text(client.get("/report/thanh-pho/").content.decode())
    assert "Tiếp (không nêu) lượt, nhận (không nêu) đơn, 0 cuộc" in before
    assert "chỉ công khai một lần, theo trọn năm đã khép hoặc theo kỳ của báo cáo" in before
    seal = seal_report(fill(read_form("thanh-pho")), by=BY)
    said = surfaces(client, seal, city)
    for place in ("report", "seal", "html", "docx", "json"):
        assert "Tiếp 1.234 lượt, nhận 76 đơn, 0 cuộc" in said[place], place
    assert "không nêu" not in said["report"] + said["seal"]
    rows = {row["key"]: row["value"] for row in csv.DictReader(io.StringIO(said["csv"][1:]))}
    assert (rows[VISITORS], rows[PETITIONS]) == ("1234", "76")
    for key, number in ((VISITORS, "1234"), (PETITIONS, "76")):
        answer = said[f"api {key}"]
        assert (answer["value"], answer["blurred"]) == (number, False) and answer["released_on"]
    assert (
        "1.234" in said[f"figure {VISITORS}"]
        and "Số đã công bố ngày" in said[f"figure {PETITIONS}"]
    )
    assert "1.234" in said["compare"]
    # No rows, no other period, and nothing changes with the rows.
    evidence = client.get(
        f"/api/v1/figures/{PETITIONS}/evidence?unit={city.pk}&since=2022-01-01&until=2023-12-13"
        f"&map={MAP}"
    ).json()
    assert (evidence["rows"], evidence["records"], evidence["blurred"]) == ([], None, True)
    other = client.get(
        f"/api/v1/figures/{PETITIONS}?unit={city.pk}&since=2022-01-01&until=2023-12-12"
    )
    assert other.status_code == 400
    assert "01/01/2022 – 12/12/2023" in other.json()["error"]
    petitions(
        country.old_whole,
        date(2023, 3, 3),
    )
    assert surfaces(client, seal, city) == said
    exact = fill(read_form("thanh-pho"), actor=BY)
    assert "nhận 77 đơn" in " ".join(
        str(getattr(s, "text", s)) for s in exact.blocks[0].spans
    ).replace("  ", " ")


def test_a_seal_has_the_published_number_as_its_evidence_and_stays(country, city):  # noqa: F811
    seal = seal_report(fill(read_form("thanh-pho")), by=BY)
    lines = {line.key: line for line in seal.lines.all()}
    row = ReleasedPeriod.objects.get(key=PETITIONS)
    assert unpacked(lines[PETITIONS].evidence) == {f"period:{row.pk}": ("76", "1")}
    petitions(country.old_whole, date(2023, 3, 3))
    assert all(drift.is_unchanged for drift in drift_of(seal))
    assert not list(broken_seals())
    again = seal_report(fill(read_form("thanh-pho")), by=BY)
    assert lines[PETITIONS].value == again.lines.get(key=PETITIONS).value == "76"
    with pytest.raises(DatabaseError), transaction.atomic():
        ReleasedPeriod.objects.update(value="7")


def test_a_period_after_its_years_is_published_beside_enough_and_never_otherwise(city):
    for year in (2022, 2023):
        release_year(year, by=BY)
    assert value(PETITIONS, city, Period.year(2023)) == 45
    assert publish() == 2
    assert (value(PETITIONS, city), value(VISITORS, city)) == (76, 1234)
    # One day more or less would tell what that day has.
    for until in (date(2023, 12, 10), date(2023, 12, 21), date(2023, 12, 31)):
        period = Period(PERIOD.since, until)
        assert not release_periods([(PETITIONS, period)], city.pk, MAP, by=BY)
        assert hidden(PETITIONS, city, period)


@pytest.mark.parametrize("late", [0, 4])
def test_a_year_that_would_tell_the_days_after_a_report_is_not_published(country, city, late):  # noqa: F811
    """The report was published first: then the year yields, with its places and its nation."""
    events = type(_event(city.pk, MAP)).objects
    after = events.filter(kind="petition", held_on__gt=MAP)
    after.filter(pk__in=list(after.values_list("pk", flat=True))[late:]).update(state="withdrawn")
    assert publish() == 2
    for year in (2022, 2023):
        release_year(year, by=BY)
    assert value(PETITIONS, city) == 76
    assert value(PETITIONS, city, Period.year(2022)) == 40
    assert hidden(PETITIONS, city, Period.year(2023))
    assert hidden(PETITIONS, city, Period.year(2023), date(2024, 6, 6))
    nation = country.nation
    assert hidden(PETITIONS, nation, Period.year(2023))
    assert value(VISITORS, city, Period.year(2023)) == 574


def test_what_follows_from_published_numbers_is_their_sum_not_a_count_of_today(country, city):  # noqa: F811
    """A row that came late in 2022 is in no published number, so in none that follows either."""
    for year in (2022, 2023):
        release_year(year, by=BY)
    release_periods([(PETITIONS, PERIOD)], city.pk, MAP, by=BY)
    petitions(country.old_whole, date(2023, 2, 2))
    rest = Period(date(2023, 1, 1), PERIOD.until)
    assert figure(INDICATORS[PETITIONS], city.pk, rest, MAP).value == 37
    assert release_periods([(PETITIONS, rest)], city.pk, MAP, by=BY) == 1
    assert value(PETITIONS, city, rest) == 36


def test_only_totals_of_provinces_whose_period_is_over_and_only_with_the_right(country, city):  # noqa: F811
    commune = country.old_whole
    nation = country.nation
    for unit in (commune, nation):
        assert not release_periods([(PETITIONS, PERIOD)], unit.pk, MAP, by=BY)
    running = Period(date(2022, 1, 1), date(2099, 1, 1))
    for total in ((f"{PETITIONS}.complaint", PERIOD), (PETITIONS, running)):
        assert not release_periods([total], city.pk, MAP, by=BY)
    with pytest.raises(Denied):
        release_periods([(PETITIONS, PERIOD)], city.pk, MAP, by=PUBLIC)


def test_the_operator_publishes_by_a_command_too(city, capsys):
    call_command("report", "thanh-pho", release=True)
    assert "Công bố thêm 2 số" in capsys.readouterr().out
    assert value(PETITIONS, city) == 76
    with pytest.raises(CommandError, match="--release"):
        call_command("report", "thanh-pho")


def test_places_that_share_land_have_no_two_periods(country, city):  # noqa: F811
    """The city and its neighbour become one: the difference of the two would be the neighbour's."""
    neighbour = country.elsewhere
    on = date(2026, 1, 1)
    merged = make_unit("province", "Hà Lạng", country.nation, on)
    for unit in (city, neighbour):
        Unit.objects.filter(pk=unit.pk).update(until=on)
        Standing.objects.filter(unit=unit).update(until=on)
        Succession.objects.create(before=unit, after=merged, on=on, share_over=1, share_under=1)
    assert publish() == 2
    longer = Period(PERIOD.since, date(2023, 12, 31))
    for period in (PERIOD, longer):
        assert not release_periods([(VISITORS, period)], merged.pk, date(2026, 2, 2), by=BY)
    assert hidden(VISITORS, merged, PERIOD, date(2026, 2, 2))


def older_seal(unit, number):
    """A seal of an earlier version: the number of petitions with the rows behind it."""
    seal = seal_report(fill(read_form("thanh-pho")), by=BY)
    rows = {f"event:{at}": ("1", "1") for at in range(1, number + 1)}
    names = ("key", "unit_id", "since", "until", "map_day", "value")
    values = (f"{PETITIONS}.denunciation", unit.pk, PERIOD.since, PERIOD.until, MAP, str(number))
    if number == 76:
        values = (PETITIONS, *values[1:])
    fields = dict(zip(names, values, strict=True))
    SealLine.objects.create(
        seal=seal, **fields, evidence=packed(rows), digest=line_digest(*values, packed(rows))
    )
    return seal


def test_of_an_older_seal_the_public_reads_no_more_than_what_is_published(city, client):
    small = older_seal(city, 3)
    page = text(client.get(f"/report/seals/{small.pk}/").content.decode())
    assert "tố cáo" not in page and "Nguyên văn khi niêm phong" not in page
    assert "có số liệu về đơn thư hay tiếp công dân chưa công bố" in page
    assert small.digest in page and "1.234" in page
    same = older_seal(city, 76)
    page = text(client.get(f"/report/seals/{same.pk}/").content.decode())
    assert "Nguyên văn khi niêm phong" in page and "Thêm vào sau" not in page
    assert len(re.findall(r"\b76\b", page)) == 3  # the published line, the older one, the text


@pytest.fixture
def communes(country, city):  # noqa: F811
    """Visits of 2023 by commune: 42 more in one than there are after the report (40), 90 and 15 in
    others, 20 of the province itself. {unit: visits of the year}
    """
    first, second = (
        make_unit("commune", name, country.province, until=date(2025, 7, 1)) for name in "AB"
    )
    counts = {country.old_cut: 42, first: 90, second: 15, country.province: 20}
    rows = [
        _event(unit.pk, date(2023, 4, 4), kind="reception", participants=number)
        for unit, number in counts.items()
    ]
    type(rows[0]).objects.bulk_create(rows)
    return counts


def places(unit, year=2023):
    return {
        row.unit_id: row.value
        for row in seen_by_unit(
            INDICATORS[VISITORS], unit.pk, Period.year(year), MAP, "commune", PUBLIC
        )
    }


@pytest.mark.parametrize("years", [(2022, 2023), (2023, 2022)])
def test_a_commune_that_would_tell_a_small_count_beside_a_report_is_left_out(
    country,  # noqa: F811
    city,
    communes,
    years,
):
    """40 visits were after the report: of the 42 of one commune at least 2 would be before it.
    Where the commune was published first, when it was not known how many of the report were in its
    year, the other year yields.
    """
    assert publish() == 2
    for year in years:
        release_year(year, by=BY)
    assert value(VISITORS, city, Period.year(2023)) == 741
    is_first = years[0] == 2022
    assert (country.old_cut.pk in places(city)) is not is_first
    assert {90, 574} <= set(places(city).values())
    assert hidden(VISITORS, city, Period.year(2022)) is not is_first


def test_a_report_after_the_year_yields_to_a_commune_that_was_published(country, city, communes):  # noqa: F811
    release_year(2022, by=BY)
    release_year(2023, by=BY)
    assert places(city)[country.old_cut.pk] == 42
    publish()
    assert hidden(VISITORS, city) and not hidden(PETITIONS, city)
    said = str(fill(read_form("thanh-pho")).blocks)
    assert "(không nêu)" in said and "76" in said
