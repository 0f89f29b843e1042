"""Text and tables from outside: what a spreadsheet mangles is asked about, and nothing typed makes
a paper impossible.
"""

import io
import unicodedata
import zipfile
from contextlib import suppress
from datetime import date
from itertools import count
from uuid import uuid4

import pytest
import xlsxwriter
from docx import Document as WordFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.casework.actions import register_petition
from danchu.casework.input.signers import listed_signers, typed_signers
from danchu.casework.models import Matter, Petition
from danchu.casework.papers.letter_file import letter_file
from danchu.casework.papers.letters import letter_of
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, paragraphs
from danchu.people.actor import Actor
from danchu.register.imports import check_events, import_events
from danchu.register.models import Event
from danchu.units.find import unit_from
from danchu.units.named import unit_named
from danchu.units.names import name_of
from tests.sizes import long, size

SENDERS = count(1)

BY = Actor.system("test")
TODAY = date(2026, 3, 3)
CELLS = {
    "reference": "GS-1",
    "kind": "supervision_217",
    "held_on": "03/03/2026",
    "unit_code": "00070",
    "title": "Giám sát quỹ",
    "participants": 45,
}


@pytest.fixture
def country(matters_loaded, db, settings, tmp_path):
    settings.VAULT_ROOT, settings.PAPERS_ROOT = tmp_path / "vault", tmp_path / "papers"


def workbook(*rows, hidden=(), formats=()):
    """A workbook of one sheet for each list of rows; `hidden` are the numbers of hidden sheets."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "d/m/yyyy"})
        for number, cells in enumerate(rows):
            sheet = book.add_worksheet()
            for place, row in enumerate(cells):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(place, column, cell, day)
                    elif str(cell).startswith("#"):
                        sheet.write_formula(place, column, "=1/0", None, cell)
                    else:
                        sheet.write(place, column, cell)
            if number in hidden:
                sheet.hide()
            else:
                sheet.activate()
                sheet.set_first_sheet()
    file.seek(0)
    return file


def events(**cells):
    """A workbook with one event."""
    row = {**CELLS, **cells}
    return workbook([list(row), list(row.values())])


def problems(file):
    outcome = check_events(file, "so.xlsx", by=BY)
    return {problem.column: problem.message for problem in outcome.problems}


def csv_file(*lines, head="reference,kind,held_on,unit_code,title"):
    return io.BytesIO("\n".join([head, *lines]).encode())


@pytest.mark.case("FA11")
@pytest.mark.parametrize(
    ("code", "day", "meanings"),
    [
        ("82", "03/03/2026", ("82 (Tỉnh Đồng Tháp)", "00082 (Phường Cửa Nam)")),
        ("268", "03/03/2024", ("268 (Quận Hà Đông)", "00268 (Phường Thanh Lương)")),
    ],
)
def test_a_code_that_may_lack_its_zeros_is_asked_about(country, code, day, meanings):
    outcome = check_events(csv_file(f"1,dialogue,{day},{code},Đối thoại"), "so.csv", by=BY)
    (problem,) = outcome.problems
    assert problem.column == "unit_code" and all(words in problem.message for words in meanings)
    for written, name in zip((f"{code} {meanings[0]}", meanings[1]), meanings, strict=True):
        bare = name.partition("(")[2].rstrip(")")
        line = f"1,dialogue,{day},{code} {bare},Đối thoại"
        (place,) = check_events(csv_file(line), "so.csv", by=BY).places
        assert place.name == bare and place.rows == 1, written


@pytest.mark.case("FA11")
def test_a_code_without_its_zeros_that_no_unit_has_is_named(country):
    outcome = check_events(csv_file("1,dialogue,03/03/2026,8974,Đối thoại"), "so.csv", by=BY)
    assert "08974" in outcome.problems[0].message
    assert "Text" in outcome.problems[0].message


@pytest.mark.case("FA11")
def test_the_preview_names_each_place(country):
    lines = ["1,dialogue,03/03/2026,00082,Một", "2,dialogue,03/03/2026,00082,Hai"]
    (place,) = check_events(csv_file(*lines), "so.csv", by=BY).places
    assert (place.name, place.code, place.rows) == ("Phường Cửa Nam", "00082", 2)
    assert "Hà Nội" in place.under


@pytest.mark.case("FA11")
def test_a_column_with_the_name_of_the_place_answers_the_doubt(country):
    head = "reference,kind,held_on,unit_code,Nơi,title"
    file = csv_file("1,dialogue,03/03/2026,82,Tỉnh Đồng Tháp,Một", head=head)
    assert check_events(file, "so.csv", by=BY).problem_count == 0
    file = csv_file("1,dialogue,03/03/2026,00082,Phường Ngọc Hà,Một", head=head)
    assert "Phường Cửa Nam" in check_events(file, "so.csv", by=BY).problems[0].message


@pytest.mark.case("FA13")
@pytest.mark.parametrize("value", [12.567, 0.125, 12.5])
def test_a_number_that_is_not_whole_is_refused(country, value):
    assert "thập phân" in problems(events(participants=value))["participants"]


@pytest.mark.case("FA14")
@pytest.mark.parametrize("column", ["participants", "title", "held_on", "unit_code", "reference"])
def test_an_error_of_a_formula_is_refused_by_name(country, column):
    assert "#DIV/0!" in problems(events(**{column: "#DIV/0!"}))[column]


@pytest.mark.case("FA15")
@pytest.mark.parametrize("column", ["reference", "title", "unit_code"])
@pytest.mark.parametrize("value", [date(2026, 3, 1), True, 5])
def test_a_typed_cell_is_no_text(country, column, value):
    assert "Text" in problems(events(**{column: value}))[column]


@pytest.mark.case("FA15")
@pytest.mark.parametrize(
    "text",
    [
        "01-Mar",
        "1-thg3-26",
        "Mar-26",
        "2026-03-01 00:00:00",
        "9.12E+08",
        "1,2E+11",
        "#REF!",
        "####",
    ],
)
def test_what_a_spreadsheet_wrote_into_a_csv_is_no_text(country, text):
    file = csv_file(f'"{text}",dialogue,03/03/2026,00070,Một')
    (problem,) = check_events(file, "so.csv", by=BY).problems
    assert problem.column == "reference" and text in problem.message


@pytest.mark.case("FA16")
def test_the_first_sheet_that_is_seen_is_read(country):
    old = [list(CELLS), list({**CELLS, "title": "Bản cũ, đã ẩn", "participants": 9}.values())]
    new = [list(CELLS), list(CELLS.values())]
    import_events(workbook(old, new, hidden={0}), "so.xlsx", by=BY)
    assert Event.objects.get().title == "Giám sát quỹ"


@pytest.mark.case("FA16")
def test_hidden_rows_are_asked_about(country):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, list(CELLS))
        sheet.write_row(1, 0, list(CELLS.values()))
        sheet.set_row(1, None, None, {"hidden": True})
    with pytest.raises(Refused, match="bị ẩn"):
        check_events(file, "so.xlsx", by=BY)


@pytest.mark.case("FA16")
@pytest.mark.parametrize(
    ("start", "more"),
    [
        ('<row r="2"', ' ht="0" customHeight="1"'),
        ('<row r="2"', " hidden = '1'"),
        ("<sheetData>", '<cols><col min="2" max="2" width="0" customWidth="1"/></cols>'),
    ],
)
def test_a_row_of_no_height_and_a_column_of_no_width_are_hidden(country, start, more):
    markup = more + start if start == "<sheetData>" else start + more
    with pytest.raises(Refused, match="bị ẩn"):
        check_events(changed(events(), start, markup), "so.xlsx", by=BY)


@pytest.mark.case("FA12")
def test_signers_keep_their_zeros_or_are_refused():
    head = ["Họ và tên", "Số giấy tờ", "Điện thoại"]
    (person,) = listed_signers(workbook([head, ["Lê Thị A", "", 912345678]]), "ky.xlsx")
    assert person["phone"] == "0912345678"
    for identity in (1080001234, "1080001234"):
        with pytest.raises(Refused, match="số 0 đứng đầu"):
            listed_signers(workbook([head, ["Lê Thị A", identity, ""]]), "ky.xlsx")


@pytest.mark.case("FA14")
@pytest.mark.parametrize("cell", ["#N/A", "không rõ", 2, "#DIV/0!"])
def test_a_mark_of_a_representative_that_cannot_be_read_is_no_no(cell):
    head = ["Họ và tên", "Đại diện"]
    file = workbook([head, ["Lê Thị A", "x"], ["Lê Thị B", cell]])
    with pytest.raises(Refused, match="Dòng 3"):
        listed_signers(file, "ky.xlsx")
    rows = [["A", "x"], ["B", ""], ["C", "Không"], ["D", True], ["E", 0]]
    marked = [row["is_representative"] for row in listed_signers(workbook([head, *rows]), "k.xlsx")]
    assert marked == [True, False, False, True, False]


@pytest.mark.case("FA15")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("titles", [["Họ và tên", "Địa chỉ"], ["Họ và tên", "Địa chỉ", ""]])
def test_a_cell_under_no_title_is_not_lost(country, ending, titles):
    """Số 5, phố Huế without quotes is two cells, and the street would be gone."""
    rows = [titles, ["Lê Thị A", "Số 5", " phố Huế"]]
    file = csv_of(rows) if ending == "csv" else workbook(rows)
    with pytest.raises(Refused, match="nhiều ô hơn hàng tiêu đề"):
        listed_signers(file, f"ky.{ending}")


@pytest.mark.case("FA15")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_cell_of_a_record_under_no_title_is_not_lost(country, ending):
    rows = [[*CELLS, ""], [*CELLS.values(), "thừa"]]
    file = csv_of(rows) if ending == "csv" else workbook(rows)
    (problem,) = check_events(file, f"so.{ending}", by=BY).problems
    assert problem.row == 2 and "nhiều ô hơn hàng tiêu đề" in problem.message


def csv_of(rows):
    return io.BytesIO("\n".join(",".join(map(str, row)) for row in rows).encode())


@pytest.mark.case("FA14")
@pytest.mark.parametrize(
    "cell", ['<c t="e"><v>#DIV/0!</v></c>', "<c t = 'e'><f>1/0</f><v>#DIV/0!</v></c>"]
)
def test_an_error_that_does_not_say_where_it_stands_is_not_nothing(country, cell):
    """A cell needs no reference in the format (ECMA-376 part 1, 18.3.1.4)."""
    with pytest.raises(Refused, match="lưu lại dạng XLSX"):
        check_events(with_cell(cell), "so.xlsx", by=BY)


@pytest.mark.case("FA14")
@pytest.mark.parametrize(
    ("cell", "is_bad"),
    [
        ('<c r="F2"><f>40+5</f></c>', True),
        ('<c r="F2" s="1"><f>40+5</f><v></v></c>', True),
        ("<c r='F2'><f t='shared' si='0'/><v/></c>", True),
        ('<c r="F2"><f>40+5</f><v>45</v></c>', False),
        ('<c r="F2" t="str"><f>""</f><v></v></c>', False),
    ],
)
def test_a_formula_that_nobody_has_calculated_is_not_nothing(country, cell, is_bad):
    """Programs write formulas without their values; a spreadsheet shows 45 where the file has
    none.
    """
    problems = check_events(with_cell(cell), "so.xlsx", by=BY).problems
    assert [(one.row, one.column) for one in problems] == [(2, "participants")] * is_bad


def with_cell(cell):
    """The workbook of one event with this XML in the place of its number of participants."""
    return changed(events(), '<c r="F2"><v>45</v></c>', cell)


def changed(workbook, before, after):
    """The workbook with `after` in the place of this markup of its sheet."""
    file = io.BytesIO()
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                assert part.count(before) == 1, part
                part = part.replace(before, after)
            new.writestr(name, part)
    return file


@pytest.mark.case("FA5")
def test_all_who_signed_are_counted(country):
    names = ("Nguyễn Văn Hải", "Nguyễn Văn Hài", "Trần Thị Hòa", "Trần Thị Hoa", "Trần Thị Hoà")
    petition = petition_of(persons=typed_signers("\n".join(f"{name}; tổ 6" for name in names)))
    assert [row.name for row in petition.petitioners.all()] == list(names[:4])
    assert petition.people == 4


def petition_of(**more):
    fields = {
        "nature": "feedback",
        "channel": "counter",
        "matter": Matter.objects.get(key="road"),
        "place": unit_from("00070@2026-03-03"),
        "title": "Đèn ngõ 7 hỏng",
        "content": "Đèn tắt",
        "persons": [{"name": "Lê Thị A", "address": "tổ 6"}],
        **more,
    }
    return register_petition(by=BY, **fields)[0]


@pytest.mark.case("FA6", "SE-L6")
@long
@settings(
    max_examples=size(5, 40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_whatever_is_typed_is_kept_in_one_form_and_every_paper_is_made(country, client, text):
    client.post(
        "/petitions/send/",
        {
            "uid": str(uuid4()),
            "nature": "feedback",
            "matter": "road",
            "place": "ba dinh, ha noi",
            "title": f"Đèn {text}",
            "content": f"Ngõ {text}\x0bhỏng",
            "name": f"A {text}",
            "address": "tổ 6",
        },
        REMOTE_ADDR=f"10.9.0.{next(SENDERS)}",  # nobody sends so many in an hour
    )
    petition = Petition.objects.latest("pk")
    assert petition.title == clean(f"Đèn {text}")
    assert petition.content == paragraphs(f"Ngõ {text}\nhỏng")
    assert petition.petitioners.get().name == clean(f"A {text}")
    for value in (petition.title, petition.content):
        assert unicodedata.is_normalized("NFC", value)
    step = petition.steps.get()
    for is_older in (False, True):
        if is_older:  # as rows may be that were written before there was one form
            petition.title = step.text = f"{text}\x0b\ufffe\x01"
        with suppress(Refused):  # letters that the faces do not have are refused, and named
            assert letter_file(letter_of(petition, step), "pdf").startswith(b"%PDF")
        WordFile(io.BytesIO(letter_file(letter_of(petition, step), "docx")))


@pytest.mark.case("FA23")
def test_a_place_and_a_kind_are_found_by_look_alikes(country, client):
    page = client.get("/search/", {"q": "Ðống Ða"}).content.decode()
    assert "Đống Đa" in page
    file = csv_file("1,Ðối thoại của người đứng đầu,03/03/2026,00070,Một")
    assert check_events(file, "so.csv", by=BY).problem_count == 0


@pytest.mark.case("FA28")
@pytest.mark.parametrize(
    "place", ["Phường 1", "phường An Bình", "xã Tân Lập", "Hòa Bình", "Phường An Binh"]
)
def test_an_ambiguous_place_is_asked_about(country, client, place):
    answer = client.post(
        "/open311/v2/requests.json",
        {"service_code": "road", "address_string": place, "description": "Nắp cống vỡ"},
    )
    assert answer.status_code == 400, answer.content.decode()
    with pytest.raises(Refused):
        unit_named(place, TODAY)
    assert client.get("/reception/", {"unit": place}).status_code in (400, 404)
    assert not Petition.objects.exists()


@pytest.mark.case("FA28")
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Phường Ngọc Hà", "Phường Ngọc Hà"),
        ("ngoc ha", "Phường Ngọc Hà"),
        ("ba dinh, ha noi", "Phường Ba Đình"),
        ("Phường Cửa Nam", "Phường Cửa Nam"),
        ("P. Cửa Nam", "Phường Cửa Nam"),
        ("Hà Nội", "Thành phố Hà Nội"),
        ("tp hn", "Thành phố Hà Nội"),
        ("Ðống Ða", "Phường Đống Đa"),
    ],
)
def test_a_name_that_one_place_has_is_enough(country, text, name):
    assert name_of(unit_named(text, TODAY), TODAY) == name
