"""The bodies of a whole city from one table: every bad cell is named, what was confirmed is
written, once.
"""

import io
import re
import time
from datetime import date

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from danchu.bodies.actions import import_bodies
from danchu.bodies.input.body_list import read_bodies
from danchu.journal.models import Entry
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.units.actions import open_body
from danchu.units.maps import boundaries
from danchu.units.models import Body, BodyGround, Unit
from danchu.units.names import names_on
from danchu.units.soundness import map_problems
from tests.desk.conftest import BY, appointed, officials  # noqa: F401
from tests.sizes import long, one_in, size

HEAD = ("Mã đơn vị", "Loại tổ chức", "Tên tổ chức", "Thành lập từ ngày", "Mã định danh")
ROW = ("00004", "Trường học", "Trường Ba Đình", "01/07/2025", "H26.15")
NAMES = {
    "Cấp ủy": "Đảng ủy",
    "Hội đồng nhân dân": "Hội đồng nhân dân",
    "Ủy ban nhân dân": "Ủy ban nhân dân",
    "Ủy ban Mặt trận Tổ quốc Việt Nam": "Ủy ban Mặt trận Tổ quốc Việt Nam",
    "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở": "Ban Chỉ đạo",
    "Ban Thanh tra nhân dân xã, phường, đặc khu": "Ban Thanh tra nhân dân",
    "Tổ chức chính trị – xã hội": "Hội Nông dân",
    "Trường học": "Trường tiểu học",
}


def workbook(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    file.seek(0)
    return file


def outcome_of(*rows, by=BY, head=HEAD):
    return read_bodies(workbook(head, *rows), "a.xlsx", by)


def written(*rows, by=BY):
    file = workbook(HEAD, *rows)
    return import_bodies(file, "a.xlsx", by=by, token=read_bodies(file, "a.xlsx", by).token)


@long
def test_a_whole_city_is_opened_from_one_file_in_under_a_minute(officials):
    """168 communes of Hồ Chí Minh City with eight bodies each; some of them in `make test`."""
    city = Unit.objects.get(standings__code="79", standings__until=None, level="province")
    names = names_on(today())
    communes = sorted(boundaries(today()).children(city.pk), key=lambda pk: names[pk].code)
    communes = communes[: size(12, 168)]
    rows = [
        (names[pk].code, kind, f"{name} {names[pk].name}", "01/07/2025", "")
        for pk in communes
        for kind, name in NAMES.items()
    ]
    began = time.monotonic()
    file = workbook(HEAD, *rows)
    outcome = read_bodies(file, "a.xlsx", BY)
    assert (outcome.problem_count, len(outcome.new)) == (0, len(communes) * 8)
    assert outcome.places[0][1] == 8
    assert import_bodies(file, "a.xlsx", by=BY, token=outcome.token) == len(rows)
    seconds = time.monotonic() - began
    print(f"{len(rows)} bodies in {seconds:.1f} s")
    assert seconds < 60
    assert Body.objects.count() == len(rows)
    body = Body.objects.order_by("pk").first()
    assert Entry.objects.about(body).get().act == "body.opened"
    again = read_bodies(file, "a.xlsx", BY)
    assert (again.same, again.new) == (len(rows), ())
    assert import_bodies(file, "a.xlsx", by=BY, token=again.token) == 0
    assert list(map_problems()) == []


@one_in(3)
@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({0: ""}, "Mã đơn vị", "Hãy ghi mã"),
        ({0: 4}, "Mã đơn vị", "chữ (Text)"),
        ({0: "99999"}, "Mã đơn vị", "không có đơn vị"),
        ({1: "Câu lạc bộ"}, "Loại tổ chức", "Hãy ghi một trong"),
        ({1: ""}, "Loại tổ chức", "Hãy ghi một trong"),
        ({2: ""}, "Tên tổ chức", "Hãy nhập tên"),
        ({2: "x" * 251}, "Tên tổ chức", "dài quá"),
        ({2: "Phòng cũ"}, "Tên tổ chức", "Nơi này đã có"),
        ({3: "31/02/2025"}, "Thành lập từ ngày", "lịch"),
        ({3: ""}, "Thành lập từ ngày", "Hãy ghi ngày"),
        ({4: "H26/15"}, "Mã định danh", "chữ in"),
        ({4: "G09"}, "Mã định danh", "tổ chức khác"),
        ({4: 12}, "Mã định danh", "Text"),
    ],
)
def test_every_bad_cell_is_named_with_its_column_and_what_to_do(officials, changes, column, words):
    open_body(
        officials.ward, by=BY, kind="agency", name="Phòng cũ", since=date(2025, 7, 1), code="G09"
    )
    row = [changes.get(place, cell) for place, cell in enumerate(ROW)]
    good = ("00008", "Trường học", "Trường B", "01/07/2025", "")
    outcome = outcome_of(good, row)
    [problem] = outcome.problems
    assert (problem.row, problem.column, outcome.problem_count) == (3, column, 1)
    assert words in problem.message
    with pytest.raises(Refused):
        written(good, row)
    assert Body.objects.count() == 1


def test_two_lines_of_a_file_cannot_take_one_name_code_or_place(officials):
    committee = ("00004", "Ủy ban nhân dân", "UBND phường", "01/07/2025", "")
    outcome = outcome_of(
        ROW,
        (*ROW[:4], ""),
        ("00008", *ROW[1:]),
        committee,
        (*committee[:2], "UBND khác", *committee[3:]),
    )
    found = [(problem.row, problem.column) for problem in outcome.problems]
    assert found == [(3, "Tên tổ chức"), (4, "Mã định danh"), (6, "Loại tổ chức")]


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (("Mã đơn vị", "Loại tổ chức"), "Thiếu cột"),
        ((*HEAD, "Cột lạ"), "Cột lạ"),
        ((*HEAD, "Mã định danh"), "hai lần"),
    ],
)
def test_a_heading_that_is_not_understood_is_refused(officials, head, words):
    with pytest.raises(Refused, match=words):
        outcome_of(ROW, head=head)


def test_only_what_was_shown_is_written(officials):
    file = workbook(HEAD, ROW)
    outcome = read_bodies(file, "a.xlsx", BY)
    with pytest.raises(Refused):
        import_bodies(workbook(HEAD, (*ROW[:4], "")), "a.xlsx", by=BY, token=outcome.token)
    open_body(officials.ward, by=BY, kind="school", name=ROW[2], since=date(2025, 7, 1))
    with pytest.raises(Refused):
        import_bodies(file, "a.xlsx", by=BY, token=outcome.token)
    assert Body.objects.count() == 1


def test_each_office_opens_from_a_file_what_it_may_open_by_hand(officials):
    head = Actor.of(officials.head)
    board = ("00004", "Ban Thanh tra nhân dân xã, phường, đặc khu", "Ban", "01/07/2025", "")
    outcome = outcome_of(ROW, board, ("00008", *ROW[1:4], ""), by=head)
    assert [(problem.row, problem.column) for problem in outcome.problems] == [
        (3, "Mã đơn vị"),
        (4, "Mã đơn vị"),
    ]
    assert written(ROW, by=head) == 1
    assert written(board, by=Actor.of(officials.chair)) == 1
    with pytest.raises(Denied):
        written(ROW, by=Actor.of(officials.clerk))


def test_by_pages_from_the_template_to_the_list(
    client, officials, django_capture_on_commit_callbacks
):
    client.force_login(officials.head)
    sample = client.get("/desk/bodies/import/sample.xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(sample.getvalue())).get_sheet_by_index(0)
    head, example = sheet.to_python()
    assert head[0] == "Mã đơn vị" and example[0] == "00004"
    assert client.get("/desk/bodies/import/sample.csv").status_code == 200
    assert client.get("/desk/bodies/import/sample.pdf").status_code == 404
    bad = workbook(head, [*example[:3], "", *example[4:]])
    page = client.post(
        "/desk/bodies/import/", {"file": SimpleUploadedFile("a.xlsx", bad.read())}, follow=True
    )
    assert [line["problem"].column for line in page.context["problems"]] == ["Tên tổ chức"]
    assert 'name="token"' not in page.content.decode()
    address = page.redirect_chain[-1][0]
    assert "Tên tổ chức" in client.get(f"{address}problems.csv").getvalue().decode("utf-8-sig")
    page = client.post(
        "/desk/bodies/import/",
        {"file": SimpleUploadedFile("b.xlsx", workbook(head, example).read())},
        follow=True,
    )
    address = page.redirect_chain[-1][0]
    token = re.search(r'name="token" value="([0-9a-f]{64})"', page.content.decode())[1]
    assert client.post(address, {"token": "0" * 64}).status_code == 400
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, {"token": token}).url == "/desk/bodies/"
    assert client.post(address, {"token": token}).status_code == 404
    assert Body.objects.get().name_on(today()) == example[3]
    assert BodyGround.objects.get().decision == "12/QĐ-UBND"
