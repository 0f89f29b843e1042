"""Unit pages: any day's tree, search without marks, a unit's life."""

import re
from datetime import date

import pytest

from danchu.look.foreign import MARK
from danchu.units.models import Standing, Unit
from tests.browser import inspect
from tests.sizes import turn

pytestmark = pytest.mark.django_db


def on(name, day):
    return Standing.objects.on(day).get(name=name).unit_id


def test_the_tree_of_a_day_is_the_tree_of_that_day(client, country):
    old = client.get("/units/?on=12/12/2023").content.decode()
    new = client.get("/units/?on=2026-01-01").content.decode()
    assert len(set(re.findall(r'href="/units/(\d+)/\?on=', old))) == 63
    assert len(set(re.findall(r'href="/units/(\d+)/\?on=', new))) == 34
    assert "Tỉnh Hà Giang" in old and "Tỉnh Hà Giang" not in new


def test_units_are_found_without_marks_and_by_old_names(client, country):
    page = client.get("/units/?q=ngoc+ha,+ba+dinh&ever=1").content.decode()
    assert "Phường Ngọc Hà" in page and "Quận Ba Đình" in page


def test_a_day_that_is_not_in_the_calendar_is_refused_by_name(client, db):
    answer = client.get("/units/?on=31/02/2023")
    assert answer.status_code == 400
    assert "31/02/2023" in answer.content.decode()


def test_a_divided_commune_says_that_no_share_was_agreed(client, country):
    unit = Standing.objects.get(code="00016", until=date(2025, 7, 1)).unit
    page = client.get(f"/units/{unit.pk}/").content.decode()
    assert "đã kết thúc từ ngày 01/07/2025" in page
    assert "chưa có tỷ lệ thống nhất" in page


def test_a_unit_page_asks_as_many_questions_for_38_children_as_for_126(
    client, country, django_assert_max_num_queries
):
    day = date(2026, 1, 1)
    counts = []
    for name in ("Thành phố Hà Nội", "Tỉnh Lai Châu"):
        unit = on(name, day)
        client.get(f"/units/{unit}/")  # the maps are made
        with django_assert_max_num_queries(90) as asked:
            assert client.get(f"/units/{unit}/").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_a_unit_that_is_not_there_is_not_found(client, db):
    assert client.get("/units/999999/").status_code == 404


@turn(4, together=3)
@pytest.mark.browser
def test_unit_pages_are_for_everyone(browser_page, country):
    hanoi = on("Thành phố Hà Nội", date(2026, 1, 1))
    old = Unit.objects.get(standings__code="00016", until=date(2025, 7, 1))
    for path in (
        "/units/",
        "/units/?q=ba+dinh",
        f"/units/{hanoi}/",
        f"/units/{old.pk}/",
        "/search/?q=ngoc+ha",
    ):
        inspect(browser_page, path)


def test_an_english_page_marks_names_as_vietnamese_and_a_vietnamese_one_has_no_marks(
    client, country
):
    for address in ("/units/", "/search/?q=hoan+kiem"):
        assert f"{MARK}>" in client.get(f"/en{address}").content.decode(), address
        assert MARK not in client.get(address).content.decode(), address
