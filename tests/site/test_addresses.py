"""Every address of the site, asked for and written to by everybody."""

import pytest
from django.db import connection, transaction
from django.urls import get_resolver

from tests.digested import CHECK
from tests.site.addresses import ANYONE, EXPECTED, ROLES, address_of, expected, sent_to
from tests.sizes import long, part


def routes():
    """The route of every address the site answers, without the language."""

    def walk(resolver, before):
        for one in resolver.url_patterns:
            route = before + str(one.pattern)
            if hasattr(one, "url_patterns"):
                yield from walk(one, route)
            else:
                yield route

    return sorted(set(walk(get_resolver(), "")))


def test_every_address_has_an_expectation_and_every_expectation_an_address():
    missing = sorted(set(routes()) - set(EXPECTED))
    assert not missing, f"write these into EXPECTED of tests/site/addresses.py: {missing}"
    assert set(EXPECTED) <= set(routes())


# How many days it takes until `make test` too has asked for every address, by role.
DAYS = {ANYONE: 2, "committee_chair@own": 8, "commune_clerk@own": 12}


@long
@pytest.mark.parametrize("role", ROLES)
def test_each_address_answers_each_role_as_expected(client, world, settings, role):
    settings.DEMO = (
        True  # the second factor is relaxed; what it takes away without is tested with log-in
    )
    client.raise_request_exception = False
    if role != ANYONE:
        client.force_login(world.accounts[role])
    cookies, wrong = client.cookies.copy(), []
    # Where everybody is answered alike, nobody's office is asked for: they are tried by who has
    # none and by one who has.
    asked = [
        route for route in routes() if role in (ANYONE, "committee_chair@own") or not _alike(route)
    ]
    asked = part(asked, DAYS.get(role, 60), role)
    for route in asked:
        for method in ("get", "post"):
            client.cookies = cookies.copy()  # one of the addresses logs out
            answer = _asked(client, method, route, world)
            if answer.status_code != expected(route, role, method):
                wrong.append((method, route, answer.status_code, expected(route, role, method)))
            if role != ANYONE and method == "get" and not may_nobody_store(answer):
                wrong.append((method, route, "may be stored"))
            if answer.status_code in (301, 302) and role == ANYONE and route.startswith("desk/"):
                assert answer.url.startswith("/accounts/login/?next="), route
    assert not wrong, "\n".join(str(line) for line in wrong)


def may_nobody_store(answer):
    """Whether every cache is told to keep nothing of the answer."""
    return "no-store" in answer.headers.get("Cache-Control", "")


def _alike(route):
    """Whether the address has one answer for every role, by the table."""
    return not route.startswith("desk/") and all(
        len({expected(route, role, method) for role in ROLES}) == 1 for method in ("get", "post")
    )


def _asked(client, method, route, world):
    """The answer; what it has written is taken back, and in a run with digests (tests/digested.py)
    no record stands that no act wrote.
    """
    with transaction.atomic():
        answer = getattr(client, method)(
            address_of(route, world), sent_to(route) if method == "post" else {}
        )
        if answer.streaming:
            list(answer.streaming_content)
        with connection.cursor() as cursor:
            cursor.execute(CHECK)
        transaction.set_rollback(True)
    return answer
