"""Figures on the portal: every number opens, in two steps, to the rows it is the sum of."""

import csv
import re
from collections import Counter
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from danchu.figures.actions import release_year
from danchu.figures.catalogue import INDICATORS
from danchu.figures.definition import definition_of
from danchu.kernel.licence import DATA_LICENCE, DATA_LICENCE_URL
from danchu.people.actor import Actor
from danchu.register.models import Event
from danchu.units.models import Standing, Unit
from tests.browser import inspect
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.django_db
DAY = date(2023, 12, 12)


def event(
    unit_id,
    kind="supervision_217",
    held_on=date(2023, 5, 4),
    state="confirmed",
    title="Giám sát thu chi",
    **more,
):
    return Event.objects.create(
        uid=uuid4(),
        kind=kind,
        held_on=held_on,
        unit_id=unit_id,
        state=state,
        title=title,
        recorded_by="test",
        recorded_at=timezone.now(),
        **more,
    )


def at(code, day=DAY):
    return Standing.objects.on(day).get(code=code)


@pytest.fixture
def rows(country):
    """Three supervisions in two communes of Hà Nội, one in Hồ Chí Minh City, a draft, and a
    reception of 7 visits.
    """
    here, there, far = (at(code).unit_id for code in ("00001", "00004", "26734"))
    return [
        event(here, title="Giám sát thu chi quỹ"),
        event(here, title="Giám sát công khai đất đai"),
        event(there, held_on=date(2022, 3, 1)),
        event(far),
        event(here, state="draft", title="Chưa xác nhận"),
        event(here, kind="reception", participants=7, title="Tiếp ông Nguyễn Văn A"),
    ]


def answer_of(client, address):
    page = tight(client.get(address).content.decode())
    return re.search(r'answer-value"><span class="num">([^<]+)<', page).group(1), page


def test_a_figure_is_the_sum_of_the_rows_it_opens_to(client, rows):
    value, page = answer_of(
        client, "/figures/supervisions_217/?unit=01@2023-12-12&since=2022-01-01&last=2023-12-31"
    )
    assert value == "3"
    assert page.count('<td role="cell"><time') == 3
    assert "Chưa xác nhận" not in page


def test_the_places_below_add_up_to_the_figure(client, rows):
    _value, page = answer_of(
        client, "/figures/supervisions_217/?since=2022-01-01&last=2023-12-31&map=2023-12-31"
    )
    bars = re.search(r'<table class="bars">.*?</table>', page, re.S).group()
    assert [int(n) for n in re.findall(r'<td class="num">(\d+)</td>', bars)] == [3, 1]


def test_a_record_confirmed_now_is_in_the_figure_at_once(client, rows):
    address = "/figures/supervisions_217/?unit=01@2023-12-12&year=2023"
    assert answer_of(client, address)[0] == "2"
    event(at("00004").unit_id)
    assert answer_of(client, address)[0] == "3"


def test_the_rows_are_narrowed_by_words_and_the_files_have_the_same_rows(client, rows):
    address = "/figures/supervisions_217/?unit=01@2023-12-12&since=2022-01-01&last=2023-12-31"
    narrowed = client.get(f"{address}&words=quy+thu")
    assert [row.title for row in narrowed.context["evidence"]["rows"]] == ["Giám sát thu chi quỹ"]
    assert narrowed.context["evidence"]["records"] == 1
    assert answer_of(client, f"{address}&words=quy+thu")[0] == "3"  # the figure stays
    for ending, read in (("csv", _csv_rows), ("xlsx", _xlsx_rows)):
        file = f"/figures/supervisions_217/evidence.{ending}?{address.partition('?')[2]}"
        assert len(read(client.get(file))) == 4  # with the head
        assert [row[2] for row in read(client.get(f"{file}&words=dat+dai"))][1:] == [
            "Giám sát công khai đất đai"
        ]


def _csv_rows(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))


def _xlsx_rows(answer):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
    return book.get_sheet_by_index(0).to_python()


def test_nobody_finds_by_words_what_they_may_not_read(client, rows):
    address = "/figures/reception_visitors/?unit=01@2023-12-12&year=2023&words=nguyen+van+a"
    evidence = client.get(address).context["evidence"]
    assert (evidence["rows"], evidence["records"], evidence["blurred"]) == ([], 0, True)


def test_the_months_of_a_figure_are_its_rows_counted_month_by_month(client, rows):
    event(at("00001").unit_id, held_on=date(2023, 5, 31))
    event(at("00004").unit_id, held_on=date(2023, 6, 1))
    asked = "unit=01@2023-12-12&since=2022-02-15&last=2023-06-15"
    months = client.get(f"/figures/supervisions_217/?{asked}").context["months"]
    counted = Counter(
        f"{row.held_on:%m/%Y}"
        for row in Event.objects.filter(kind="supervision_217", state="confirmed")
        if row.unit_id != at("26734").unit_id and date(2022, 2, 15) <= row.held_on
    )
    assert {month: value for month, value, _url in months if value} == counted
    assert len(months) == 17
    may = next(url for month, _value, url in months if month == "05/2023")
    rows_of_may = client.get(may.partition("#")[0]).context["evidence"]["rows"]
    assert len(rows_of_may) == counted["05/2023"]


@pytest.mark.parametrize(
    "asked", ["pib_resolution_rate/?year=2023", "reception_visitors/?year=2023", "par_index/"]
)
def test_what_is_not_added_up_or_not_public_has_no_months(client, rows, asked):
    assert client.get(f"/figures/{asked}").context["months"] == []


def test_the_licence_of_the_data_is_said_at_the_figure_in_its_feed_and_in_the_api(client, rows):
    page = tight(client.get("/figures/supervisions_217/?year=2023").content.decode())
    assert f'href="{DATA_LICENCE_URL}" rel="license">{DATA_LICENCE}<' in page
    feed = client.get("/figures/supervisions_217/feed.atom?year=2023").content.decode()
    assert f"<rights>{DATA_LICENCE}</rights>" in feed
    described = client.get("/api/v1/openapi.json").json()["info"]
    assert described["license"] == {"name": DATA_LICENCE, "url": DATA_LICENCE_URL}


def test_of_receptions_the_public_reads_the_published_number_and_no_rows(client, rows):
    address = "/figures/reception_visitors/?unit=01@2023-12-12&year=2023"
    value, page = answer_of(client, address)
    assert value == "không nêu"
    assert "chỉ công khai theo trọn năm dương lịch đã khép" in page
    release_year(2023, by=Actor.system("test"))
    value, page = answer_of(client, address)
    assert value == "7"
    assert "Số đã công bố ngày" in page and "không liệt kê công khai" in page
    assert "Nguyễn Văn A" not in page
    assert client.get(f"/records/{rows[5].uid}/").status_code == 404
    file = client.get("/figures/reception_visitors/evidence.csv?unit=01@2023-12-12&year=2023")
    assert len(b"".join(file.streaming_content).decode().splitlines()) == 1
    event(at("00004").unit_id, kind="reception", participants=3)
    assert answer_of(client, address)[0] == "7"


def test_every_count_of_persons_that_is_not_published_reads_the_same(client, rows):
    event(at("00004").unit_id, kind="reception", participants=3)
    release_year(2023, by=Actor.system("test"))
    address = "/figures/reception_visitors/?year=2023&map=2023-12-31&unit="
    for code in ("00004", "00006"):
        value, page = answer_of(client, f"{address}{at(code).unit_id}")
        assert value == "không nêu"
        assert not re.search(r'class="num[^"]*"[^>]*>\s*[0-9]+\s*<', page.split("Theo năm")[0])
    assert answer_of(client, f"{address}01@2023-12-31")[0] == "10"
    odd = client.get("/figures/reception_visitors/places.csv?unit=01@2023-12-31&last=2023-05-05")
    assert odd.status_code == 400 and "trọn năm" in odd.content.decode()


def test_search_finds_places_indicators_and_records_without_marks(client, rows):
    page = client.get("/search/?q=dat+dai").content.decode()
    assert "Giám sát công khai đất đai" in page
    page = client.get("/search/?q=nguyen+van+a").content.decode()
    assert "Tiếp ông" not in page
    page = client.get("/search/?q=doi+thoai").content.decode()
    assert "Cuộc đối thoại định kỳ" in page


def test_a_ratio_opens_to_its_two_sums(client, rows):
    event(at("00001").unit_id, kind="inspection_round", findings=8, resolved=6)
    value, page = answer_of(client, "/figures/pib_resolution_rate/?unit=01@2023-12-12&year=2023")
    assert value == "75,0\u00a0%"
    assert "6 trên 8" in page and "/figures/pib_violations_resolved/?" in page


def test_a_file_of_evidence_cannot_run_formulas(client, rows):
    event(at("00001").unit_id, title="=HYPERLINK(1)", reference="+84")
    answer = client.get("/figures/supervisions_217/evidence.csv?unit=01@2023-12-12&year=2023")
    lines = list(csv.reader(b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()))
    assert len(lines) == 4
    assert ["'+84", "'=HYPERLINK(1)"] in [line[1:3] for line in lines]


def test_pages_of_evidence_follow_one_another_without_gap(client, rows):
    for n in range(60):
        event(at("00001").unit_id, title=f"Cuộc {n:02}", held_on=date(2023, 6, 1))
    address = "/figures/supervisions_217/?unit=01@2023-12-12&year=2023"
    seen = []
    while address:
        page = tight(client.get(address).content.decode())
        seen += re.findall(r'<td role="cell" class="wide"><a href="/records/([^"]+)/"', page)
        after = re.search(r'href="([^"]+)#rows" rel="next"', page)
        address = after and after.group(1).replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 62


def test_an_indicator_that_is_not_there_is_refused_by_name(client, country):
    answer = client.get("/figures/khong_co/")
    assert answer.status_code == 400
    assert "khong_co" in answer.content.decode()


def test_the_catalogue_shows_every_indicator_and_finds_without_marks(client, country):
    page = client.get("/figures/").content.decode()
    assert set(re.findall(r'href="/figures/([\w.]+)/\?', page)) == set(INDICATORS)
    found = client.get("/figures/?q=giao+uoc").content.decode()
    assert set(re.findall(r'href="/figures/([\w.]+)/\?', found)) == {"pledges"}


def test_two_cities_stand_side_by_side(client, rows):
    page = tight(client.get("/compare/?year=2023").content.decode())
    row = re.search(r"Quyết định 217-QĐ/TW</a>.*?</tr>", page, re.S).group()
    assert re.findall(r">(\d+)</a></td>", row) == ["2", "1"]


def test_a_record_page_tells_what_corrected_it(client, rows):
    rows[0].state = "superseded"
    rows[0].save()
    event(
        rows[0].unit_id,
        title="Giám sát thu chi quỹ, đã sửa",
        supersedes=rows[0],
        reason="Nhầm ngày",
    )
    page = client.get(f"/records/{rows[0].uid}/").content.decode()
    assert "Hồ sơ này đã được đính chính" in page
    assert client.get(f"/records/{rows[4].uid}/").status_code == 404  # a draft


def test_the_front_page_asks_the_same_for_one_record_and_for_three(
    client, country, django_assert_max_num_queries
):
    counts = []
    for rows in (1, 2):  # one, then three
        for n in range(rows):
            event(at("00001").unit_id, title=f"Cuộc {n}")
        client.get("/")  # the maps are made
        with django_assert_max_num_queries(250) as asked:
            client.get("/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@turn(4, together=0)
@pytest.mark.browser
def test_the_pages_of_figures_are_for_everyone(browser_page, rows):
    ratio = "/figures/pib_resolution_rate/?unit=01@2023-12-12"
    figure = "/figures/supervisions_217/?unit=01@2023-12-12&year=2023"
    for path in (
        "/",
        "/figures/",
        figure,
        ratio,
        "/figures/par_index/?unit=01@2023-12-12",
        "/compare/",
        f"/records/{rows[0].uid}/",
    ):
        inspect(browser_page, path)


@pytest.mark.browser
def test_a_reader_without_script_goes_from_the_front_page_to_a_record(page_without_script, rows):
    page = page_without_script
    page.goto("/")
    page.get_by_role("link", name="Căn cứ: Cuộc giám sát theo Quyết định 217-QĐ/TW").click()
    page.get_by_role("link", name="Thành phố Hà Nội", exact=True).first.click()
    page.get_by_role("link", name="Giám sát công khai đất đai").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Giám sát công khai đất đai"


def test_a_place_without_a_point_has_its_figure_and_no_map(client, country):
    village = Unit.objects.create(level="village", since=date(2020, 1, 1))
    Standing.objects.create(unit=village, name="Tổ 5", kind="thon", since=date(2020, 1, 1))
    page = client.get(f"/figures/supervisions_217/?unit={village.pk}&map=2023-12-12")
    assert page.status_code == 200
    assert "map-sheet" not in page.content.decode()


def test_a_figure_is_cited_with_its_value_its_address_its_day_and_is_read_by_programs(client, rows):
    value, page = answer_of(
        client, "/figures/supervisions_217/?unit=01@2023-12-12&since=2022-01-01&last=2023-12-31"
    )
    answer = client.get(
        "/figures/supervisions_217/?unit=01@2023-12-12&since=2022-01-01&last=2023-12-31"
    )
    citation = answer.context["citation"]
    assert f": {value} cuộc" in citation.text and "http://testserver/figures/" in citation.text
    assert client.get(citation.api_url).json()["value"] == "3"
    for sentence in answer.context["definition"].leaves_out:
        assert sentence in answer.content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_figure_says_what_it_counts_and_three_things_that_it_does_not(language):
    with override(language):
        for indicator in INDICATORS.values():
            definition = definition_of(indicator)
            assert definition.counts and definition.formula
            assert len(set(definition.leaves_out)) == 3
