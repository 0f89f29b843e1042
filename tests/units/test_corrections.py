"""What an earlier version loaded wrongly is corrected once, on an installation with records."""

from datetime import date

import pytest
from django.db import connection

from danchu.journal.models import Entry
from danchu.kernel.days import DAWN
from danchu.kernel.refusals import Denied
from danchu.people.actor import Actor
from danchu.units.actions import correct_loaded_units
from danchu.units.find import find_units, former_units
from danchu.units.models import Decree, Standing, Succession, Unit
from danchu.units.names_changed import changes_of_2026
from danchu.units.soundness import map_problems

COLUMNS = ("unit", "name", "code", "kind", "parent", "decree__number", "since", "until")


def _standings():
    return sorted(Standing.objects.values_list(*COLUMNS), key=str)


@pytest.fixture
def loaded_earlier(country):
    """The country as an earlier version loaded it; its right standings."""
    right = _standings()
    for decree, signed, in_force in changes_of_2026():
        begun = Standing.objects.filter(decree__number=decree, since=in_force)
        units = list(begun.values_list("unit", flat=True))
        Standing.objects.filter(unit__in=units, until=in_force).update(until=signed)
        begun.update(since=signed)
        Decree.objects.filter(number=decree).update(issued_on=None, source="")
    Standing.objects.filter(name="Tỉnh Thừa Thiên Huế").delete()
    Standing.objects.filter(name="Thành phố Huế").update(since=DAWN, decree=None)
    ha_tay = Unit.objects.get(standings__name="Tỉnh Hà Tây")
    Succession.objects.filter(before=ha_tay).delete()
    ha_tay.standings.all().delete()
    ha_tay.delete()
    return [row for row in right if row[1] != "Tỉnh Hà Tây"]


def test_days_and_names_are_corrected_once_with_one_entry(loaded_earlier, system):
    number = correct_loaded_units(by=system)
    assert number > 40
    assert [row for row in _standings() if row[1] != "Tỉnh Hà Tây"] == loaded_earlier
    entry = Entry.objects.latest("number")
    assert entry.act == "units.corrected" and entry.data["moved"].keys() == {
        decree for decree, _signed, _in_force in changes_of_2026()
    }
    assert list(map_problems()) == []
    assert correct_loaded_units(by=system) == 0
    assert Entry.objects.latest("number") == entry


def test_a_country_loaded_now_has_nothing_to_correct(country, system):
    assert correct_loaded_units(by=system) == 0


def test_nobody_without_the_right_corrects_the_map(country):
    with pytest.raises(Denied):
        correct_loaded_units(by=Actor.public())


@pytest.mark.case("FA32")
@pytest.mark.parametrize(
    ("typed", "name"),
    [("Thừa Thiên Huế", "Thành phố Huế"), ("thua thien hue", "Thành phố Huế")],
)
def test_a_present_place_is_found_by_its_earlier_name(country, typed, name):
    first = find_units(typed, date(2026, 1, 1))[0]
    assert (first.name, first.matched) == (name, "Tỉnh Thừa Thiên Huế")


@pytest.mark.case("FA32")
@pytest.mark.parametrize(
    ("typed", "name"), [("Đắc Lắc", "Tỉnh Đắk Lắk"), ("Bắc Cạn", "Tỉnh Bắc Kạn")]
)
def test_a_place_is_found_by_the_older_spelling_of_its_name(country, typed, name):
    assert name in [unit.name for unit in find_units(typed, limit=2)]


@pytest.mark.case("FA32")
def test_a_place_that_ended_is_found_by_its_name_and_leads_to_where_it_went(country, client):
    [unit] = former_units("Hà Tây", date(2026, 1, 1), limit=1)
    assert (unit.name, unit.until) == ("Tỉnh Hà Tây", date(2008, 8, 1))
    page = client.get("/units/?q=ha+tay&on=01/01/2026").content.decode()
    assert "Tỉnh Hà Tây" in page
    assert "Thành phố Hà Nội" in client.get(f"/units/{unit.pk}/").content.decode()


def test_the_day_in_force_begins_the_new_name(country):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM units_standing WHERE code = '22' AND parent_id = 1 "
            "AND daterange(since, until) @> %s::date",
            [date(2026, 8, 31)],
        )
        assert cursor.fetchone() == ("Tỉnh Quảng Ninh",)
