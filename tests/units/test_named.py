"""The unit that an address or a form names, and the units whose rows count there."""

from datetime import date

import pytest

from danchu.kernel.refusals import Refused
from danchu.units.models import Standing, Unit
from danchu.units.named import unit_named, units_counted_at

DAY, EARLIER = date(2024, 1, 1), date(2020, 1, 1)


def test_a_unit_is_named_by_its_number_its_code_on_a_day_or_its_name(small):
    for text in (str(small.a.pk), "00001@2024-01-01", "Xã A", "xa a"):
        assert unit_named(text) == unit_named(text, DAY) == small.a


@pytest.mark.parametrize("text", ["999999", "00009@2024-01-01", "zzz", "", "@2024-01-01"])
def test_what_names_no_unit_is_refused_on_its_field(small, text):
    with pytest.raises(Refused) as refusal:
        unit_named(text, DAY)
    assert refusal.value.field == "unit"


def test_a_name_means_the_unit_of_the_day_and_else_the_one_of_another_day(small):
    for unit, until in ((small.a, EARLIER), (small.v1, EARLIER), (small.v2, EARLIER)):
        Standing.objects.filter(unit=unit).update(until=until)
        Unit.objects.filter(pk=unit.pk).update(until=until)
    other = small.unit("commune", "Xã A", "00011", "xa", small.south)
    assert unit_named("Xã A", DAY) == other
    assert unit_named("Thôn 1", DAY) == small.v1


def test_what_counts_at_a_place_is_all_that_lies_in_it_on_the_map_of_the_day(small):
    inside = {small.a.pk, small.v1.pk, small.v2.pk}
    assert units_counted_at("Xã A", DAY) == units_counted_at("Xã A") == inside
    assert units_counted_at("01@2024-01-01", DAY) == {small.north.pk, small.b.pk, *inside}


def test_at_a_place_that_is_not_on_the_map_only_its_own_rows_count(small):
    Standing.objects.filter(unit=small.v1).update(until=EARLIER)
    Unit.objects.filter(pk=small.v1.pk).update(until=EARLIER)
    assert units_counted_at(str(small.v1.pk), DAY) == {small.v1.pk}
