"""What the tables refuse, what the map remembers, and how many questions the pages ask."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from danchu.units import maps
from danchu.units.find import find_units
from danchu.units.history import history_of
from danchu.units.maps import boundaries, map_version
from danchu.units.models import Place, Standing, Succession, Unit
from danchu.units.names import name_of, names_of, names_on
from danchu.units.places import points
from danchu.units.soundness import map_problems
from danchu.units.spelling import name_columns, search_forms
from danchu.units.tree import children_on, lineage_on

DAY = date(2026, 1, 1)


def stand(unit, code="", since=DAY, until=None, parent=None, name="Xã Q"):
    return Standing.objects.create(
        unit=unit,
        code=code,
        kind="xa",
        parent=parent,
        since=since,
        until=until,
        **name_columns(name, "xa"),
    )


def refused():
    return pytest.raises(IntegrityError)


def test_the_database_refuses_two_standings_at_once_and_a_code_borne_twice(small):
    with refused(), transaction.atomic():
        stand(small.a, "77777")
    Standing.objects.filter(unit=small.a).update(until=DAY)
    with refused(), transaction.atomic():
        stand(small.a, "77777", since=DAY - timedelta(days=1))
    with refused(), transaction.atomic():
        stand(small.a, "00002")
    stand(small.a, "77777")  # from the day the other ends
    with refused(), transaction.atomic():
        stand(small.v1, since=DAY, until=DAY)
    with refused(), transaction.atomic():
        Unit.objects.filter(pk=small.b.pk).update(since=DAY, until=DAY)


def test_the_database_refuses_a_share_of_nothing_and_above_one(small):
    for over, under in ((0, 1), (3, 2), (1, None), (None, 1), (-1, 2)):
        with refused(), transaction.atomic():
            Succession.objects.create(
                before=small.a, after=small.b, on=DAY, share_over=over, share_under=under
            )
    with refused(), transaction.atomic():
        Succession.objects.create(before=small.a, after=small.a, on=DAY)


def test_villages_without_a_code_do_not_stand_in_each_others_way(small):
    assert Standing.objects.on(DAY).filter(code="").count() == 2


def test_a_map_seen_inside_what_was_undone_is_never_seen_again(small):
    version = map_version()
    with transaction.atomic():
        Unit.objects.filter(pk=small.v1.pk).update(until=DAY)
        inside = map_version()
        assert small.v1.pk not in boundaries(DAY)
        transaction.set_rollback(True)
    assert small.v1.pk in boundaries(DAY)
    Unit.objects.filter(pk=small.v2.pk).update(until=DAY)
    assert len({version, inside, map_version()}) == 3
    assert small.v1.pk in boundaries(DAY) and small.v2.pk not in boundaries(DAY)


def test_days_of_one_era_share_one_map_and_the_memory_is_bounded(small):
    assert boundaries(DAY) is boundaries(DAY + timedelta(days=400))
    Unit.objects.filter(pk=small.v1.pk).update(until=DAY)
    assert boundaries(DAY) is not boundaries(DAY - timedelta(days=1))
    for _ in range(maps.CACHE_SIZE + 5):
        Standing.objects.filter(unit=small.v2).update(name="Thôn 2")
        boundaries(DAY)
    assert len(maps._cache) <= maps.CACHE_SIZE


def test_a_name_is_the_one_of_the_day_or_the_nearest(small):
    since, until = date(2020, 1, 1), date(2021, 1, 1)
    Unit.objects.filter(pk=small.v1.pk).update(since=since, until=until)
    Standing.objects.filter(unit=small.v1).update(since=since, until=date(2020, 6, 1))
    stand(small.v1, since=date(2020, 6, 1), until=until, parent=small.a, name="Thôn Mới")
    days = [date(2019, 1, 1), since, date(2020, 6, 1), until]
    assert [name_of(small.v1, day) for day in days] == ["Thôn 1", "Thôn 1", "Thôn Mới", "Thôn Mới"]
    assert [names_on(day)[small.v1.pk].present for day in days] == [False, True, True, False]
    assert name_of(987654, DAY) == "?"
    assert str(names_on(DAY)[small.a.pk]) == "Xã A"


def test_pages_ask_the_same_number_of_questions_whatever_they_show(
    small, django_assert_num_queries
):
    boundaries(DAY), names_on(DAY)  # the map is in memory
    for unit in (small.a, small.north, small.nation):
        with django_assert_num_queries(3):
            children_on(unit, DAY)
    with django_assert_num_queries(2):
        assert len(find_units("thôn 1")) == 1
    with django_assert_num_queries(2):
        assert len(find_units("xã")) == 4


def test_the_tree_counts_what_lies_below_and_keeps_the_order_of_the_alphabet(small):
    for at, name in enumerate(("Xã Đ", "Xã Ă", "Xã 10", "Xã 9")):
        unit = small.unit("commune", name, f"1000{at}", "xa", small.north)
    names = [branch.name for branch in children_on(small.north, DAY)]
    assert names == ["Xã 9", "Xã 10", "Xã A", "Xã Ă", "Xã B", "Xã Đ"]
    assert children_on(small.nation, DAY)[0].counts == {"commune": 6, "village": 2}
    assert [name.name for _, name in lineage_on(small.v1, DAY)] == [
        "Việt Nam",
        "Tỉnh Bắc",
        "Xã A",
        "Thôn 1",
    ]
    assert children_on(unit, DAY) == []


def test_the_history_of_a_unit_asks_no_more_for_three_steps_than_for_one(
    small, django_assert_num_queries
):
    Unit.objects.filter(pk__in=[small.a.pk, small.b.pk, small.c.pk]).update(until=DAY)
    new = small.unit("commune", "Xã Mới", "00009", "xa", small.north)
    Unit.objects.filter(pk=new.pk).update(since=DAY)
    asked = []
    for number, unit in enumerate((small.a, small.b, small.c), start=1):
        Succession.objects.create(before=unit, after=new, on=DAY, share_over=1, share_under=1)
        names_on(DAY), names_on(DAY - timedelta(days=1))
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(history_of(new).origins) == number
        asked.append(len([q for q in queries if "mapversion" not in q["sql"]]))
    assert asked == [4, 4, 4]


def test_forms_a_name_is_found_by():
    forms = search_forms("Thành phố Hồ Chí Minh", "thanh_pho_tw").strip("|").split("|")
    assert forms == [
        "thanh pho ho chi minh",
        "ho chi minh",
        "tp ho chi minh",
        "tp hcm",
        "tphcm",
        "hcm",
    ]
    assert search_forms("Quận 1", "quan") == "|quan 1|1|q 1|q1|"
    assert search_forms("xã Đắk Ơ", "xa") == "|xa dak o|dak o|x dak o|x do|xdo|do|"


@pytest.mark.parametrize(
    ("fault", "where"),
    [
        (lambda s: Standing.objects.filter(unit=s.a).update(until=DAY), "units_standing"),
        (lambda s: Standing.objects.filter(unit=s.a).delete(), "units_standing"),
        (lambda s: Unit.objects.filter(pk=s.north.pk).update(until=DAY), "units_standing"),
        (lambda s: Standing.objects.filter(unit=s.a).update(parent=s.b), "units_standing"),
        (lambda s: Standing.objects.filter(unit=s.a).update(parent=None), "units_standing"),
        (lambda s: Succession.objects.create(before=s.a, after=s.b, on=DAY), "units_succession"),
        (
            lambda s: [
                Unit.objects.filter(pk=s.a.pk).update(until=DAY),
                Standing.objects.filter(unit=s.a).update(until=DAY),
                Succession.objects.create(
                    before=s.a, after=s.north, on=DAY, share_over=1, share_under=2
                ),
            ],
            "units_succession",
        ),
    ],
)
def test_a_fault_in_the_map_is_found(small, fault, where):
    assert list(map_problems()) == []
    fault(small)
    assert where in {place.split(",")[0] for place, _message in map_problems()}


def test_names_of_many_rows_and_days_are_one_question(small, django_assert_num_queries):
    boundaries(DAY)
    for number in (1, 3):
        pairs = [(small.a.pk, DAY - timedelta(days=at)) for at in range(number)]
        with django_assert_num_queries(1):
            assert set(names_of(pairs).values()) == {"Xã A"}


def test_on_a_day_only_the_units_of_that_day_are_found(small):
    Unit.objects.filter(pk=small.c.pk).update(until=DAY)
    Unit.objects.filter(pk=small.d.pk).update(since=DAY)
    eve = DAY - timedelta(days=1)
    assert [found.name for found in find_units("xa c")] == ["Xã C"]
    assert [[f.name for f in find_units("xa", day, "commune")] for day in (eve, DAY)] == [
        ["Xã A", "Xã B", "Xã C"],
        ["Xã A", "Xã B", "Xã D"],
    ]
    assert [found.name for found in find_units("xa", limit=2)] == ["Xã A", "Xã B"]
    assert find_units(" , ") == find_units("") == []


def test_the_points_of_units_are_read_once_for_a_version_of_the_map(
    small, django_assert_num_queries
):
    Place.objects.create(unit=small.a, lat=21.5, lon=105.5)
    assert points() == {small.a.pk: (small.a.pk, 21.5, 105.5)}
    with django_assert_num_queries(1):
        assert points()[small.a.pk].lat == 21.5


def test_a_search_takes_near_misses_and_places_in_a_parent_or_above_it(small):
    assert [unit.name for unit in find_units("tinh bacc")] == ["Tỉnh Bắc"]
    assert [unit.pk for unit in find_units("thôn 1, tỉnh bắc")] == [small.v1.pk]
    assert [unit.pk for unit in find_units("thon 1 xa a")] == [small.v1.pk]
    assert find_units("thôn 1, tỉnh nam") == []
    assert find_units("qqqq") == []


def test_a_unit_is_listed_once_though_two_of_its_names_match(small):
    Standing.objects.filter(unit=small.b).update(until=DAY)
    stand(small.b, since=DAY, parent=small.north, name="Xã B Mới", code="00002")
    found = find_units("xa b")
    assert [(unit.pk, unit.name, unit.matched) for unit in found] == [
        (small.b.pk, "Xã B Mới", "Xã B")
    ]
