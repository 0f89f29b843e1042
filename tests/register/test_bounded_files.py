"""No spreadsheet, however small, takes more memory or time than its length allows."""

import io
import os
import struct
import threading
import time
import zipfile
from datetime import date

import pytest
import xlsxwriter

from danchu.kernel.refusals import Refused
from danchu.papers.media import media_of
from danchu.register.imports.reading import LONGEST_LINE, MOST_COLUMNS, read_rows

MIB = 1024 * 1024


def workbook(cells):
    """The bytes of a workbook with {place: value}."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for place, value in cells.items():
            sheet.write(place, value)
    return file.getvalue()


def resident_bytes(pid="self"):
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


class Watch(threading.Thread):
    """The most that this process held while the block ran, above what it held before."""

    def __enter__(self):
        self.before = resident_bytes()
        self.most = self.before
        self.over = False
        self.start()
        return self

    def run(self):
        while not self.over:
            self.most = max(self.most, resident_bytes())
            time.sleep(0.005)

    def __exit__(self, *failure):
        self.over = True
        self.join()

    @property
    def taken(self):
        return self.most - self.before


def refusal_of(content, name):
    with pytest.raises(Refused) as refusal:
        list(read_rows(io.BytesIO(content), name))
    assert refusal.value.field == "file"
    return refusal.value.message


@pytest.mark.parametrize("corner", ["XFD1048576", "XFD2000", "A1048576", "XFD1"])
@pytest.mark.case("FA2", "SE-H3")
def test_a_cell_far_away_ends_the_reading_or_is_read_in_bounds(corner):
    content = workbook({"A1": "Tên việc", corner: "x"})
    with Watch() as watch:
        try:
            rows = list(read_rows(io.BytesIO(content), "viec.xlsx"))
            assert rows[0][0] == 1 and len(rows) <= 2
        except Refused as refusal:
            assert "trải rộng" in refusal.message
    assert watch.taken < 64 * MIB


@pytest.mark.case("FA2", "SE-H3")
def test_the_crash_file_three_times_while_another_reads_on():
    content = workbook({"A1": "Tên việc", "XFD1048576": "x"})
    honest = workbook({"A1": "Tên việc", "A2": "Đối thoại", "B2": 3, "C2": True})
    others = []
    stop = threading.Event()

    def read_on():
        while not stop.is_set():
            others.append(list(read_rows(io.BytesIO(honest), "viec.xlsx")))

    reader = threading.Thread(target=read_on)
    reader.start()
    for _time in range(3):
        refusal_of(content, "viec.xlsx")
    stop.set()
    reader.join()
    assert others and all(rows == others[0] for rows in others)
    assert others[0] == [(1, ["Tên việc", "", ""]), (2, ["Đối thoại", 3.0, True])]


@pytest.mark.parametrize("first", [1, 2, 6])
def test_a_row_has_the_number_that_the_spreadsheet_shows(first):
    content = workbook({f"B{first}": "Tên việc", f"B{first + 3}": "Đối thoại"})
    numbers = [number for number, _cells in read_rows(io.BytesIO(content), "viec.xlsx")]
    assert numbers == [first, first + 3]


def test_days_and_empty_rows_come_through_as_they_stand():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_datetime("A3", date(2026, 3, 2), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write("B6", 1.5)
    assert list(read_rows(file, "viec.xlsx")) == [(3, [date(2026, 3, 2), ""]), (6, ["", 1.5])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_line_of_countless_cells_is_refused_before_it_is_taken_apart(delimiter):
    with Watch() as watch:
        assert "Dòng 1 " in refusal_of(delimiter.encode() * 20_000_000, "viec.csv")
    assert watch.taken < 96 * MIB


def test_more_columns_than_a_table_has_are_refused_by_line():
    wide = b"a,b\n" + b"," * MOST_COLUMNS + b"\n"
    assert "Dòng 2 " in refusal_of(wide, "viec.csv")
    assert len(list(read_rows(io.BytesIO(b"a,b\n" + b"x," * 500), "viec.csv"))) == 2


def test_a_long_line_of_one_cell_is_refused_by_line():
    assert "Dòng 2 " in refusal_of(b"a,b\n" + b"x" * (LONGEST_LINE + 5), "viec.csv")


def test_an_archive_of_countless_entries_is_not_listed():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as pack:
        pack.writestr("[Content_Types].xml", "")
        pack.writestr("xl/workbook.xml", "")
        for number in range(40_000):
            pack.writestr(f"{number}", b"")
    with Watch() as watch, pytest.raises(Refused):
        media_of(file, "viec.xlsx")
    assert watch.taken < 16 * MIB


@pytest.mark.case("FA2", "SE-H3")
@pytest.mark.parametrize("at", ["in the record of 64 bits", "in a mark inside of the record"])
def test_a_directory_whose_record_says_that_it_is_short_is_not_listed(at):
    """As `zipfile` reads them, which believes the record of 64 bits, and the mark at the end."""
    names = [b"%06d" % number for number in range(12_000)]
    directory = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, *[0] * 7, 6, *[0] * 6) + name
        for name in names
    )
    start, number, short = b"PK\x03\x04" + bytes(26), len(names), 1000
    large = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, number, number, len(directory), len(start)
    )
    large += struct.pack("<4sLQL", b"PK\x06\x07", 0, len(start) + len(directory), 1)
    offset = len(start)
    if at == "in a mark inside of the record":
        large, short, offset = b"", len(directory), int.from_bytes(b"PK\x05\x06", "little")
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, short, offset, 0)
    content = start + directory + large + end
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert len(pack.namelist()) == number
    with Watch() as watch, pytest.raises(Refused):
        media_of(io.BytesIO(content), "viec.xlsx")
    assert watch.taken < 16 * MIB


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.jpg"])
@pytest.mark.case("SE-L13")
def test_an_empty_file_is_refused_and_no_fault(name):
    with pytest.raises(Refused):
        media_of(io.BytesIO(b""), name)


@pytest.mark.case("SE-L13")
def test_an_archive_with_a_name_that_is_no_text_is_refused_and_no_fault():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as pack:
        pack.writestr("é" * 3, b"")
    broken = file.getvalue().replace("é".encode() * 3, b"\xff\xfe\xfd\xff\xfe\xfd")
    with pytest.raises(Refused):
        media_of(io.BytesIO(broken), "a.docx")
