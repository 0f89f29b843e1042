"""A reorganisation file as it is read: each entry with its line, each limit at its edge. No
database is asked.
"""

from datetime import date
from fractions import Fraction
from hashlib import sha256

import pytest

from danchu.kernel.refusals import Refused
from danchu.units import plan_file
from danchu.units.plan_entries import (
    Beginning,
    Ending,
    Line,
    NewBody,
    Plan,
    StandingChange,
    SuccessionEntry,
)
from danchu.units.plan_file import parse_plan, read_plan

TEXT = """on = 2027-01-01

[decree]
number = "1/NQ"
title = "Sắp xếp"
issued_on = 2026-12-01
source = "Công báo"

[[ends]]
unit = "00001@2026-12-31"

[[ends]]
unit = 12

[[begins]]
key = "m"
level = "commune"
kind = "xa"
name = "Xã  Mới"
code = "00009"
parent = 3

[[begins]]
key = "v"
level = "village"
kind = "thon"
name = "Thôn Mới"
parent = "m"

[[standings]]
unit = 4
name = "Xã Khác"

[[successions]]
before = "00001@2026-12-31"
after = "m"
share = "1/3"
basis = "Diện tích"

[[successions]]
before = 12
after = "m"

[[successions]]
before = 5
after = "m"
share = "1"

[[bodies]]
unit = "m"
kind = "school"
name = "Trường Mới"
from = ["12"]

[[bodies]]
unit = "m"
kind = "agency"
name = "Trạm Mới"
"""
SMALL = 'on = 2027-01-01\n[decree]\nnumber = "1/NQ"\n[[ends]]\nunit = "1"\n'


def test_every_entry_is_read_with_its_line():
    assert parse_plan(TEXT) == Plan(
        number="1/NQ",
        title="Sắp xếp",
        issued_on=date(2026, 12, 1),
        source="Công báo",
        on=date(2027, 1, 1),
        ends=[
            Ending(Line(9, "ends", 1), "00001@2026-12-31"),
            Ending(Line(12, "ends", 2), "12"),
        ],
        begins=[
            Beginning(Line(15, "begins", 1), "m", "commune", "xa", "Xã Mới", "00009", "3"),
            Beginning(Line(23, "begins", 2), "v", "village", "thon", "Thôn Mới", "", "m"),
        ],
        standings=[StandingChange(Line(30, "standings", 1), "4", "", "Xã Khác", "", "")],
        successions=[
            SuccessionEntry(
                Line(34, "successions", 1), "00001@2026-12-31", "m", Fraction(1, 3), "Diện tích"
            ),
            SuccessionEntry(Line(40, "successions", 2), "12", "m", None, ""),
            SuccessionEntry(Line(44, "successions", 3), "5", "m", Fraction(1), ""),
        ],
        bodies=[
            NewBody(Line(49, "bodies", 1), "m", "school", "Trường Mới", ("12",)),
            NewBody(Line(55, "bodies", 2), "m", "agency", "Trạm Mới", None),
        ],
        text=TEXT,
    )


def test_a_plan_needs_only_a_decree_a_day_and_one_change():
    plan = parse_plan(SMALL)
    assert (plan.number, plan.title, plan.issued_on, plan.source) == ("1/NQ", "", None, "")
    assert (plan.begins, plan.standings, plan.successions, plan.bodies) == ([], [], [], [])
    assert parse_plan(SMALL.replace("[[ends]]", "[[standings]]\nname = 'Xã A'")).standings
    begins = 'key = "m"\nlevel = "village"\nkind = "thon"\nname = "Thôn"\nparent = "1"\n'
    assert parse_plan(SMALL.split("[[ends]]")[0] + "[[begins]]\n" + begins).begins


def test_the_same_text_has_the_same_hash_and_a_line_says_where_it_is():
    assert parse_plan(SMALL).file_hash == sha256(SMALL.encode()).hexdigest()
    assert str(Line(12, "ends", 2)) == "dòng 12, [[ends]] thứ 2"


def test_entries_written_in_one_line_are_named_by_their_number():
    text = 'on = 2027-01-01\nends = [{unit = "1"}, {unit = ""}]\n[decree]\nnumber = "1"\n'
    with pytest.raises(Refused, match=r"dòng 1, \[\[ends\]\] thứ 2: thiếu unit"):
        parse_plan(text)


def with_decree(**values):
    lines = "".join(f"{name} = {value}\n" for name, value in values.items())
    return SMALL.replace('number = "1/NQ"\n', lines)


@pytest.mark.parametrize(("name", "limit"), [("number", 60), ("title", 2000), ("source", 2000)])
def test_a_text_may_be_as_long_as_its_column_and_no_longer(name, limit):
    values = {"number": '"1"', name: f'"{"x" * limit}"'}
    assert getattr(parse_plan(with_decree(**values)), name) == "x" * limit
    values[name] = f'"{"x" * (limit + 1)}"'
    with pytest.raises(Refused, match=rf"\[decree\]: {name} quá dài"):
        parse_plan(with_decree(**values))


def test_a_day_is_from_1945_on_and_has_no_hour():
    assert parse_plan(SMALL.replace("2027-01-01", "1945-01-01")).on == date(1945, 1, 1)
    for day, reason in (
        ("1944-12-31", "đầu tệp: on phải từ năm 1945"),
        ("2027-01-01T08:00:00", "đầu tệp: on phải là một ngày"),
    ):
        with pytest.raises(Refused, match=reason):
            parse_plan(SMALL.replace("2027-01-01", day))


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('unit = "1"', "unit = true", "unit phải đặt trong dấu nháy"),
        ('unit = "1"', "unit = 1.5", "unit phải đặt trong dấu nháy"),
        ('number = "1/NQ"', "number = 1", r"\[decree\]: number phải đặt trong dấu nháy"),
        ('number = "1/NQ"', "", r"\[decree\]: thiếu number"),
        ('number = "1/NQ"', 'number = "1"\nnummer = "1"', r"Mục \[decree\] thiếu, hoặc có tên"),
        ("on = 2027-01-01", "on = 2027-01-01\nb = 1\na = 1", "Tệp có mục lạ: a, b"),
        ('unit = "1"', 'unit = "1"\nb = 1\na = 1', r"dòng 4, \[\[ends\]\] thứ 1: có tên lạ a, b"),
        ("[decree]", "on = \n[decree]", r"Dòng 2: tệp sai cú pháp TOML"),
        ("[[ends]]\nunit", "[[ends]]\nunit = 1\nunit", r"Dòng \d: tệp sai cú pháp TOML"),
    ],
)
def test_what_is_miswritten_is_named_with_its_place(before, after, reason):
    with pytest.raises(Refused, match=reason):
        parse_plan(SMALL.replace(before, after))


def test_a_table_that_is_no_list_of_entries_is_refused():
    head = 'on = 2027-01-01\n{}\n[decree]\nnumber = "1"\n'
    for table in ("ends = 1", "ends = [1]", "ends = [{unit = '1'}, 2]"):
        with pytest.raises(Refused, match=r"Mục ends phải viết là \[\[ends\]\]"):
            parse_plan(head.format(table))


BEGINS = (
    '[[begins]]\nkey = "m"\nlevel = "{}"\nkind = "{}"\nname = "Tên"\ncode = "{}"\nparent = "1"\n'
)


@pytest.mark.parametrize(
    ("level", "kind", "digits"),
    [("province", "tinh", 2), ("district", "huyen", 3), ("commune", "xa", 5)],
)
def test_a_code_has_the_digits_of_its_level(level, kind, digits):
    head = SMALL.split("[[ends]]")[0]
    assert parse_plan(head + BEGINS.format(level, kind, "1" * digits)).begins[0].level == level
    for code in ("1" * (digits - 1), "1" * (digits + 1), "x" * digits):
        with pytest.raises(Refused, match=f"phải có đúng {digits} chữ số"):
            parse_plan(head + BEGINS.format(level, kind, code))
    with pytest.raises(Refused, match="thiếu code"):
        parse_plan(head + BEGINS.format(level, kind, ""))


def test_a_beginning_is_refused_on_its_line():
    head = SMALL.split("[[ends]]")[0]
    village = BEGINS.format("village", "thon", "")
    assert parse_plan(head + village.replace('"m"', '"m1"')).begins[0].key == "m1"
    for text, reason in (
        (village.replace('"m"', '"12"'), "key “12” phải có chữ và không có @"),
        (village.replace('"m"', '"a@b"'), "key “a@b” phải có chữ và không có @"),
        (BEGINS.format("nation", "nuoc", ""), "level “nation” không có trong danh mục: commune, "),
        (BEGINS.format("village", "xa", ""), "kind “xa” không có trong danh mục: ap, ban"),
    ):
        with pytest.raises(Refused, match=f"dòng 4, .* thứ 1: {reason}"):
            parse_plan(head + text)


@pytest.mark.parametrize(
    ("share", "value"),
    [("1/1", 1), ("999999999999999999/999999999999999999", 1), ("1/2", Fraction(1, 2))],
)
def test_a_share_is_a_fraction_up_to_the_whole(share, value):
    entry = f'[[successions]]\nbefore = "1"\nafter = "2"\nshare = "{share}"\n'
    assert parse_plan(SMALL + entry).successions[0].share == value


@pytest.mark.parametrize(
    "share", ["2", "01/2", "1/02", "0/1", "1/0", "1000000000000000000/1", "1/"]
)
def test_a_share_that_is_no_fraction_is_refused(share):
    entry = f'[[successions]]\nbefore = "1"\nafter = "2"\nshare = "{share}"\n'
    with pytest.raises(Refused, match=r"dòng 6, .* phải viết dạng phân số"):
        parse_plan(SMALL + entry)


@pytest.mark.parametrize("change", ["kind", "name", "code", "parent"])
def test_one_change_of_a_standing_is_enough(change):
    entry = f'[[standings]]\nunit = "1"\n{change} = "2"\n'
    assert getattr(parse_plan(SMALL + entry).standings[0], change) == "2"


def test_the_origins_of_a_body_are_texts():
    entry = '[[bodies]]\nunit = "1"\nkind = "school"\nname = "T"\nfrom = {}\n'
    assert parse_plan(SMALL + entry.format("[]")).bodies[0].origins == ()
    for origins in ('"1"', "[1]", '["1", 2]'):
        with pytest.raises(Refused, match="dòng 6, .*: from phải là danh sách"):
            parse_plan(SMALL + entry.format(origins))


def test_a_file_is_read_up_to_its_largest_size(tmp_path, monkeypatch):
    assert plan_file.LARGEST == 20 * 1024 * 1024
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    monkeypatch.setattr(plan_file, "LARGEST", len(SMALL))
    assert read_plan(path) == parse_plan(SMALL)
    monkeypatch.setattr(plan_file, "LARGEST", len(SMALL) - 1)
    with pytest.raises(Refused, match="Tệp lớn hơn 20 MB"):
        read_plan(path)


def test_a_file_that_is_not_utf_8_is_refused_on_the_line_of_the_fault(tmp_path):
    path = tmp_path / "plan.toml"
    for line, octets in ((1, b"\xff"), (3, b"a\nb\n\xff\n")):
        path.write_bytes(octets)
        with pytest.raises(Refused, match=f"Dòng {line}: tệp không phải là UTF-8"):
            read_plan(path)


def test_a_file_that_is_not_there_is_refused_with_the_reason_of_the_system(tmp_path):
    with pytest.raises(Refused, match=r"none\.toml: No such file or directory\.$"):
        read_plan(tmp_path / "none.toml")
