"""A place is chosen: what is offered while somebody types, and what the choice means afterwards."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.kernel.days import today
from danchu.kernel.reading import reading
from danchu.kernel.refusals import Refused
from danchu.kernel.text import fold
from danchu.subjects.fields import unit_at
from danchu.units.actions import open_body
from danchu.units.body_choices import body_meant
from danchu.units.choices import (
    LONGEST_VALUE,
    MOST,
    near_choices,
    place_choices,
    typed_of_unit,
    unit_of_value,
    value_of_unit,
)
from danchu.units.find import unit_from
from danchu.units.maps import boundaries
from danchu.units.named import unit_named, unit_of_today, unit_typed, units_counted_at
from danchu.units.names import names_on
from danchu.units.places import points
from danchu.units.spelling import bare_name

BEFORE = date(2025, 6, 30)


def units_on(day, level="commune"):
    return [unit for unit, name in names_on(day).items() if name.present and name.level == level]


@pytest.mark.parametrize("day", [None, BEFORE], ids=["today", "before 2025"])
def test_the_value_of_a_choice_means_its_unit_whatever_else_has_its_name_or_code(country, day):
    """All units whose name is shared, and a sample of the others."""
    day = day or today()
    names = names_on(day)
    units = units_on(day)
    shared = Counter(names[unit].name for unit in units)
    several = [unit for unit in units if shared[names[unit].name] > 1]
    chosen = Random(2026).sample(several, 80) + Random(2025).sample(units, 80)
    for unit in chosen:
        value = value_of_unit(unit, day)
        assert len(value) <= LONGEST_VALUE
        assert unit_of_value(value, day) == unit, value
    for unit in chosen[:15]:
        value = value_of_unit(unit, day)
        assert unit_named(value, day).pk == unit_at(value, day, None).pk == unit
        assert units_counted_at(value, day) == frozenset(boundaries(day).sources(unit))


def test_what_a_form_begins_with_means_its_unit_and_is_a_plain_name_where_that_suffices(country):
    day = today()
    present = {unit: name.name for unit, name in names_on(day).items() if name.present}
    counts = Counter(present.values())
    alone = next(unit for unit, name in present.items() if counts[name] == 1)
    assert typed_of_unit(alone, day) == present[alone]
    twice = [unit for unit, name in present.items() if counts[name] > 1]
    assert len(twice) > 100
    for unit in Random(1).sample(twice, 12):
        typed = typed_of_unit(unit, day)
        assert typed.startswith(present[unit]) and unit_typed(typed, day).pk == unit
        assert unit_at(typed, day, None).pk == unit


def test_text_that_is_no_choice_is_none(country):
    day = today()
    ward = value_of_unit(unit_from(f"00070@{day}").pk, day)
    for text in ("", "Hoàn Kiếm", "00070", "Phường Láng (00070)", ward[:-2], f"{ward} x", "(1)"):
        assert unit_of_value(text, day) is None, text


def test_a_present_unit_is_offered_for_each_way_to_write_its_name(country):
    """Without marks, without the kind, by abbreviation, by code; for shared names with the place
    above. A sample of all communes.
    """
    day = today()
    names = names_on(day)
    for unit in Random(7).sample(units_on(day), 40):
        name = names[unit]
        above = fold(names[name.parent_id].name)
        bare = bare_name(name.name, name.kind)
        for text in (fold(name.name), bare, name.code):
            offered = [row.unit for row in place_choices(text)]
            assert unit in offered or len(offered) == MOST, text
        for text in (f"{name.name}, {above}", f"{bare}, {above}", name.code):
            assert unit in [row.unit for row in place_choices(text)], text


def test_a_former_name_leads_to_what_has_it_now(country):
    [hoan_kiem] = [row for row in place_choices("phường hàng bạc") if row.code == "00070"]
    assert hoan_kiem.name == "Phường Hoàn Kiếm" and hoan_kiem.former == "Phường Hàng Bạc"
    assert place_choices("hang bac")[0] == hoan_kiem
    assert "trước là Phường Hàng Bạc" in hoan_kiem.label
    [province] = place_choices("hà tây", level="province")
    assert (province.name, province.former) == ("Thành phố Hà Nội", "Tỉnh Hà Tây")


def test_every_former_commune_with_one_successor_is_offered_under_its_old_name(country):
    """A sample of all that ended in 2025: asked by name and what was above, the successor is
    offered or the list is full of places of the same name.
    """
    day = today()
    chart, before = boundaries(day), names_on(BEFORE)
    for unit in Random(9).sample([unit for unit in units_on(BEFORE) if unit not in chart], 40):
        successors = {after for after, share in chart.place(unit).items() if share != 0}
        if len(successors) != 1:
            continue
        name = before[unit]
        offered = {row.unit for row in place_choices(f"{name.name}, {before[name.parent_id].name}")}
        assert successors <= offered or len(offered) == MOST, name.name


def test_on_an_earlier_day_the_places_of_that_day_are_offered(country):
    rows = place_choices("hàng bạc", BEFORE)
    assert [(row.name, row.former) for row in rows][:1] == [("Phường Hàng Bạc", "")]


def test_what_is_offered_takes_one_query_beside_the_version_of_the_map(country):
    place_choices("ba dinh")  # the map of today is read once in a process
    for text in ("ba dinh", "hàng bạc", "00070", "xa an", "ngọc hà, hà nội"):
        with reading(), CaptureQueriesContext(connection) as queries:
            place_choices(text)
        searches = [query["sql"] for query in queries if "units_standing" in query["sql"]]
        assert len(searches) == 1, text
        assert len(queries) <= 2, [query["sql"][:80] for query in queries]


def test_the_five_nearest_are_those_that_are_nearest(country):
    lat, lon = 21.03, 105.85

    def squared(point):
        return (point.lat - lat) ** 2 + ((point.lon - lon) * 0.9334) ** 2

    expected = sorted(points().values(), key=squared)[:5]
    assert [row.unit for row in near_choices(lat, lon)] == [point.unit for point in expected]


def test_a_name_that_several_have_is_asked_about_with_each_of_them(country):
    with pytest.raises(Refused) as refusal:
        unit_typed("Phường An Bình", today(), "place")
    choices = refusal.value.choices
    assert len(choices) > 1 and refusal.value.typed == "Phường An Bình"
    assert {row.name for row in choices} == {"Phường An Bình"}
    for row in choices:
        assert unit_typed(row.value, today()).pk == row.unit


def test_a_clerk_who_types_a_former_ward_is_offered_the_one_of_their_own(country):
    ward = unit_from(f"00070@{today()}")
    with pytest.raises(Refused) as refusal:
        unit_at("Hàng Bạc", today(), frozenset({ward.pk}))
    assert [row.unit for row in refusal.value.choices] == [ward.pk]
    assert unit_at(refusal.value.choices[0].value, today(), frozenset({ward.pk})) == ward


def test_a_former_ward_is_answered_with_what_it_became_and_not_with_similar_names(country):
    ward = unit_from(f"00070@{today()}")
    for text in ("Hàng Bạc", "Phường Hàng Bạc", "phuong hang bac"):
        with pytest.raises(Refused) as refusal:
            unit_at(text, today(), None)
        assert [row.unit for row in refusal.value.choices] == [ward.pk], text
        assert "Hoàn Kiếm" in str(refusal.value.message)


def test_who_means_a_place_of_today_by_a_former_name_gets_the_one_that_it_became(country):
    ward = unit_from(f"00070@{today()}")
    assert unit_of_today("Phường Hàng Bạc") == unit_of_today("Phường Hoàn Kiếm") == ward
    with pytest.raises(Refused) as refusal:
        unit_of_today("Quận Hoàn Kiếm", "place")
    assert refusal.value.field == "place"
    assert ward.pk in [row.unit for row in refusal.value.choices]


def test_of_several_bodies_of_a_kind_each_can_be_chosen(country, system):
    ward = unit_from(f"00070@{today()}")
    for name in ("Trường Tiểu học A", "Trường Tiểu học B"):
        open_body(ward, by=system, kind="school", name=name, since=date(2025, 7, 1))
    with pytest.raises(Refused) as refusal:
        body_meant("truong", ward, today(), {"school"})
    values = [row.value for row in refusal.value.choices]
    assert values == ["Trường Tiểu học A", "Trường Tiểu học B"]
    for value in values:
        assert body_meant(value, ward, today(), {"school"}).name_on(today()) == value


def test_a_former_district_leads_to_the_places_in_it_and_not_to_its_province(country):
    rows = place_choices("quận hoàn kiếm")
    assert {"Phường Hoàn Kiếm", "Phường Cửa Nam"} <= {row.name for row in rows}
    assert all(names_on(today())[row.unit].level == "commune" for row in rows)
