"""One's own place, chosen once, leads the front page and the lists; the menu of the six verbs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import today
from danchu.subjects.room import public_sections
from danchu.subjects.verbs import VERBS
from danchu.units.choices import value_of_unit
from danchu.units.find import unit_from
from tests.browser import assert_accessible, inspect
from tests.sizes import turn


@pytest.fixture
def ward(country, db):
    return unit_from(f"00070@{today()}")


def chosen(client, ward, **more):
    return client.post("/place/", {"place": value_of_unit(ward.pk, today()), **more})


def test_a_place_is_chosen_once_and_leads_the_front_page_and_the_lists(client, ward):
    before = client.get("/").content.decode()
    assert "Chọn nơi của tôi" in before
    answer = chosen(client, ward, next="/law/")
    assert (answer.status_code, answer.url) == (302, "/law/")
    cookie = answer.cookies["place"]
    assert cookie.value == str(ward.pk) and cookie["httponly"] and cookie["samesite"] == "Lax"
    front = client.get("/")
    assert front.context["own"]["place"].id == ward.pk
    assert "Phường Hoàn Kiếm" in client.get("/law/").content.decode()
    page = client.get("/verbs/check/").content.decode()
    assert f"/recommendations/?unit=00070%40{today()}" in page
    for _word, url in front.context["own"]["links"]:
        assert client.get(url).status_code == 200, url


def test_a_chosen_place_is_forgotten(client, ward):
    chosen(client, ward)
    answer = client.post("/place/", {"forget": "1"})
    assert answer.cookies["place"]["max-age"] == 0
    assert client.get("/").context["own"] is None


def test_where_no_cookie_is_kept_the_address_says_the_place(client, ward):
    front = client.get("/", {"my": str(ward.pk)})
    assert front.context["own"]["place"].name == "Phường Hoàn Kiếm"


@pytest.mark.parametrize("value", ["", "x", "9" * 30, "-1", "0", "<b>", "999999"])
def test_a_cookie_that_names_no_place_is_no_place(client, ward, value):
    client.cookies["place"] = value
    assert client.get("/").context["own"] is None


def test_a_former_place_is_what_it_became_and_a_divided_one_is_asked_about(client, ward):
    client.post("/place/", {"place": "Phường Hàng Bạc"})
    assert client.get("/").context["own"]["place"].id == ward.pk
    answer = client.post("/place/", {"place": "Quận Hoàn Kiếm"})
    assert answer.status_code == 400
    assert len(answer.context["form"].fields["place"].widget.offered) > 1


def test_nobody_is_led_to_another_site(client, ward):
    for target in ("//evil.example", "https://evil.example/", "/\\evil.example"):
        assert chosen(client, ward, next=target).url == "/"


def test_without_a_place_the_frame_asks_the_database_nothing_more(client, ward):
    client.get("/verbs/know/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/verbs/know/")
    assert not [query for query in queries if "units_" in query["sql"]]


def test_each_public_list_stands_under_a_verb_and_no_verb_is_empty(client, ward):
    assert all(section.verb for section in public_sections())
    for key, _verb in VERBS.items():
        answer = client.get(f"/verbs/{key}/")
        assert answer.status_code == 200
        assert answer.context["subjects"] or answer.context["indicators"]
        for _word, everywhere, _here in answer.context["subjects"]:
            assert client.get(everywhere).status_code == 200, everywhere
        assert f'href="/verbs/{key}/"' in answer.content.decode()
    whole = {one.key for one in INDICATORS.values() if "." not in one.key}
    assert all(
        any(verb.has_indicator(INDICATORS[key].code) for verb in VERBS.values()) for key in whole
    )
    assert client.get("/verbs/nothing/").status_code == 404


def test_the_page_that_is_open_is_marked_in_the_menu(client, ward):
    page = client.get("/commitments/").content.decode()
    [marked] = re.findall(r'<a\s+href="([^"]+)"\s+aria-current="true"', page.partition("<main")[0])
    assert marked == "/verbs/supervise/"


@turn(4, together=2)
@pytest.mark.browser
def test_the_pages_of_the_menu_and_of_ones_own_place_are_for_everyone(browser_page, ward):
    inspect(browser_page, "/place/")
    inspect(browser_page, "/verbs/check/")
    browser_page.goto("/place/")
    browser_page.fill("[name=place]", value_of_unit(ward.pk, today()))
    browser_page.click("main .button.primary")
    inspect(browser_page, "/")


@pytest.mark.browser
def test_on_a_telephone_the_head_is_one_line_and_the_bar_has_the_rest(browser_page, ward):
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/petitions/send/fault/")
    assert page.locator(".masthead").bounding_box()["height"] <= 64
    first = page.locator("main input:visible, main textarea:visible").first.bounding_box()
    assert first["y"] + first["height"] < 844 - 56
    bar = page.get_by_role("navigation", name="Thanh cuối màn hình")
    assert bar.bounding_box()["y"] + bar.bounding_box()["height"] == 844
    for link in bar.get_by_role("link").all():
        assert link.bounding_box()["height"] >= 24
    bar.get_by_text("Mục khác").click()
    assert bar.get_by_role("link", name="Kiểm tra").is_visible()
    assert bar.get_by_role("link", name="English").is_visible()
    assert_accessible(page)
    page.goto("/commitments/")
    assert not page.locator(".filters").is_visible()
    page.locator(".fold > summary").click()
    assert page.locator(".filters").is_visible()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.wait_for_function("document.querySelector('.fold').open")
    assert not bar.is_visible()


@pytest.mark.browser
def test_without_a_script_filters_are_open_and_the_bar_opens(page_without_script, ward):
    page = page_without_script
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/commitments/")
    assert page.locator(".filters").is_visible()
    page.locator(".bar summary").click()
    assert page.locator(".bar-panel").is_visible()
