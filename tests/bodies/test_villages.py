"""Villages are opened, merged, divided, renamed and closed by decision, one by one and from a
table; what they counted is counted where they went.
"""

import io
import re
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from python_calamine import CalamineWorkbook

from danchu.bodies.actions import import_villages
from danchu.bodies.decrees import decree_of
from danchu.bodies.input.village_list import read_villages
from danchu.bodies.sections.village_form import usual_kind
from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.units.actions import divide_village, merge_villages, open_village
from danchu.units.maps import boundaries
from danchu.units.models import Decree, Standing, Unit
from danchu.units.names import name_of, names_on
from danchu.units.soundness import map_problems
from tests.desk.conftest import BY, appointed, officials  # noqa: F401

pytestmark = pytest.mark.digested
SINCE, ON = date(2025, 7, 1), date(2025, 10, 1)
HEAD = ("Mã đơn vị", "Loại", "Tên", "Từ ngày", "Mã")
ROW = ("00004", "Tổ dân phố", "Tổ dân phố số 1", "01/07/2025", "")


@pytest.fixture
def villages(officials):
    """Three villages of the ward."""
    return [
        open_village(
            officials.ward, by=BY, name=f"Tổ dân phố số {n}", kind="to_dan_pho", since=SINCE
        )
        for n in (1, 2, 3)
    ]


def refused(act, *rows, **values):
    """The field on which an act is refused; nothing is written."""
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(*rows, **values)
    assert Entry.objects.count() == entries
    return refusal.value.field


def test_villages_merge_and_what_they_counted_counts_there(officials, villages):
    first, second, third = villages
    merged = merge_villages(
        [first, second],
        by=BY,
        name="Tổ dân phố số 1",
        kind="to_dan_pho",
        on=ON,
        decree="1/NQ",
    )
    chart = boundaries(ON)
    for village in (first, second):
        assert chart.place(village.pk, "village") == {merged.pk: 1}
        assert chart.place(village.pk, "commune") == {officials.ward.pk: 1}
    assert chart.place(third.pk, "village") == {third.pk: 1}
    assert boundaries(SINCE).place(first.pk, "village") == {first.pk: 1}
    assert list(map_problems()) == []
    assert Standing.objects.get(unit=merged).decree.number == "1/NQ"


def test_a_village_is_divided_and_its_past_stays_with_the_commune(officials, villages):
    parts = divide_village(
        villages[0],
        by=BY,
        parts=[("Tổ dân phố số 1A", "to_dan_pho"), ("Tổ dân phố số 1B", "to_dan_pho")],
        on=ON,
    )
    chart = boundaries(ON)
    assert chart.place(villages[0].pk, "commune") == {officials.ward.pk: 1}
    assert chart.place(villages[0].pk, "village") != {parts[0].pk: 1}
    assert [name_of(part, ON) for part in parts] == ["Tổ dân phố số 1A", "Tổ dân phố số 1B"]
    assert list(map_problems()) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "Tổ dân phố số 3"}, "name"),
        ({"name": ""}, "name"),
        ({"kind": "xa"}, "kind"),
        ({"on": SINCE}, "on"),
    ],
)
def test_a_merger_that_cannot_be_is_refused_on_its_field(officials, villages, values, field):
    given = {"name": "Tổ mới", "kind": "to_dan_pho", "on": ON, **values}
    assert refused(merge_villages, villages[:2], by=BY, **given) == field


def test_a_merger_needs_two_of_one_commune_and_a_division_two_parts(officials, villages):
    given = {"name": "Tổ mới", "kind": "to_dan_pho", "on": ON}
    assert refused(merge_villages, villages[:1] * 2, by=BY, **given) == "others"
    commune = Unit.objects.get(standings__code="00008", standings__until=None)
    elsewhere = open_village(commune, by=BY, name="Tổ 1", kind="to_dan_pho", since=SINCE)
    assert refused(merge_villages, [villages[0], elsewhere], by=BY, **given) == "others"
    one = [("Tổ 9", "to_dan_pho")]
    assert refused(divide_village, villages[0], by=BY, parts=one, on=ON) == "parts"
    assert refused(divide_village, villages[0], by=BY, parts=one * 2, on=ON) == "parts"


def test_a_decision_of_a_commune_is_told_from_those_of_others(officials):
    day = date(2025, 9, 1)
    assert decree_of(officials.ward, " 12/NQ ", day) == "12/NQ, 01/09/2025, Phường Ba Đình"
    assert decree_of(officials.ward, "12/NQ", None) == "12/NQ"
    assert decree_of(officials.ward, "", None) == ""
    for number, when in (("", day), ("x" * 61, None)):
        with pytest.raises(Refused):
            decree_of(officials.ward, number, when)


def test_by_pages_a_chair_opens_renames_merges_divides_and_closes(client, officials):
    client.force_login(officials.head)
    typed = {
        "unit": "00004",
        "kind": "to_dan_pho",
        "since": "01/07/2025",
        "decision": "1/NQ-HĐND",
        "decided_on": "30/06/2025",
    }
    for n in (1, 2, 3):
        answer = client.post("/desk/villages/new/", {**typed, "name": f"Tổ dân phố số {n}"})
        assert answer.status_code == 302
    assert Decree.objects.filter(number="1/NQ-HĐND, 30/06/2025, Phường Ba Đình").count() == 1
    first, second, third = Unit.objects.filter(level="village").order_by("pk")
    answer = client.post("/desk/villages/new/", {**typed, "name": "Tổ dân phố số 3"})
    assert list(answer.context["form"].errors) == ["name"]
    answer = client.post(
        f"/desk/villages/{third.pk}/rename/",
        {"name": "Tổ dân phố Hồ Tây", "kind": "to_dan_pho", "on": "01/08/2025"},
    )
    assert answer.status_code == 302
    answer = client.post(
        f"/desk/villages/{first.pk}/merge/",
        {
            "others": [str(second.pk)],
            "name": "Tổ dân phố số 1",
            "kind": "to_dan_pho",
            "on": "01/10/2025",
        },
    )
    assert answer.status_code == 302
    merged = Unit.objects.get(came_from__before=first)
    page = client.get(f"/desk/villages/{first.pk}/").content.decode()
    assert f"/desk/villages/{merged.pk}/" in page
    answer = client.post(
        f"/desk/villages/{merged.pk}/divide/",
        {"parts": "Tổ 1A\nTổ 1B\n", "kind": "to_dan_pho", "on": "01/11/2025"},
    )
    assert answer.status_code == 302
    client.post(f"/desk/villages/{third.pk}/close/", {"on": "01/12/2025"})
    rows = client.get("/api/v1/lists/villages?state=running&unit=00004").json()["rows"]
    assert sorted(row["name"] for row in rows) == ["Tổ 1A", "Tổ 1B"]
    [row] = client.get("/api/v1/lists/villages?q=ho+tay").json()["rows"]
    assert (row["until"], row["commune"]) == ("2025-12-01", "Phường Ba Đình")
    assert client.get("/desk/villages.xlsx").status_code == 200
    client.force_login(officials.neighbour)
    assert client.get(f"/desk/villages/{third.pk}/").status_code == 404
    assert client.get("/desk/villages/new/").status_code == 403


def workbook(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    file.seek(0)
    return file


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({0: "01"}, "Mã đơn vị", "phải thuộc một xã"),
        ({0: ""}, "Mã đơn vị", "Hãy ghi mã"),
        ({1: "Xã"}, "Loại", "Hãy ghi Thôn"),
        ({2: ""}, "Tên", "Hãy nhập tên"),
        ({2: "x" * 201}, "Tên", "Dài quá"),
        ({2: "tổ dân phố số 9"}, "Tên", "Trùng với dòng 2"),
        ({3: "hôm qua"}, "Từ ngày", "không phải là ngày"),
        ({4: "00008"}, "Mã", "đang dùng"),
    ],
)
def test_every_bad_cell_of_a_table_is_named(officials, changes, column, words):
    row = [changes.get(place, cell) for place, cell in enumerate(ROW)]
    good = (*ROW[:2], "Tổ dân phố số 9", *ROW[3:])
    outcome = read_villages(workbook(HEAD, good, row), "a.xlsx", BY)
    [problem] = outcome.problems
    assert (problem.row, problem.column) == (3, column) and words in problem.message


def test_where_code_and_name_differ_either_of_the_two_cells_can_be_corrected(officials):
    file = workbook([*HEAD, "Nơi"], [*ROW, "Phường Hoàn Kiếm"])
    outcome = read_villages(file, "a.xlsx", BY)
    assert [problem.column for problem in outcome.problems] == ["Mã đơn vị", "Nơi"]
    assert "Mã 00004 là Phường Ba Đình, không phải" in outcome.problems[0].message
    assert {"Mã đơn vị", "Nơi"} <= set(outcome.column_places)


def test_a_table_is_written_as_shown_once_and_only_by_whom_it_is_for(officials):
    head = Actor.of(officials.head)
    file = workbook(HEAD, ROW, (*ROW[:2], "Tổ dân phố số 2", *ROW[3:]))
    outcome = read_villages(file, "a.xlsx", head)
    assert import_villages(file, "a.xlsx", by=head, token=outcome.token) == 2
    with pytest.raises(Refused):
        import_villages(file, "a.xlsx", by=head, token=outcome.token)
    again = read_villages(file, "a.xlsx", head)
    assert (again.same, again.new) == (2, ())
    outcome = read_villages(workbook(HEAD, ("00008", *ROW[1:])), "a.xlsx", head)
    assert [problem.column for problem in outcome.problems] == ["Mã đơn vị"]
    with pytest.raises(Denied):
        import_villages(file, "a.xlsx", by=Actor.of(officials.clerk), token=again.token)


def test_by_pages_from_the_template_to_the_list(client, officials):
    client.force_login(officials.head)
    sample = client.get("/desk/villages/import/sample.xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(sample.getvalue())).get_sheet_by_index(0)
    file = SimpleUploadedFile("a.xlsx", workbook(*sheet.to_python()).read())
    page = client.post("/desk/villages/import/", {"file": file}, follow=True)
    token = re.search(r'name="token" value="([0-9a-f]{64})"', page.content.decode())[1]
    answer = client.post(page.redirect_chain[-1][0], {"token": token})
    assert answer.url == "/desk/villages/"
    assert Unit.objects.filter(level="village").count() == 1


def test_the_kind_of_a_new_village_is_what_the_ward_calls_its_parts(client, officials):
    client.force_login(officials.head)
    form = client.get("/desk/villages/new/").context["form"]
    assert form["kind"].value() == "to_dan_pho"
    client.post(
        "/desk/villages/new/",
        {"unit": "00004", "kind": "", "name": "Tổ 1", "since": "01/07/2025", "decision": ""},
    )
    assert Standing.objects.get(name="Tổ 1").kind == "to_dan_pho"
    days = date(2025, 8, 1)
    communes = names_on(days)
    for kind, usual in (("xa", "thon"), ("dac_khu", "")):
        unit = next(pk for pk, name in communes.items() if name.present and name.kind == kind)
        assert usual_kind(unit, days) == usual


def test_one_button_saves_a_village_and_opens_the_form_of_the_next(client, officials):
    client.force_login(officials.head)
    typed = {
        "unit": "00004",
        "kind": "to_dan_pho",
        "since": "01/07/2025",
        "decision": "1/NQ-HĐND",
        "decided_on": "30/06/2025",
    }
    answer = client.post("/desk/villages/new/", {**typed, "name": "Tổ 1", "next": "1"}, follow=True)
    assert answer.redirect_chain[0][0].startswith("/desk/villages/new/?")
    form = answer.context["form"]
    assert {name: form[name].value() for name in typed} == typed
    assert form["name"].value() is None
    assert "Đã ghi: Tổ 1" in answer.content.decode()
    refused = client.post("/desk/villages/new/", {**typed, "name": "Tổ 1", "next": "1"})
    assert refused.status_code == 400
    assert Standing.objects.filter(name="Tổ 1").count() == 1
