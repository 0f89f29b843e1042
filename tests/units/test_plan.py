"""A reorganisation is applied whole, or refused with every reason, or leaves nothing behind."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.db import transaction

from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.units.actions import open_body, reorganise_units
from danchu.units.history import history_of
from danchu.units.maps import boundaries, map_version
from danchu.units.models import Body, Decree, Reorganisation, Standing, Succession, Unit
from danchu.units.names import name_of
from danchu.units.plan import EFFECTS, FigureChange, effect, parse_plan, read_plan
from danchu.units.plan_check import resolve
from danchu.units.plan_write import write
from danchu.units.soundness import map_problems

EVE, ON = date(2026, 12, 31), date(2027, 1, 1)
DAY = "2026-12-31"

HEAD = """
on = 2027-01-01

[decree]
number = "1/NQ"
title = "Về việc sắp xếp"
issued_on = 2026-12-01
"""


def ends(*codes):
    return "".join(f'[[ends]]\nunit = "{code}@{DAY}"\n' for code in codes)


def begins(key, code, name="Xã Mới", parent="01", level="commune", kind="xa"):
    return (
        f'[[begins]]\nkey = "{key}"\nlevel = "{level}"\nkind = "{kind}"\nname = '
        f'"{name}"\ncode = "{code}"\n'
        f'parent = "{parent if parent.startswith("#") else parent + "@" + DAY}"\n'
    )


def goes(before, after, share=""):
    row = f'[[successions]]\nbefore = "{before}@{DAY}"\nafter = "{after}"\n'
    return row + (f'share = "{share}"\n' if share else "")


def stands(which, **values):
    return f'[[standings]]\nunit = "{which}@{DAY}"\n' + "".join(
        f'{name} = "{value}"\n' for name, value in values.items()
    )


MERGE = (
    HEAD + ends("00001", "00002") + begins("m", "00001") + goes("00001", "m") + goes("00002", "m")
)
CUT = HEAD + ends("00003") + begins("x", "00003", "Xã X", "01") + begins("y", "00005", "Xã Y", "02")
OPEN_CUT = CUT + goes("00003", "x") + goes("00003", "y")
AGREED_CUT = CUT + goes("00003", "x", "1/3") + goes("00003", "y", "2/3")


def test_two_communes_merge_and_their_villages_follow(small, system):
    reorganise_units(parse_plan(MERGE), by=system)
    merged = Unit.objects.get(since=ON)
    before, after = boundaries(EVE), boundaries(ON)
    assert set(before.children(small.north.pk)) == {small.a.pk, small.b.pk}
    assert after.children(small.north.pk) == [merged.pk]
    assert after.regroup({small.a.pk: 3, small.b.pk: 4, small.v1.pk: 5}, "commune") == {
        merged.pk: (12, 0)
    }
    # The villages are the same units, at home in the new commune, and were at home in the old one.
    assert after.parent(small.v1.pk) == merged.pk and before.parent(small.v1.pk) == small.a.pk
    assert after.place(small.v1.pk) == {small.v1.pk: 1}
    # What is recorded at the new one could be of either old one, and is of the old province.
    assert before.place(merged.pk, "commune") == {small.a.pk: None, small.b.pk: None}
    assert before.place(merged.pk, "province") == {small.north.pk: 1}
    assert name_of(merged, ON) == "Xã Mới" and name_of(small.a, EVE) == "Xã A"
    assert list(map_problems()) == []


def test_an_open_division_is_placed_nowhere_below_the_cut_and_never_guessed(small, system):
    reorganise_units(parse_plan(OPEN_CUT), by=system)
    x, y = Unit.objects.filter(since=ON).order_by("pk").values_list("pk", flat=True)
    assert boundaries(ON).regroup({small.c.pk: 9}, "commune") == {x: (0, 9), y: (0, 9)}
    assert boundaries(ON).regroup({small.c.pk: 9}, "province") == {
        small.north.pk: (0, 9),
        small.south.pk: (0, 9),
    }
    assert boundaries(ON).regroup({small.c.pk: 9}, "nation") == {small.nation.pk: (9, 0)}
    assert [turn.share for turn in history_of(small.c).successors] == [None, None]


def test_agreed_shares_are_kept_exactly(small, system):
    reorganise_units(parse_plan(AGREED_CUT), by=system)
    shares = boundaries(ON).place(small.c.pk, "province")
    assert shares == {small.north.pk: Fraction(1, 3), small.south.pk: Fraction(2, 3)}
    assert list(map_problems()) == []


def test_a_new_name_is_the_same_unit(small, system):
    reorganise_units(parse_plan(HEAD + stands("00001", name="Phường A", kind="phuong")), by=system)
    names = list(
        Standing.objects.filter(unit=small.a).order_by("since").values_list("name", "code", "until")
    )
    assert names == [("Xã A", "00001", ON), ("Phường A", "00001", None)]
    assert Succession.objects.count() == 0 and Unit.objects.filter(since=ON).count() == 0


def test_a_province_and_its_communes_in_one_file(small, system):
    """Communes of a province that went whole into another need no line of their own; a new one
    may hang on a new one.
    """
    text = (
        HEAD
        + ends("01", "02", "00001", "00002")
        + begins("p", "01", "Tỉnh Chung", "VN", level="province", kind="tinh")
        + begins("m", "00001").replace(f'parent = "01@{DAY}"', 'parent = "p"')
        + goes("01", "p")
        + goes("02", "p")
        + goes("00001", "m")
        + goes("00002", "m")
    )
    reorganise_units(parse_plan(text), by=system)
    province = Unit.objects.get(level="province", since=ON)
    chart = boundaries(ON)
    assert len(chart.children(province.pk)) == 3
    assert chart.parent(small.c.pk) == province.pk
    assert set(chart.sources(province.pk).values()) == {1}
    assert list(map_problems()) == []


def test_one_entry_in_the_journal_and_the_same_file_never_twice(small, system):
    done = reorganise_units(parse_plan(MERGE), by=system)
    assert Entry.objects.filter(act="units.reorganised").count() == 1
    assert Entry.objects.get(act="units.reorganised").unit_id == small.north.pk
    assert done.text == MERGE
    rows = Unit.objects.count()
    with pytest.raises(Refused, match="đã được áp dụng"):
        reorganise_units(parse_plan(MERGE), by=system)
    assert Unit.objects.count() == rows and Reorganisation.objects.count() == 1


def test_only_who_may_reorganise_every_unit_touched_may_apply(small):
    northern = replace(Actor.public(), key="account:1")

    class Northern:
        key, name = northern.key, "Bắc"

        def may(self, verb, kind, unit):
            return (verb, kind) == ("reorganise", "unit") and unit in {
                small.north.pk,
                small.a.pk,
                small.b.pk,
                small.v1.pk,
                small.v2.pk,
            }

    with pytest.raises(Denied):
        reorganise_units(parse_plan(OPEN_CUT), by=Northern())
    with pytest.raises(Denied):
        reorganise_units(parse_plan(MERGE), by=Actor.public())
    assert not Unit.objects.filter(since=ON).exists()
    reorganise_units(parse_plan(MERGE), by=Northern())


def test_bodies_of_what_ends_end_too_and_are_succeeded(small, system):
    committee = open_body(
        small.a, by=system, kind="peoples_committee", name="UBND xã A", code="H26.1"
    )
    council = open_body(small.a, by=system, kind="peoples_council", name="HĐND xã A")
    other = open_body(small.b, by=system, kind="peoples_committee", name="UBND xã B")
    elsewhere = open_body(small.c, by=system, kind="peoples_committee", name="UBND xã C")
    text = MERGE + '[[bodies]]\nunit = "m"\nkind = "peoples_committee"\nname = "UBND xã Mới"\n'
    assert effect(parse_plan(text)).closed_bodies == 3
    reorganise_units(parse_plan(text), by=system)
    new = Body.objects.get(since=ON)
    assert set(new.came_from.values_list("before", flat=True)) == {committee.pk, other.pk}
    assert set(Body.objects.filter(until=ON)) == {committee, council, other}
    assert committee.codes.get().until == ON
    assert set(Body.objects.on(ON)) == {new, elsewhere}
    assert new.name_on(ON) == "UBND xã Mới" and committee.name_on(ON) == "UBND xã A"
    assert list(map_problems()) == []


def test_a_dry_run_shows_everything_and_leaves_nothing(small, system):
    seen = []

    def look(map_change):
        seen.append(map_change)
        old = map_change.before.regroup({small.c.pk: 9}, "commune")[small.c.pk]
        for unit, (placed, unplaced) in map_change.after.regroup(
            {small.c.pk: 9}, "commune"
        ).items():
            yield FigureChange("dialogues", map_change.names[unit].name, old[0], placed, unplaced)

    rows, version = Unit.objects.count(), map_version()
    EFFECTS.append(look)
    try:
        found = effect(parse_plan(OPEN_CUT))
    finally:
        EFFECTS.remove(look)
    assert (found.ended, found.begun, found.divided) == (["Xã C"], ["Xã X", "Xã Y"], ["Xã C"])
    assert [
        (change.unit, change.before, change.after, change.unplaced) for change in found.figures
    ] == [
        ("Xã X", 9, 0, 9),
        ("Xã Y", 9, 0, 9),
    ]
    assert small.c.pk in seen[0].touched and len(seen[0].touched) == 3
    assert (Unit.objects.count(), map_version()) == (rows, version)
    assert not Entry.objects.filter(act="units.reorganised").exists()
    # The map seen within is not taken for the map without.
    assert boundaries(ON).place(small.c.pk, "commune") == {small.c.pk: 1}
    with pytest.raises(Refused, match="mã 00004"):
        effect(parse_plan(OPEN_CUT.replace("00005", "00004")))


WRONG = {
    "an unknown unit": (MERGE + ends("09999"), "không có đơn vị “09999@2026-12-31”"),
    "a unit twice": (MERGE + ends("00001"), "đã được kết thúc ở mục khác"),
    "the nation": (HEAD + ends("VN"), "không thể kết thúc cả nước"),
    "an end that goes nowhere": (MERGE + ends("00003"), "Xã C kết thúc mà không rõ nhập vào đâu"),
    "a beginning from nothing": (
        MERGE + begins("n", "00009"),
        "Xã Mới được lập mà không rõ từ đâu",
    ),
    "a key twice": (MERGE + begins("m", "00009"), "key “m” đã dùng"),
    "into one that stays": (
        HEAD + ends("00003") + goes("00003", f"00004@{DAY}"),
        "phải được lập trong tệp này",
    ),
    "from one that does not end": (
        MERGE + goes("00003", "m"),
        "“00003@2026-12-31” không nằm trong",
    ),
    "twice into the same": (MERGE + goes("00001", "m"), "được ghi hai lần"),
    "shares below one": (AGREED_CUT.replace("2/3", "1/3"), "cộng lại được 2/3"),
    "shares above one": (AGREED_CUT.replace("1/3", "2/3"), "cộng lại được 4/3"),
    "a lone share below one": (
        MERGE + ends("00003") + begins("z", "00009") + goes("00003", "z", "1/2"),
        "cộng lại được 1/2",
    ),
    "a share for one piece only": (
        CUT + goes("00003", "x", "1/3") + goes("00003", "y"),
        "hoặc mọi phần đều có tỷ lệ",
    ),
    "a parent that ends": (
        MERGE.replace(f'parent = "01@{DAY}"', f'parent = "00002@{DAY}"'),
        "không còn vào ngày 01/01/2027",
    ),
    "a ring": (MERGE.replace(f'parent = "01@{DAY}"', 'parent = "m"'), "không phải đơn vị cấp trên"),
    "a parent on its level": (
        MERGE.replace(f'parent = "01@{DAY}"', f'parent = "00004@{DAY}"'),
        "không phải đơn vị cấp trên",
    ),
    "a code in use": (
        MERGE.replace('code = "00001"', 'code = "00004"'),
        "mã 00004 của Xã Mới đang dùng cho Xã D",
    ),
    "one code for two new ones": (OPEN_CUT.replace("00005", "00003"), "mã 00003"),
    "a code taken by a renaming": (MERGE + stands("00003", code="00001"), "mã 00001"),
    "a village left without a home": (
        HEAD
        + ends("00001")
        + begins("x", "00007")
        + begins("y", "00008")
        + goes("00001", "x")
        + goes("00001", "y"),
        "Thôn 1 thuộc Xã A và phải có mục",
    ),
    "a standing of what ends": (
        MERGE + stands("00001", name="Xã Q"),
        "được lập, kết thúc hoặc đổi ở mục khác",
    ),
    "a kind of another level": (HEAD + stands("00001", kind="tinh"), "không hợp với cấp"),
    "a code of the wrong length": (HEAD + stands("00001", code="12"), "phải có đúng 5 chữ số"),
    "a decree later than its effect": (
        MERGE.replace("2026-12-01", "2027-02-01"),
        "ban hành sau ngày",
    ),
    "a body of what ends": (
        MERGE + f'[[bodies]]\nunit = "00001@{DAY}"\nkind = "school"\nname = "T"\n',
        "không còn vào ngày sắp xếp",
    ),
    "a body from what stays": (
        MERGE + f'[[bodies]]\nunit = "m"\nkind = "school"\nname = "T"\nfrom = ["00003@{DAY}"]\n',
        "không nằm trong các đơn vị kết thúc",
    ),
    "an end of what begins": (MERGE + '[[ends]]\nunit = "m"\n', "“m” vừa được lập"),
    "a standing of what is not there": (MERGE + stands("09999", name="Xã Q"), "“09999@2026-12-31”"),
    "a parent that is not there": (
        MERGE + begins("n", "00009", parent="99", level="village", kind="thon"),
        "không có đơn vị “99@2026-12-31”",
    ),
    "a body of what is not there": (
        MERGE + f'[[bodies]]\nunit = "09999@{DAY}"\nkind = "school"\nname = "T"\n',
        "không có đơn vị “09999@2026-12-31”",
    ),
    "a body from what ends and from what stays": (
        MERGE
        + '[[bodies]]\nunit = "m"\nkind = "school"\nname = "T"\n'
        + f'from = ["00001@{DAY}", "00003@{DAY}"]\n',
        "“00003@2026-12-31” không nằm trong các đơn vị kết thúc",
    ),
    "a code on a day that is none": (
        MERGE + '[[ends]]\nunit = "00003@2026-02-31"\n',
        "Không có ngày “2026-02-31”",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_plan_that_does_not_fit_the_map_is_refused_with_the_reason(small, system, case):
    text, reason = WRONG[case]
    plan = parse_plan(text)
    assert any(reason in problem for problem in resolve(plan).problems), resolve(plan).problems
    with pytest.raises(Refused, match="dòng|Văn bản"):
        reorganise_units(plan, by=system)
    assert not Unit.objects.filter(since=ON).exists()


def test_all_problems_are_told_at_once_with_their_lines(small):
    problems = resolve(
        parse_plan(MERGE.replace("00001@", "00009@").replace("00002@", "00008@"))
    ).problems
    assert [problem.split(":")[0] for problem in problems[:2]] == [
        "dòng 8, [[ends]] thứ 1",
        "dòng 10, [[ends]] thứ 2",
    ]
    assert resolve(parse_plan(MERGE)).problems == []


MISWRITTEN = {
    "not toml": (HEAD + "[[ends]]\nunit = \n", "Dòng 9: tệp sai cú pháp"),
    "a day before there was a state": (
        MERGE.replace("2027-01-01", "0001-01-01"),
        "phải từ năm 1945",
    ),
    "no decree": ("on = 2027-01-01\n" + ends("00001"), r"\[decree\]"),
    "no day": (MERGE.replace("on = 2027-01-01", ""), "on phải là một ngày"),
    "a day in quotes": (
        MERGE.replace("on = 2027-01-01", 'on = "2027-01-01"'),
        "on phải là một ngày",
    ),
    "nothing to do": (HEAD, "không có thay đổi nào"),
    "an unknown table": (MERGE + "[[splits]]\n", "mục lạ: splits"),
    "an unknown field": (
        MERGE + '[[ends]]\nunits = "1"\n',
        r"dòng \d+, \[\[ends\]\] thứ 3: có tên lạ units",
    ),
    "an unknown kind": (MERGE.replace('"xa"', '"xã"'), "không có trong danh mục"),
    "a decimal share": (AGREED_CUT.replace("1/3", "0.33"), "phải viết dạng phân số"),
    "a share above one": (AGREED_CUT.replace("1/3", "4/3"), "tỷ lệ lớn hơn 1"),
    "a share of nothing": (AGREED_CUT.replace("1/3", "1/0"), "phải viết dạng phân số"),
    "a short code": (MERGE.replace('code = "00001"', 'code = "1"'), "phải có đúng 5 chữ số"),
    "a key like a number": (MERGE.replace('"m"', '"12"'), "phải có chữ"),
    "no name": (MERGE.replace('name = "Xã Mới"', 'name = " "'), "thiếu name"),
    "an empty renaming": (HEAD + stands("00001"), "cần ít nhất một trong"),
    "one table where many belong": (HEAD + '[ends]\nunit = "1"\n', r"\[\[ends\]\]"),
}


@pytest.mark.parametrize("case", MISWRITTEN)
def test_a_miswritten_file_is_refused_by_line(case):
    text, reason = MISWRITTEN[case]
    with pytest.raises(Refused, match=reason):
        parse_plan(text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(Refused, match="Không đọc được"):
        read_plan(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("a = 1\nb = 'Hà'".encode("latin-1"))
    with pytest.raises(Refused, match="Dòng 2: tệp không phải là UTF-8"):
        read_plan(tmp_path / "latin.toml")
    (tmp_path / "bom.toml").write_bytes(b"\xef\xbb\xbf" + MERGE.replace("\n", "\r\n").encode())
    assert read_plan(tmp_path / "bom.toml").ends


def test_a_change_already_decided_for_later_is_not_run_over(small, system):
    reorganise_units(parse_plan(MERGE), by=system)
    earlier = HEAD.replace("2027-01-01", "2026-12-20").replace("1/NQ", "2/NQ") + stands(
        "00001", name="Xã Q"
    )
    problems = resolve(parse_plan(earlier)).problems
    assert any("đã có thay đổi từ ngày 01/01/2027" in problem for problem in problems)


def test_a_village_renamed_as_its_commune_merges_follows_it(small, system):
    renamed = f'[[standings]]\nunit = {small.v1.pk}\nname = "Thôn Một"\n'
    reorganise_units(parse_plan(MERGE + renamed), by=system)
    merged = Unit.objects.get(since=ON)
    assert boundaries(ON).parent(small.v1.pk) == merged.pk
    assert name_of(small.v1, ON) == "Thôn Một"


def test_each_side_of_a_turn_is_named_as_it_was_called_then(small, system):
    """Renamed on the very day it takes another in, the province is told under its new name, the
    past under its old.
    """
    text = (
        HEAD
        + stands("01", name="Thành phố Bắc", kind="thanh_pho_tw")
        + ends("00001", "00002")
        + begins("m", "00001")
        + goes("00001", "m")
        + goes("00002", "m")
    )
    reorganise_units(parse_plan(text), by=system)
    merged = Unit.objects.get(since=ON)
    later = (
        HEAD.replace("2027-01-01", "2027-06-01").replace("1/NQ", "3/NQ")
        + f'[[standings]]\nunit = {merged.pk}\nname = "Xã Sau"\n'
    )
    reorganise_units(parse_plan(later), by=system)
    assert [turn.name for turn in history_of(small.a).successors] == ["Xã Mới"]
    assert [turn.name for turn in history_of(merged).origins] == ["Xã A", "Xã B"]
    told = history_of(merged)
    assert [(standing.name, standing.under) for standing in told.standings] == [
        ("Xã Mới", "Thành phố Bắc"),
        ("Xã Sau", "Thành phố Bắc"),
    ]
    assert told.name == "Xã Sau"


def test_one_problem_is_told_once_though_a_succession_names_the_same_unit(small):
    problems = resolve(parse_plan(MERGE + ends("VN") + goes("VN", "m"))).problems
    assert len(problems) == 1 and "không thể kết thúc cả nước" in problems[0]


def test_what_has_ended_already_cannot_end_again(small):
    past = date(2020, 1, 1)
    Standing.objects.filter(unit=small.v2).update(until=past)
    Unit.objects.filter(pk=small.v2.pk).update(until=past)
    problems = resolve(parse_plan(HEAD + f"[[ends]]\nunit = {small.v2.pk}\n")).problems
    assert len(problems) == 1 and "Thôn 2 không tồn tại vào ngày 31/12/2026" in problems[0]


def test_a_commune_may_be_dissolved_into_its_province(small, system):
    reorganise_units(parse_plan(HEAD + ends("00003") + goes("00003", f"02@{DAY}")), by=system)
    assert [step.name for step in history_of(small.south).dissolved] == ["Xã C"]
    assert boundaries(ON).place(small.c.pk) == {small.south.pk: 1}
    assert list(map_problems()) == []


def test_a_village_may_leave_its_commune_as_that_merges(small, system):
    moved = f'[[standings]]\nunit = {small.v1.pk}\nparent = "00003@{DAY}"\n'
    reorganise_units(parse_plan(MERGE + moved), by=system)
    merged = Unit.objects.get(since=ON)
    assert boundaries(ON).parent(small.v1.pk) == small.c.pk
    assert boundaries(ON).parent(small.v2.pk) == merged.pk


def test_a_decree_that_is_known_gets_what_it_lacks_and_never_another_day(small, system):
    Decree.objects.create(number="1/NQ", source="Công báo")
    reorganise_units(parse_plan(MERGE), by=system)
    decree = Decree.objects.get()
    assert (decree.title, decree.source) == ("Về việc sắp xếp", "Công báo")
    assert (str(decree), decree.issued_on) == ("1/NQ", date(2026, 12, 1))
    text = HEAD.replace("2026-12-01", "2026-12-02").replace("2027-01-01", "2027-06-01")
    problems = resolve(
        parse_plan(text + f'[[standings]]\nunit = {small.c.pk}\nname = "Xã Q"\n')
    ).problems
    assert problems == ["Văn bản 1/NQ đã có với ngày ban hành khác."]


def test_what_another_transaction_wrote_after_the_check_is_refused_not_broken(small, system):
    resolved_plan = resolve(parse_plan(MERGE.replace('"00001"', '"00007"')))
    assert resolved_plan.problems == []
    small.unit("commune", "Xã E", "00007", "xa", small.south)
    with pytest.raises(Refused, match="Cơ sở dữ liệu từ chối"), transaction.atomic():
        write(resolved_plan)
    assert not Unit.objects.filter(since=ON).exists()


def bodies_of(*rows):
    return "".join(
        f'[[bodies]]\nunit = "{code}@{DAY}"\nkind = "{kind}"\nname = "{name}"\n'
        for code, kind, name in rows
    )


def test_a_file_with_bodies_only_opens_them_where_the_units_stay(small, system):
    text = HEAD + bodies_of(
        ("00001", "peoples_council", "HĐND xã A"), ("00002", "school", "Trường")
    )
    before = effect(parse_plan(text))
    assert (before.ended, before.begun, Body.objects.count()) == ([], [], 0)
    reorganise_units(parse_plan(text), by=system)
    bodies = Body.objects.order_by("pk").values_list("unit", "kind", "since")
    assert list(bodies) == [(small.a.pk, "peoples_council", ON), (small.b.pk, "school", ON)]
    assert list(map_problems()) == []


def test_a_file_with_bodies_only_needs_the_right_at_their_units(small):
    plan = parse_plan(HEAD + bodies_of(("00001", "school", "Trường")))
    with pytest.raises(Denied):
        reorganise_units(plan, by=Actor.public())


def test_bodies_that_cannot_stand_beside_others_are_named_by_line(small, system):
    open_body(small.a, by=system, kind="peoples_committee", name="UBND xã A")
    open_body(small.b, by=system, kind="school", name="Trường", since=ON)
    text = HEAD + bodies_of(
        ("00001", "peoples_committee", "UBND mới"),
        ("00001", "school", "Trường A"),
        ("00001", "school", "trường a"),
    )
    problems = resolve(parse_plan(text)).problems
    assert [problem.split(":")[0] for problem in problems] == [
        "dòng 8, [[bodies]] thứ 1",
        "dòng 16, [[bodies]] thứ 3",
    ]
    [problem] = resolve(
        parse_plan(HEAD + ends("00002") + begins("m", "00002") + goes("00002", "m"))
    ).problems
    assert "Trường có thay đổi từ ngày 01/01/2027" in problem
