"""No cache keeps what only one reader may see; links of a page stay on the site."""

import pytest
from django.test import Client
from django.urls import reverse

from danchu.conference.access.tokens import cookie_name, write_token
from danchu.conference.models import Pass
from danchu.people.actions import issue_token
from danchu.people.actor import Actor
from tests.site.addresses import EXPECTED, address_of
from tests.site.test_addresses import _asked, may_nobody_store, routes
from tests.sizes import long, part

ACCOUNT = "committee_chair@own"


@long
@pytest.mark.case("SE-L5")
def test_no_answer_to_somebody_who_is_logged_in_may_be_stored(client, world, settings):
    """The table of addresses asks the same of what each role is answered."""
    settings.DEMO = True
    client.force_login(world.accounts[ACCOUNT])
    cookies, wrong = client.cookies.copy(), []
    for route in part(routes(), 6, ACCOUNT):
        client.cookies = cookies.copy()
        answer = _asked(client, "get", route, world)
        if not may_nobody_store(answer):
            wrong.append((route, answer.status_code))
    assert not wrong and len(routes()) == len(EXPECTED)


@pytest.mark.case("SE-L5")
def test_the_desk_and_the_accounts_are_not_stored_for_strangers_either(client, world):
    for route in routes():
        if route.startswith(("desk/", "accounts/")):
            answer = _asked(client, "get", route, world)
            assert may_nobody_store(answer), route


@pytest.mark.case("SE-L5")
def test_what_a_program_is_sent_for_its_token_is_not_stored(client, world):
    account = world.accounts[ACCOUNT]
    _token, secret = issue_token(
        account, by=Actor.of(account), name="sổ", until=world.confirmed.held_on.replace(year=2027)
    )
    answer = client.post("/api/v1/imports", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 422  # known by the token, and nothing was sent
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_public_page_may_be_stored_for_a_stranger(client, world):
    assert "no-store" not in client.get("/law/").headers.get("Cache-Control", "")


@pytest.mark.case("SE-L4")
@pytest.mark.parametrize(
    "path", ["//evil.example/x", "///evil.example/x", "//evil.example/%2e%2e", "/%5C/evil.example"]
)
def test_no_link_of_a_page_leads_to_another_site(world, path):
    client = Client()
    # The test client would read //host as a host.
    answer = client.generic("GET", "/", PATH_INFO=path, REQUEST_METHOD="GET")
    text = answer.content.decode()
    assert 'href="//' not in text and 'action="//' not in text and 'value="//' not in text
    assert answer.status_code == 404, reverse("front")
    assert address_of("law/", world) == "/law/"


@pytest.mark.case("SE-L5")
def test_what_only_a_delegate_or_a_sender_is_shown_is_not_stored(client, world):
    delegate = world.hall_delegate
    Pass.objects.filter(delegate=delegate).update(device="may-1")
    client.cookies[cookie_name(world.hall.pk)] = write_token(
        world.hall.pk, delegate.pass_in.pk, "delegate", delegate.pk, "may-1"
    )
    here = f"/hall/{world.hall.pk}/"
    for path in (
        here,
        f"{here}state.json",
        f"{here}mine.json",
        f"{here}ask/",
        f"/polls/{world.poll.uid}/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "no-store" in answer.headers["Cache-Control"], path
    for path in ("/petitions/send/", "/petitions/follow/", "/h/", "/h/ABCDE-FGHJK/"):
        for answer in (client.get(path), client.post(path, {"code": "x", "secret": "x"})):
            assert "no-store" in answer.headers["Cache-Control"], path
