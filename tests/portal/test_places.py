"""The box of a place: what it offers, how a page asks without a script, what the API answers."""

from datetime import date
from uuid import uuid4

import pytest

from danchu.casework.models import Petition
from danchu.kernel.days import today
from danchu.people.actions import appoint, create_account
from danchu.people.actor import Actor
from danchu.people.loading import load_office_kinds
from danchu.people.models import OfficeKind
from danchu.units.find import unit_from
from tests.browser import assert_accessible
from tests.markup import tight

BY = Actor.system("test")


@pytest.fixture
def city(matters_loaded, db, settings, tmp_path):
    settings.VAULT_ROOT, settings.PAPERS_ROOT = tmp_path / "vault", tmp_path / "papers"


def typed(place, **more):
    return {
        "uid": str(uuid4()),
        "nature": "feedback",
        "matter": "road",
        "place": place,
        "title": "Đèn tắt",
        "content": "Đèn tắt ba hôm nay",
        **more,
    }


def test_what_is_offered_is_small_and_the_same_answer_is_not_sent_twice(client, city):
    answer = client.get("/units/choices.json", {"q": "an"})
    assert answer.status_code == 200 and len(answer.content) < 5000
    assert "public" in answer.headers["Cache-Control"] and "sessionid" not in answer.cookies
    again = client.get(
        "/units/choices.json", {"q": "an"}, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304 and not again.content
    other = client.get(
        "/units/choices.json", {"q": "ba"}, headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert other.status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "a"},
        {"q": "%_\\"},
        {"q": "x" * 500, "on": "31/02/2026", "level": "zz"},
        {"q": "ba dinh", "on": "9999-12-31"},
        {"q": "ba dinh", "on": "0001-01-01", "level": "commune"},
    ],
)
def test_whatever_is_typed_is_answered(client, city, query):
    assert "choices" in client.get("/units/choices.json", query).json()


@pytest.mark.parametrize(
    "point", [{}, {"lat": "x", "lon": "1"}, {"lat": "nan", "lon": "105"}, {"lat": "95", "lon": "1"}]
)
def test_a_point_that_does_not_read_is_near_nothing(client, city, point):
    assert client.post("/units/near.json", point).json() == {"choices": []}


def test_near_a_point_five_places_are_offered_and_never_one(client, city):
    answer = client.post("/units/near.json", {"lat": "21.03", "lon": "105.85"})
    assert len(answer.json()["choices"]) == 5
    assert client.get("/units/near.json", {"lat": "21", "lon": "105"}).status_code == 405


def test_a_name_of_several_places_is_asked_about_and_the_chosen_one_receives(client, city):
    page = client.post("/petitions/send/", typed("Phường An Bình"))
    assert page.status_code == 400 and not Petition.objects.exists()
    choices = page.context["form"].fields["place"].widget.offered
    text = tight(page.content.decode())
    assert text.count('type="radio" name="place-choice"') == len(choices) > 1
    assert "Đèn tắt ba hôm nay" in text
    chosen = choices[-1]
    form = typed("Phường An Bình") | {"place-choice": chosen.value}
    assert client.post("/petitions/send/", form).status_code == 200
    assert Petition.objects.get().place_id == chosen.unit


def test_a_former_ward_is_received_by_what_it_became_and_nowhere_else(client, city):
    client.post("/petitions/send/", typed("Phường Hàng Bạc"))
    assert Petition.objects.get().unit == unit_from(f"00070@{today()}")
    for street in ("phố Hàng Bạc", "đường Láng Láng", "45 Nguyễn Trãi"):
        assert client.post("/petitions/send/", typed(street)).status_code == 400, street
    assert Petition.objects.count() == 1


def test_a_divided_place_is_asked_about(client, city):
    page = client.post("/petitions/send/", typed("Quận Hoàn Kiếm"))
    assert page.status_code == 400
    offered = {row.name for row in page.context["form"].fields["place"].widget.offered}
    assert {"Phường Hoàn Kiếm", "Phường Cửa Nam"} <= offered


def test_a_place_where_nobody_receives_is_told_where_to_turn(client, city):
    load_office_kinds(by=BY)
    officer = create_account(
        by=BY, email="a@example.vn", name="An Nguyễn", password="mot-cau-dai-de-nho"
    )
    appoint(
        officer,
        by=BY,
        office_kind=OfficeKind.objects.get(key="petition_officer"),
        unit=unit_from(f"00070@{today()}"),
        since=date(2025, 7, 1),
    )
    page = client.post("/petitions/send/", typed("Phường Ba Đình"))
    assert page.status_code == 400 and not Petition.objects.exists()
    text = page.content.decode()
    assert "Phường Ba Đình chưa nhận đơn" in text and "Ủy ban nhân dân Phường Ba Đình" in text
    sent = {"service_code": "road", "description": "Đèn tắt", "address_string": "Phường Ba Đình"}
    assert client.post("/open311/v2/requests.json", sent).status_code == 400
    assert client.post("/petitions/send/", typed("Phường Hoàn Kiếm")).status_code == 200
    assert Petition.objects.get().unit_id == unit_from(f"00070@{today()}").pk


def test_the_api_answers_a_name_of_several_places_with_the_choices(client, city):
    answer = client.get("/api/v1/figures/opinions", {"unit": "Phường An Bình"})
    assert answer.status_code == 400
    choices = answer.json()["choices"]
    assert len(choices) > 1 and answer.json()["field"] == "unit"
    for choice in choices:
        figure = client.get("/api/v1/figures/opinions", {"unit": choice["value"]})
        assert figure.status_code == 200 and figure.json()["unit"] == choice["id"]
    answer = client.get("/api/v1/lists/commitments", {"unit": "Phường An Bình"})
    if answer.status_code == 400:
        assert answer.json()["choices"]


@pytest.mark.parametrize("path", ["/reception/", "/figures/opinions/", "/compare/"])
def test_a_page_asks_which_place_is_meant_and_its_links_lead_on(client, city, path):
    page = client.get(path, {"unit": "Phường An Bình", "typed": "1"})
    assert page.status_code == 400
    links = page.context["choices"]
    assert len(links) > 1
    for _label, address in links:
        assert client.get(f"{path}{address}").status_code == 200, address


def test_filters_of_a_list_offer_the_places_that_a_name_with_marks_may_mean(client, city):
    page = client.get("/commitments/", {"unit": "Phường An Bình", "typed": "1"})
    assert page.status_code == 400
    offered = page.context["form"].fields["unit"].widget.offered
    assert len(offered) > 1
    chosen = client.get("/commitments/", {"unit": "x", "unit-choice": offered[0].value})
    assert chosen.status_code == 200


@pytest.mark.browser
def test_a_place_is_chosen_by_keys_and_by_touch(browser_page, city):
    """The combobox pattern: arrows, Enter, Escape; nothing is chosen that was not pointed at."""
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/petitions/send/fault/")
    box = page.get_by_role("combobox", name="Nơi xảy ra việc")
    box.press_sequentially("hang bac")
    options = page.locator(".choices [role=option]")
    options.first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert_accessible(page)
    first = options.first.inner_text()
    assert "Phường Hoàn Kiếm" in first and "trước là Phường Hàng Bạc" in first
    assert options.first.bounding_box()["height"] >= 24
    box.press("Escape")
    assert box.input_value() == "hang bac" and not options.first.is_visible()
    box.press("ArrowDown")
    options.first.wait_for()
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    box.press("Enter")
    assert box.input_value() == "Phường Hoàn Kiếm – Thành phố Hà Nội (00070)"
    assert page.url.endswith("/petitions/send/fault/")
    box.fill("")
    box.press_sequentially("ba dinh")
    options.first.wait_for()
    options.first.click()
    assert box.input_value().startswith("Phường Ba Đình – Thành phố Hà Nội")


@pytest.mark.browser
def test_the_device_is_asked_where_it_is_only_when_the_button_is_pressed(browser_page, city):
    page = browser_page
    sent = []
    page.on("request", lambda request: sent.append((request.url, request.post_data)))
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 21.0285117, "longitude": 105.8541673})
    page.goto("/petitions/send/fault/")
    assert not [url for url, _body in sent if "near" in url]
    page.get_by_role("button", name="Các nơi gần tôi").click()
    page.locator(".choices [role=option]").first.wait_for()
    assert page.locator(".choices [role=option]").count() == 5
    [(url, body)] = [(url, body) for url, body in sent if "near" in url]
    assert "?" not in url and body == "lat=21.029&lon=105.854"


@pytest.mark.browser
def test_without_a_script_the_page_asks_with_radio_buttons(page_without_script, city):
    page = page_without_script
    page.goto("/petitions/send/fault/")
    page.fill("[name=title]", "Đèn tắt")
    page.fill("[name=place]", "Phường An Bình")
    page.select_option("[name=matter]", "road")
    page.click("button.primary")
    chosen = page.locator("[name=place-choice]").nth(1)
    chosen.check()
    page.click("button.primary")
    assert Petition.objects.get().place_id
