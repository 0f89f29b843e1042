"""The declared list of events: narrowed, counted and written the same everywhere."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.exports.actions import request_export
from danchu.exports.models import Export
from danchu.exports.store import file_path
from danchu.exports.writes.pieces import write
from danchu.kernel.days import now
from danchu.kernel.text import fold
from danchu.people.actor import Actor
from danchu.register import word_frequency
from danchu.register.actions import confirm_event, draft_event
from danchu.register.models import Batch, Event
from danchu.register.sections import records
from danchu.subjects.keyset import Total
from tests.desk.conftest import BY, appointed, officials  # noqa: F401
from tests.sizes import one_in

LIST = "/desk/records/"
MACHINE = "/api/v1/lists/records"


def event(officials, title, day=3, kind="supervision_217", **more):  # noqa: F811
    return draft_event(
        kind, by=BY, unit=officials.ward, held_on=date(2026, 3, day), title=title, **more
    )


@pytest.fixture
def three(officials, client):  # noqa: F811
    """Two supervisions, of which one is confirmed, and a dialogue; a chair logged in."""
    event(officials, "Giám sát chợ", reference="GS-1")
    confirm_event(event(officials, "Giám sát trường", 5, reference="GS-2"), by=BY)
    event(officials, "Đối thoại đầu năm", 4, kind="dialogue", reference="ĐT-1")
    client.force_login(officials.chair)
    return officials


def titles(client, query=""):
    return [row["title"] for row in client.get(f"{MACHINE}{query}").json()["rows"]]


def rows_of(content):
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return [dict(zip(head, row, strict=True)) for row in rows]


MARKET, SCHOOL, TALK = "Giám sát chợ", "Giám sát trường", "Đối thoại đầu năm"


@one_in(3)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [SCHOOL, TALK, MARKET]),
        ("?sort=held_on", [MARKET, TALK, SCHOOL]),
        ("?sort=-id", [TALK, SCHOOL, MARKET]),
        ("?q=giam+sat", [SCHOOL, MARKET]),
        ("?q=GS-2", [SCHOOL]),
        ("?kind=dialogue", [TALK]),
        ("?state=confirmed", [SCHOOL]),
        ("?since=04/03/2026&last=04/03/2026", [TALK]),
        ("?unit=ba+dinh", [SCHOOL, TALK, MARKET]),
        ("?mine=1&kind=supervision_217", [SCHOOL, MARKET]),
        ("?batch=1", []),
    ],
)
def test_the_page_the_files_and_the_answer_for_machines_hold_the_same(
    client, three, query, expected
):
    page = client.get(f"{LIST}{query}")
    assert [line.row.title for line in page.context["lines"]] == expected
    assert titles(client, query) == expected
    written = rows_of(client.get(f"/desk/records.csv{query}").getvalue())
    assert [row["Nội dung"] for row in written] == expected
    assert client.get(f"/desk/records.xlsx{query}").status_code == 200


@pytest.mark.parametrize("query", ["", "sort=held_on", "sort=id&kind=supervision_217", "q=giam"])
def test_the_file_of_the_background_holds_the_rows_of_the_list_in_its_order(
    client, three, settings, tmp_path, monkeypatch, query
):
    settings.EXPORTS_ROOT = tmp_path / "exports"
    monkeypatch.setattr("danchu.subjects.listing.PIECE", 2)
    export = request_export("records", query, "csv", by=Actor.of(three.chair))
    write(export.pk)
    assert file_path(export).read_bytes() == client.get(f"/desk/records.csv?{query}").getvalue()


def test_every_long_list_is_offered_in_the_background(client, three, settings, tmp_path):
    settings.EXPORTS_ROOT, settings.EXPORT_ROWS = tmp_path / "exports", 2
    offered = client.get("/desk/records.xlsx?sort=held_on").content.decode()
    assert "hơn 2 dòng" in offered and 'value="sort=held_on"' in offered
    export = request_export("obligations", "which=all", "csv", by=Actor.of(three.chair))
    write(export.pk)
    assert Export.objects.get(pk=export.pk).state == "ready"


def test_files_say_kinds_and_states_by_key_and_the_code_of_the_place(client, three):
    row = rows_of(client.get("/desk/records.csv?q=GS-2").getvalue())[0]
    assert row["Loại việc"] == "supervision_217"
    assert row["Trạng thái"] == "confirmed"
    assert row["Mã đơn vị"] == "00004"
    assert row["Ngày"] == "05/03/2026"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?kind=zzz", "kind"),
        ("?unit=khong-co-noi-nay", "unit"),
        ("?since=31/02/2026", "since"),
        ("?state=zzz", "state"),
        ("?q=ab", "q"),
        ("?batch=zzz", "batch"),
    ],
)
def test_what_does_not_read_is_refused_on_its_field(client, three, query, field):
    page = client.get(f"{LIST}{query}")
    assert page.status_code == 400
    assert page.context["form"].errors.keys() == {field}
    assert client.get(f"{MACHINE}{query}").json()["field"] == field


def test_what_one_import_brought_is_listed_and_stays_so_from_page_to_page(
    client, three, monkeypatch
):
    batch = Batch.objects.create(file_hash="0" * 64, name="so.csv", rows=2, by="x", at=now())
    Event.objects.filter(title__startswith="Giám sát").exclude(state="confirmed").update(
        batch=batch
    )
    monkeypatch.setattr("danchu.subjects.listing.PAGE", 1)
    page = client.get(f"{LIST}?batch={batch.pk}")
    assert [line.row.title for line in page.context["lines"]] == [MARKET]
    assert page.context["rows_page"].query == f"batch={batch.pk}"
    filters = page.content.decode().split('<form class="filters"', 1)[1].split("</form>", 1)[0]
    assert 'name="batch"' not in filters  # a new search is of the whole book


def test_the_page_counts_the_rows_as_far_as_it_is_worth(client, three, monkeypatch):
    assert client.get(LIST).context["total"] == Total(3, False)
    monkeypatch.setattr(records, "MOST_COUNTED", 2)
    monkeypatch.setattr(records, "MOST_FOUND", 1)
    page = client.get(LIST)
    assert page.context["total"] == Total(2, True)
    assert "Hơn 2 dòng" in " ".join(page.content.decode().split())
    assert client.get(f"{LIST}?q=giam+sat").context["total"] == Total(1, True)


def test_a_neighbour_sees_only_what_is_public_and_none_as_their_own(client, three):
    client.force_login(three.neighbour)
    assert titles(client) == [SCHOOL]
    assert titles(client, "?mine=1&kind=supervision_217") == []


def test_a_withdrawal_without_a_reason_is_refused_on_its_field(client, three):
    confirmed = Event.objects.get(title=SCHOOL)
    answer = client.post(f"{LIST}{confirmed.uid}/withdraw/", {"reason": " "})
    assert answer.status_code == 400
    assert answer.context["refused"].errors.keys() == {"reason"}
    address = f"{LIST}{confirmed.uid}/"
    assert f"{address}withdraw/" in client.get(address).content.decode()
    address = f"{LIST}{Event.objects.get(title=MARKET).uid}/"
    assert f"{address}withdraw/" not in client.get(address).content.decode()


def test_one_row_and_three_rows_ask_the_same_number_of_questions(client, officials):  # noqa: F811
    client.force_login(officials.chair)
    counts = []
    for number in (1, 2, 3):
        event(officials, f"Việc {number}")
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
            client.get(MACHINE)
            client.get("/desk/records.csv").getvalue()
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


WORDS = ("vệ sinh", "MÔI trường", "chợ", "7/BC", "so 7/bc cho", "vệ 7 chợ", "bc 7", "- /")


@pytest.mark.parametrize("typed", WORDS)
def test_frequent_and_rare_words_find_the_same_rows(officials, typed, monkeypatch):  # noqa: F811
    """Looked up in the index or read in the order of the list: the rows whose title has each word,
    with the signs within a word as one blank.
    """
    parts = ("Vệ sinh môi trường", "chợ", "số 7/BC", "đường làng", "7 BC")
    pairs = [(one, other) for one in parts for other in parts if one != other]
    for number, pair in enumerate(pairs):
        event(officials, " – ".join(pair), 1 + number, reference=f"VS-{number}")
    words = [word for one in typed.split() if (word := fold(one))]
    expected = {
        f"VS-{number}"
        for number, pair in enumerate(pairs)
        if words and all(word in fold(" – ".join(pair)) for word in words)
    }
    for frequent in (0, 1, 10**6):
        monkeypatch.setattr(word_frequency, "FREQUENT", frequent)
        rows = Event.objects.filter(unit=officials.ward).matching(typed)
        assert {row.reference for row in rows} == expected
        assert [row.pk for row in Event.objects.matching("VS-3")] == [
            row.pk for row in Event.objects.filter(reference="VS-3")
        ]


def test_words_that_the_latest_rows_lack_are_still_read_where_many_have_them(
    officials,  # noqa: F811
    monkeypatch,
):
    """The latest rows may be one import: then rows that lie anywhere are asked."""
    monkeypatch.setattr(word_frequency, "ROWS", 5)
    monkeypatch.setattr(word_frequency, "FREQUENT", 4)
    for number in range(1, 9):
        event(officials, "Vệ sinh môi trường", number)
    for number in range(20, 26):
        event(officials, "Phản biện", number)
    rows = Event.objects.filter(unit=officials.ward)
    assert len(Event.objects.matching("vệ sinh")) == 8
    assert rows.has_often(["ve", "sinh"]) and rows.has_often(["phan", "bien"])
    assert not rows.has_often(["ve", "phan"])
    # Of fewer rows than are asked every one is known.
    assert not rows.filter(held_on__day__in=range(20, 23)).has_often(["sinh"])
