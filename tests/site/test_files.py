"""Every address that answers with a file does it in one way."""

import re

import pytest
from django.db import transaction

from tests.site.addresses import ANYONE, EXPECTED, ROLES, address_of, expected

FILE = re.compile(
    r"\.(csv|xlsx)$|(?<!v2)/\w*\.?<str:ending>$|/papers/<int:\w+>/$|file<str:ending>$"
)
ROUTES = [route for route in sorted(EXPECTED) if FILE.search(route) and "open311" not in route]
# Everybody may keep these; what lies behind a log-in, or is narrowed by who asks, nobody keeps.
OPEN_TO_ALL = re.compile(
    r"^(report|polls|commitments|minutes|law|projects|recommendations|conferences)\b"
)
KEPT_A_WHILE = "hall/<int:pk>/papers/<int:paper>/"  # asked for by a whole hall at once
PROBLEMS = re.compile(r"problems\.csv$")  # of a file that was read before: none in this world
# Those that one of these roles may read; who keeps the law is in tests/desk/test_law.py.
READ = [
    route
    for route in ROUTES
    if not PROBLEMS.search(route) and any(expected(route, role, "get") == 200 for role in ROLES)
]


@pytest.mark.parametrize("route", READ)
def test_a_file_has_a_type_a_name_and_says_who_may_keep_it(client, world, settings, route):
    settings.DEMO = True  # without the second factor
    role = next(role for role in ROLES if expected(route, role, "get") == 200)
    if role != ANYONE:
        client.force_login(world.accounts[role])
    with transaction.atomic():
        answer = client.get(address_of(route, world))
        if answer.streaming:
            list(answer.streaming_content)
        transaction.set_rollback(True)
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert re.search(r"^(attachment|inline); filename", answer.headers["Content-Disposition"])
    assert re.search(r"\.\w{2,5}\b", answer.headers["Content-Disposition"])
    assert not answer.headers["Content-Type"].startswith("text/html") or ".html" in route
    cache = answer.headers.get("Cache-Control", "")
    if route == KEPT_A_WHILE:
        # A delegate with a pass may keep it; what an account is sent stays nowhere.
        kept = "private, max-age=3600" if role == ANYONE else "private, no-store"
        assert cache == kept
    elif OPEN_TO_ALL.search(route):
        assert "no-store" not in cache
    else:
        assert {"private", "no-store"} <= set(cache.split(", "))
