"""Files that were broken byte by byte: whatever an importer is given, it reads it or says what is
wrong; it never falls over.

Each example is a right file cut, turned over and grown at random places, as a disk, a mail program
or an attacker would.
"""

import io
import os
import tomllib
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.casework.input.signers import listed_signers
from danchu.kernel.refusals import Refused
from danchu.register.imports import check_events
from danchu.units.plan import read_plan
from tests.sizes import long, size, turn
from tests.swollen import archive_with_swollen_part

PLAN = (Path(__file__).resolve().parents[2] / "docs" / "examples" / "sap-xep.toml").read_bytes()
EVENTS = [
    ["reference", "kind", "held_on", "unit_code", "title", "participants"],
    ["A1", "dialogue", "09/09/2025", "00004", "Đối thoại; “một”", "12.567"],
    ["A2", "Đối thoại", "2025-09-10", "00004", "Hai", "0"],
]
SIGNERS = [
    ["STT", "Họ và tên", "Địa chỉ", "Số giấy tờ", "Đại diện"],
    ["1", "Nguyễn Thị Mận", "Số 1", "001199887766", "x"],
    ["2", "Lê Văn Tám", "Số 2", "", ""],
]
# Each is another process. More by hand: DANCHU_FUZZ=5000.
EXAMPLES = int(os.environ.get("DANCHU_FUZZ", size(40, 600)))
BOUNDED = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
# Bytes that readers trip over: ends of lines and strings, marks of order, halves of letters,
# numbers too large.
HOSTILE = [
    b"\0",
    b"\r",
    b'"',
    b"'",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xe2\x80\xae",
    b"=",
    b";" * 40,
    b"9" * 400,
    b"PK\x03\x04",
    b"<?xml",
    b"[[",
    b"]]",
    b"\n\n\n",
    b"-0001-01-01",
    b"1e999",
]


def csv_of(rows, mark=";", coding="utf-8"):
    return "\n".join(
        mark.join(cell if mark not in cell else f'"{cell}"' for cell in row) for row in rows
    ).encode(coding)


def xlsx_of(rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return file.getvalue()


def repacked(held, part, change):
    """An office file of which one part was changed inside its packing, where the outer bytes
    stay sound.
    """
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(held)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return file.getvalue()


def mangled(held, way, at, length, extra):
    """The bytes after one mishap at a place."""
    if way == "out":
        return held[:at] + held[at + length :]
    if way == "flip":
        return (
            held[:at]
            + bytes(octet ^ 0xFF for octet in held[at : at + length % 4 + 1])
            + held[at + length % 4 + 1 :]
        )
    if way == "in":
        return held[:at] + extra + held[at:]
    if way == "double":
        return held[:at] + held[at : at + length] * 3 + held[at + length :]
    return held[:at]


MISHAP = st.tuples(
    st.sampled_from(["out", "flip", "in", "in", "double", "off"]),
    st.integers(0, 1_000_000),
    st.integers(1, 60),
    st.sampled_from(HOSTILE) | st.binary(max_size=20),
)


def broken(held):
    """The bytes after one to five mishaps."""

    def happened(mishaps):
        now = held
        for way, at, length, extra in mishaps:
            now = mangled(now, way, at % max(1, len(now)), length, extra)
        return now

    return st.lists(MISHAP, min_size=1, max_size=5).map(happened)


def read(importer, held, name):
    """Whether it was read; Refused, in words, is the only other answer."""
    try:
        importer(io.BytesIO(held), name)
    except Refused as refusal:
        assert refusal.message.strip()
        return False
    return True


@pytest.fixture
def importers(country, system):
    country.here.standings.update(code="00004")
    return {
        "events": lambda file, name: check_events(file, name, by=system),
        "signers": listed_signers,
    }


def test_the_right_files_are_read(importers, tmp_path):
    for key, rows in (("events", EVENTS), ("signers", SIGNERS)):
        assert all(
            read(importers[key], held, name)
            for held, name in (
                (csv_of(rows), "a.csv"),
                (csv_of(rows, ",", "utf-16"), "a.csv"),
                (xlsx_of(rows), "a.xlsx"),
            )
        )
    assert tomllib.loads(PLAN.decode())


@long
@pytest.mark.parametrize(
    ("key", "held", "name"),
    [
        ("events", csv_of(EVENTS), "a.csv"),
        ("events", csv_of(EVENTS, ",", "utf-16"), "a.csv"),
        ("events", xlsx_of(EVENTS), "a.xlsx"),
        ("signers", csv_of(SIGNERS), "a.csv"),
        ("signers", xlsx_of(SIGNERS), "a.xlsx"),
    ],
    ids=["events.csv", "events.utf16", "events.xlsx", "signers.csv", "signers.xlsx"],
)
def test_a_broken_table_is_read_or_refused(importers, key, held, name):
    @BOUNDED
    @given(broken(held))
    def tried(bad):
        read(importers[key], bad, name)

    tried()


@long
@pytest.mark.parametrize(
    "part",
    ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "[Content_Types].xml"],
)
def test_a_sheet_broken_inside_its_packing_is_read_or_refused(importers, part):
    whole = xlsx_of(SIGNERS)
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        inner = pack.read(part)

    @settings(BOUNDED, max_examples=EXAMPLES // 3)
    @given(broken(inner))
    def tried(bad):
        read(importers["signers"], repacked(whole, part, lambda _old: bad), "a.xlsx")

    tried()


@long
def test_a_broken_plan_is_read_or_refused(importers, tmp_path):
    place = tmp_path / "plan.toml"

    def plan(file, _name):
        place.write_bytes(file.read())
        return read_plan(place)

    @BOUNDED
    @given(broken(PLAN))
    def tried(bad):
        read(plan, bad, "plan.toml")

    tried()


@turn(4, together=2)
def test_a_sheet_that_swells_up_is_refused_before_it_is_read(importers):
    """A few kilobytes that would become gigabytes."""
    with zipfile.ZipFile(io.BytesIO(xlsx_of(SIGNERS))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    del parts["xl/sharedStrings.xml"]
    bomb = archive_with_swollen_part("xl/sharedStrings.xml", parts, filling=b" ")
    for key in ("events", "signers"):
        assert not read(importers[key], bomb, "a.xlsx")
