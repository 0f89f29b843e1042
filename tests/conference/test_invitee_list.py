"""A list of delegates tells persons and places apart as people do."""

import io
import zipfile

import pytest
import xlsxwriter

from danchu.casework.input.signers import listed_signers
from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.points import add_point
from danchu.conference.input.invitee_list import read_invitees
from danchu.conference.models import Delegate
from danchu.kernel.refusals import Refused
from danchu.subjects.keyset import mark_of, rows_behind
from danchu.subjects.order import ordering


def csv_file(*lines):
    head = "Họ và tên,Chức vụ nơi công tác,Điện thoại hoặc thư điện tử,Điểm cầu"
    return io.BytesIO("\n".join([head, *lines]).encode())


@pytest.mark.case("FA5")
def test_marks_tell_delegates_apart(conference, system):
    add_delegate(conference, by=system, name="Lê Văn Dũng", office="hộ dân tổ 6")
    file = csv_file(
        "Lê Văn Dụng,hộ dân tổ 6,,",
        "Trần Thị Hòa,hộ dân tổ 6,,",
        "Trần Thị Hoa,hộ dân tổ 6,,",
        "LÊ VĂN DŨNG,hộ dân  tổ 6,,",
    )
    found = read_invitees(conference, file, "moi.csv")
    assert [row["name"] for row in found.new] == ["Lê Văn Dụng", "Trần Thị Hòa", "Trần Thị Hoa"]
    assert (found.same, found.problem_count) == (1, 0)
    twice = read_invitees(conference, csv_file("An Thị A,,,", "an thị a,,,"), "moi.csv")
    assert "dòng 2" in twice.problems[0].message


@pytest.mark.case("FA5")
def test_marks_tell_bridge_points_apart(conference, country, system):
    for name in ("Thôn Đồng", "Thôn Đông"):
        add_point(conference, by=system, unit=country.here, name=name)
    file = csv_file("A,,,Thôn Đồng", "B,,,thôn đông", "C,,,Thon Dong", "D,,,Thôn Đống")
    found = read_invitees(conference, file, "moi.csv")
    assert [row["point"].name for row in found.new] == ["Thôn Đồng", "Thôn Đông"]
    assert [problem.row for problem in found.problems] == [4, 5]
    assert "Thôn Đông; Thôn Đồng" in found.problems[0].message


@pytest.mark.case("FA12")
def test_one_telephone_number_is_one_delegate(conference, system):
    add_delegate(conference, by=system, name="An Thị A", contact="+84 912 345 678")
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Họ và tên", "Điện thoại hoặc thư điện tử"])
        sheet.write_row(1, 0, ["An Thị A", 912345678])
        sheet.write_row(2, 0, ["Bùi Văn B", 987654321])
        sheet.write_row(3, 0, [7, "0987654321"])
        sheet.write_row(4, 0, ["Chu C", 9.5])
    found = read_invitees(conference, file, "moi.xlsx")
    assert [(row["name"], row["contact"]) for row in found.new] == [("Bùi Văn B", "0987654321")]
    assert found.same == 1
    assert [problem.row for problem in found.problems] == [4, 5]


@pytest.mark.case("FA2", "SE-H3")
def test_a_blank_at_the_far_end_of_a_list_of_people_is_refused(conference):
    for read in (lambda file: read_invitees(conference, file, "a.xlsx"), one_signer):
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["Họ và tên"])
            sheet.write_row(1, 0, ["An Thị A"])
            sheet.write_string(1_048_575, 16_383, " ")
        with pytest.raises(Refused, match="trải rộng"):
            read(file)


def one_signer(file):
    return listed_signers(file, "a.xlsx")


@pytest.mark.case("FA15")
def test_a_cell_of_a_delegate_under_no_title_is_not_lost(conference):
    found = read_invitees(conference, csv_file("A,Trưởng ban,,,thừa", "B,,,"), "moi.csv")
    assert [row["name"] for row in found.new] == ["B"]
    assert [(problem.row, problem.column) for problem in found.problems] == [(2, "")]


@pytest.mark.case("FA12")
@pytest.mark.parametrize("number", ["1E400", "NaN", "-1E400", "9.5"])
def test_a_number_that_is_none_is_refused_as_a_telephone(conference, number):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Họ và tên", "Điện thoại hoặc thư điện tử"])
        sheet.write_row(1, 0, ["An Thị A", 123456789])
    odd = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(odd, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name).replace(b"<v>123456789</v>", f"<v>{number}</v>".encode())
            )
    try:
        found = read_invitees(conference, odd, "moi.xlsx")
    except Refused:  # the reader of the format takes it for no number
        return
    assert not found.new and found.problem_count == 1


@pytest.mark.case("FA31")
@pytest.mark.parametrize("down", [False, True])
def test_delegates_are_sorted_and_paged_as_in_a_dictionary(conference, system, down):
    names = ["An", "anh", "Ân", "Bình", "Bình", "Dũng", "Đạt", "Em", "Út"]
    for name in names[::2] + names[1::2]:
        add_delegate(conference, by=system, name=name)
    rows = Delegate.objects.filter(conference=conference)
    rows = rows.order_by(*ordering(Delegate, "name", down))
    in_order = list(rows)
    assert [row.name for row in in_order] == (names[::-1] if down else names)
    for place, row in enumerate(in_order, 1):
        behind = list(rows_behind(rows, "name", down, mark_of(row, "name")))
        assert behind == in_order[place:]


def test_the_address_of_the_next_page_names_nobody(conference, system):
    delegate = add_delegate(conference, by=system, name="Nguyễn Thị An")
    mark = mark_of(delegate, "name")
    assert mark.startswith(f"{delegate.pk}.") and not {"Nguyễn", "Thị", "An"} & set(mark.split("."))
    rows = Delegate.objects.filter(conference=conference)
    assert list(rows_behind(rows, "name", False, mark)) == []


def test_the_place_of_a_row_that_ended_no_page_is_told_to_nobody(conference, system):
    """Else whoever may not see a delegate would learn the name from where the list goes on."""
    shown, hidden = (add_delegate(conference, by=system, name=name) for name in ("An", "Bình"))
    rows = Delegate.objects.filter(pk=shown.pk)
    signature = mark_of(shown, "name").partition(".")[2]
    for forged in ("0.", f"{hidden.pk}.", f"{hidden.pk}.{signature}", f"{hidden.pk}.Bình"):
        with pytest.raises(Refused):
            rows_behind(rows, "name", False, forged)
