"""Every public way in has its limit, or a reason that it needs none; what one client does takes
nothing from another.
"""

import inspect
import json
import re

import pytest
from django.test import Client

from danchu.casework.access import rate_limits
from danchu.casework.access.rate_limits import MOST, OF_ACCOUNTS, WINDOWS, TooOften, limit_rate
from danchu.casework.models.gate import Knock
from danchu.look import rates
from danchu.look.rates import CountedInside, Rate, rate_of
from danchu.people.models import Account
from danchu.portal import sections
from danchu.portal.views import (
    bookings,
    conferences,
    contests,
    entering,
    following,
    information,
    joining,
    petitions,
    setting_up,
)
from tests.site.test_addresses import routes

# The modules whose views count by themselves, by purpose.
INSIDE = {
    "send": [petitions, bookings, contests, information],
    "follow": [petitions, bookings, sections, following, information],
    "follow_mail": [following],
    "hall": [entering, conferences],
    "account": [joining, setting_up],
}
VALUES = {
    "int": "7",
    "str": "a",
    "slug": "event",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def public_routes():
    return [route for route in routes() if not route.startswith("desk/")]


def limited():
    return [route for route in public_routes() if isinstance(rate_of(route), Rate)]


def address_of(route):
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: VALUES[part[1] or "str"], route)


def test_every_address_has_its_limit_or_a_reason():
    assert [route for route in routes() if rate_of(route) is None] == []


def test_every_line_of_the_table_is_about_an_address():
    first = {
        next((pattern for pattern, _what in rates.RATES if re.fullmatch(pattern, route)), "")
        for route in routes()
    }
    assert [pattern for pattern, _what in rates.RATES if pattern not in first] == []


def test_what_costs_much_is_limited():
    """Written down apart from the table: what is known to cost."""
    costly = (
        r"search|choices|near[.]json|[.]csv|[.]xlsx|[.]atom|file<|paper[.]|proof|^api/|^open311/"
    )
    without = [
        route
        for route in public_routes()
        if re.search(costly, route) and not isinstance(rate_of(route), Rate)
    ]
    assert without == []


def test_what_takes_a_secret_or_makes_a_record_counts_it():
    """Every address to which a stranger can send something that is refused or changes something."""
    from tests.site.addresses import ANYONE, expected

    reading = [
        route
        for route in public_routes()
        if expected(route, ANYONE, "post") in (400, 403) and isinstance(rate_of(route), str)
    ]
    assert {rate_of(route) for route in reading} <= {rates.HELD, rates.LIBRARY, rates.CHEAP}


@pytest.mark.parametrize("purpose", INSIDE)
def test_a_limit_that_a_view_counts_is_in_that_view(purpose):
    assert any(rate_of(route) == CountedInside(purpose) for route in public_routes())
    word = "OF_ACCOUNTS" if purpose == OF_ACCOUNTS else f'"{purpose}"'
    for module in INSIDE[purpose]:
        assert re.search(rf"limit_(?:rate|wrong)\({word}", inspect.getsource(module)), module


@pytest.mark.django_db
def test_above_its_limit_each_address_answers_429_with_when_to_come_back(
    client, monkeypatch, settings
):
    settings.DEMO = False  # the strip of a demo has a form, whose token is a cookie
    monkeypatch.setattr(rate_limits, "MOST", dict.fromkeys(MOST, 0))
    wrong = []
    for route in limited():
        answer = client.post(address_of(route))
        seconds = int(answer.headers.get("Retry-After", 0))
        window = WINDOWS[rate_of(route).purpose]
        if answer.status_code != 429 or not 1 <= seconds <= window + 1:
            wrong.append((route, answer.status_code, seconds))
        text = answer.content.decode()
        if "json" in answer.headers["Content-Type"]:
            text = json.dumps(json.loads(text), ensure_ascii=False)
        if "Quá nhiều yêu cầu" not in text or answer.cookies:
            wrong.append((route, text[:80]))
    assert wrong == [] and len(limited()) > 40


@pytest.mark.django_db
def test_the_page_says_it_in_the_language_of_the_reader_and_a_program_reads_json(
    client, monkeypatch
):
    monkeypatch.setattr(rate_limits, "MOST", dict.fromkeys(MOST, 0))
    assert 'lang="vi"' in client.get("/search/?q=a").content.decode()
    assert "Too many requests" in client.get("/en/search/?q=a").content.decode()
    assert "error" in client.get("/api/v1/figures").json()
    assert client.get("/open311/v2/services.json").json()[0]["code"] == 429


@pytest.mark.django_db
def test_nobody_is_kept_out_by_what_another_does(monkeypatch):
    monkeypatch.setitem(MOST, "suggest", 3)
    address = "/units/choices.json?q=ha"
    loud, other = (Client(REMOTE_ADDR=f"203.0.113.{n}") for n in (8, 9))
    assert [loud.get(address).status_code for _ in range(5)] == [200] * 3 + [429] * 2
    assert other.get(address).status_code == 200
    colleague = Client(REMOTE_ADDR="203.0.113.8")  # in the same office, behind the same address
    colleague.force_login(Account.objects.create(email="can-bo@hanoi.example", name="Cán Bộ"))
    assert [colleague.get(address).status_code for _ in range(5)] == [200] * 3 + [429] * 2
    assert {len(row.key) for row in Knock.objects.all()} == {40}, "a digest, no address"


@pytest.mark.django_db
def test_the_next_window_begins_at_nought(clock, monkeypatch):
    monkeypatch.setitem(MOST, "search", 2)
    clock.set("2026-06-15")
    for _ in range(2):
        limit_rate("search", "10.0.0.1")
    with pytest.raises(TooOften) as refusal:
        limit_rate("search", "10.0.0.1")
    clock.forward(seconds=refusal.value.seconds)
    limit_rate("search", "10.0.0.1")


@pytest.mark.django_db
def test_an_installation_behind_one_address_raises_all_limits_at_once(monkeypatch, settings):
    monkeypatch.setitem(MOST, "search", 2)
    settings.RATE_TIMES = 1.5
    for _ in range(3):
        limit_rate("search", "10.0.0.1")
    with pytest.raises(TooOften):
        limit_rate("search", "10.0.0.1")


@pytest.mark.django_db
def test_the_library_that_logs_in_answers_with_our_page(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    typed = {"login": "a@b.example", "password": "x"}
    client.post("/accounts/login/", typed)
    answer = client.post("/accounts/login/", typed)
    assert answer.status_code == 429 and int(answer.headers["Retry-After"]) == 300
    assert "hãy đợi vài phút" in answer.content.decode()
