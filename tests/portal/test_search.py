"""One search: what people type leads to what they mean."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from danchu.kernel.days import today
from danchu.kernel.text import fold
from danchu.law.book import book
from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.portal.searching import SERVICES, indicators, place_in, services
from danchu.register.actions import confirm_event, draft_event
from danchu.reports.actions import issue_report, start_report
from danchu.units.find import unit_from
from tests.browser import inspect
from tests.sizes import turn

BY = Actor.system("test")


@pytest.fixture
def ward(country, db):
    return unit_from("00070@2026-03-03")  # Hoàn Kiếm


def recorded(unit, title, day=date(2026, 3, 3)):
    event = draft_event("supervision_217", by=BY, unit=unit, held_on=day, title=title)
    return confirm_event(event, by=BY)


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("khiếu nại", "/petitions/send/complaint/"),
        ("đèn đường hỏng", "/petitions/send/fault/"),
        ("to cao", "/petitions/send/denunciation/"),
        ("tra cứu đơn", "/petitions/follow/"),
        ("lịch tiếp công dân", "/reception/"),
    ],
)
def test_what_one_wants_to_do_comes_first(client, country, query, address):
    page = client.get("/search/", {"q": query}).content.decode()
    main = page.partition("<main")[2]
    assert f'href="{address}"' in main
    links = main.partition("s-services")[2]
    assert links.index(address) < len(links)


def test_words_are_joined_whatever_stands_between_them_and_the_place_is_recognised(client, ward):
    recorded(ward, "Giám sát vỉa hè phố Hàng Bạc")
    recorded(unit_from("00004@2026-03-03"), "Giám sát vỉa hè phố Đội Cấn")
    answer = client.get("/search/", {"q": "vỉa hè hoàn kiếm"})
    assert answer.context["place"].id == ward.pk
    assert [row["title"] for row in answer.context["records"]] == ["Giám sát vỉa hè phố Hàng Bạc"]
    both = client.get("/search/", {"q": "via he giam sat"})
    assert len(both.context["records"]) == 2
    everywhere = client.get("/search/", {"q": "vỉa hè hoàn kiếm", "place": "no"})
    assert everywhere.context["records"] == []


def test_a_rule_of_the_law_is_found_by_its_words(client, country):
    load_law(by=BY)
    rules = client.get("/search/", {"q": "thoi hieu khieu nai"}).context["rules"]
    day = today()
    wanted = {
        f"/law/{key}/"
        for key in book().rule_keys()
        if (rule := book().rule_if_any(key, day))
        and all(word in fold(rule.name) for word in ("thoi", "hieu", "khieu", "nai"))
    }
    assert wanted and {url for url, _name in rules} <= wanted


def test_a_code_leads_to_where_it_is_followed_whether_there_is_one_or_not(client, country):
    [(url, code)] = client.get("/search/", {"q": "pa-2c4f-7h9k"}).context["codes"]
    assert (url, code) == ("/petitions/follow/?code=PA-2C4F-7H9K", "PA-2C4F-7H9K")
    assert client.get("/search/", {"q": "khiếu nại"}).context["codes"] == []


def test_abbreviations_are_what_they_stand_for():
    keys = {key for key, _code, _name in indicators("BTTND")}
    assert keys and keys == {key for key, _code, _name in indicators("Ban Thanh tra nhân dân")}


def test_a_sealed_number_is_found_as_it_is_written(client, ward):
    for n in range(123):
        recorded(ward, f"Giám sát {n}", date(2026, 7, 1 + n % 28))
    report = start_report(
        by=BY, unit=ward, since=date(2026, 7, 1), last=date(2026, 9, 30), title="Quý III"
    )
    from danchu.reports.actions import edit_report

    edit_report(report, by=BY, title="Quý III", text="Có {F01} cuộc.")
    report.refresh_from_db()
    issue_report(report, by=BY)
    for query in ("123", " 123 ", "12 3"):
        [row] = client.get("/search/", {"q": query}).context["numbers"]
        assert client.get(row["url"]).context["figure"].value == Fraction(123)


@pytest.mark.parametrize("query", ["", "   ", "!!!", "a", "%", "PA-", "9" * 80, "đ" * 300])
def test_any_words_are_answered(client, country, query):
    assert client.get("/search/", {"q": query}).status_code == 200


def test_a_name_that_several_places_have_is_not_taken_for_one(country):
    found = place_in("vỉa hè tân phú")
    assert found is None or found[0].name


def test_every_service_leads_somewhere(client, country):
    for service in SERVICES:
        assert client.get(reverse(service.address, args=service.arguments)).status_code == 200


def test_nothing_is_a_service_of_words_that_mean_nothing():
    assert services("xyz abc") == [] and services("a") == []


def test_one_and_three_records_ask_the_same_number_of_questions(client, ward):
    def asked():
        client.get("/search/?q=giam+sat")
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/?q=giam+sat")
        return len(queries)

    recorded(ward, "Giám sát 1")
    before = asked()
    recorded(ward, "Giám sát 2")
    recorded(ward, "Giám sát 3")
    assert asked() == before


@turn(4, together=3)
@pytest.mark.browser
def test_the_page_is_for_everyone(browser_page, ward):
    recorded(ward, "Giám sát vỉa hè phố Hàng Bạc")
    inspect(browser_page, "/search/?q=khi%E1%BA%BFu+n%E1%BA%A1i")
    inspect(browser_page, "/search/?q=v%E1%BB%89a+h%C3%A8+ho%C3%A0n+ki%E1%BA%BFm")
