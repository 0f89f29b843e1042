"""The loaded country: what is known of it must come out of the tables."""

from datetime import date

import pytest

from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.units.actions import reorganise_units
from danchu.units.find import find_units, unit_from
from danchu.units.maps import boundaries
from danchu.units.models import Standing, Succession, Unit
from danchu.units.plan import read_plan
from danchu.units.plan_check import resolve
from danchu.units.soundness import map_problems
from danchu.units.sources_load import load_units

BEFORE, REFORM = date(2025, 6, 30), date(2025, 7, 1)


def count(day, level):
    return Unit.objects.on(day).filter(level=level).count()


def test_the_country_before_and_after_the_reform_and_no_commune_guessed(country):
    assert [count(BEFORE, level) for level in ("province", "district", "commune")] == [
        63,
        696,
        10035,
    ]
    assert [count(REFORM, level) for level in ("province", "district", "commune")] == [34, 0, 3321]
    divided = set(Succession.objects.filter(share_over=None).values_list("before", flat=True))
    assert len(divided) == 442
    whole = set(Succession.objects.exclude(share_over=None).values_list("before", flat=True))
    assert not divided & whole

    # One name at a time for each unit alive, on each side of the reform.
    for day in (BEFORE, REFORM):
        assert Standing.objects.on(day).count() == Unit.objects.on(day).count()

    chart = boundaries(REFORM)
    for unit in divided:
        assert set(chart.place(unit, "commune").values()) == {None}
        assert list(chart.place(unit, "province").values()) == [1]
    everything = dict.fromkeys(Unit.objects.values_list("pk", flat=True), 1)
    provinces = chart.regroup(everything, "province")
    assert sum(placed for placed, _ in provinces.values()) == len(everything)
    assert {unplaced for _, unplaced in provinces.values()} == {0}

    # Loading again does nothing.
    assert load_units(by=Actor.system("units")) == {}
    with pytest.raises(Denied):
        load_units(by=Actor.public())


def test_ha_noi_stays_whole_and_the_same_unit(country):
    city = unit_from("01@2023-12-12")
    assert city == unit_from("01@2026-01-01")
    assert unit_from("1") != city and unit_from(str(city.pk)) == city
    old = boundaries(date(2023, 12, 12))
    here = boundaries(REFORM)
    assert len(old.children(city.pk)) == 30
    assert len(here.children(city.pk)) == 126
    # Everything that lay in it lies in it, and nothing else came.
    assert set(old.sources(city.pk)) == set(here.sources(city.pk))
    assert set(here.sources(city.pk).values()) == {1}


def test_codes_are_reused_and_read_on_their_day(country):
    old, new = unit_from("00004@2025-06-30"), unit_from("00004@2025-07-01")
    assert old != new
    assert (old.until, new.since) == (REFORM, REFORM)
    for nonsense in ("", "x", "@2025-01-01", "99999@2025-01-01", "99999999", "01@", "²"):
        with pytest.raises(Refused):
            unit_from(nonsense)


@pytest.mark.parametrize(
    ("text", "name", "under"),
    [
        ("hn", "Thành phố Hà Nội", "Việt Nam"),
        ("tphcm", "Thành phố Hồ Chí Minh", "Việt Nam"),
        ("TP. HCM", "Thành phố Hồ Chí Minh", "Việt Nam"),
        ("q1", "Quận 1", "Thành phố Hồ Chí Minh"),
        ("tt van dien", "Thị trấn Văn Điển", "Huyện Thanh Trì"),
        ("phuc xa ba dinh", "Phường Phúc Xá", "Quận Ba Đình"),
        ("ngọc hà, ba đình", "Phường Ngọc Hà", "Quận Ba Đình"),
        ("Xã Chiêm Hóa", "Xã Chiêm Hoá", "Tỉnh Tuyên Quang"),
    ],
)
def test_a_unit_is_found_without_marks_by_old_names_and_by_abbreviations(
    country, text, name, under
):
    best = find_units(text)[0]
    assert (best.name, best.under) == (name, under)


def test_the_documented_example_fits_the_loaded_country(country, system):
    plan = read_plan("docs/examples/sap-xep.toml")
    assert resolve(plan).problems == []
    reorganise_units(plan, by=system)
    assert list(map_problems()) == []
