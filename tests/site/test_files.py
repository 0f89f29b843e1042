"""Every address that answers with a file does it in one way."""

import re

import pytest
from django.db import transaction

from danchu.conference.access.codes import personal_code
from danchu.minutes.models import Commitment
from tests.site.addresses import ANYONE, EXPECTED, ROLES, address_of, expected
from tests.sizes import one_in

FILE = re.compile(
    r"\.(csv|xlsx)$|(?<!v2)/\w*\.?<str:ending>$|/papers/<int:\w+>/$|file<str:ending>$"
)
ROUTES = [route for route in sorted(EXPECTED) if FILE.search(route) and "open311" not in route]
# Everybody may keep these; what lies behind a log-in, or is narrowed by who asks, nobody keeps.
OPEN_TO_ALL = re.compile(
    r"^(report|polls|commitments|minutes|law|projects|disclosures|disclosure-items|disclosure-plans|"
    r"recommendations|conferences|consultations|opinions|decisions|head-elections|village-heads|"
    r"conventions|village-conferences|online-votes|works-without-decision|sealed-reports|tables)\b"
)
PROBLEMS = re.compile(r"problems\.csv$")  # of a file that was read before: none in this world
# Those that one of these roles may read; who keeps the law is in tests/desk/test_law.py.
READ = [
    route
    for route in ROUTES
    if not PROBLEMS.search(route) and any(expected(route, role, "get") == 200 for role in ROLES)
]


@one_in(3)
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
    if OPEN_TO_ALL.search(route):
        # Asked for again before each use, so that what is withdrawn goes.
        assert cache == ("public, no-cache" if role == ANYONE else "private, no-store")
    else:
        assert {"private", "no-store"} <= set(cache.split(", "))


def test_a_public_paper_is_kept_until_it_is_withdrawn(client, world):
    address = f"/commitments/papers/{world.promise.papers.get().pk}/"
    first = client.get(address)
    assert first.status_code == 200 and b"".join(first.streaming_content)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.headers["Cache-Control"]) == (304, "public, no-cache")
    with transaction.atomic():
        Commitment.objects.filter(pk=world.promise.pk).update(
            state="withdrawn", fulfilled_on=None, in_time=None
        )
        gone = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        transaction.set_rollback(True)
    assert gone.status_code == 404


def test_a_paper_of_a_hall_is_stored_nowhere(client, world):
    """Not in the browser of a delegate either, whose device may be lent."""
    delegate = world.hall_delegate
    code = personal_code(delegate.uid, delegate.pass_in.issue, delegate.pass_in.secret)
    with transaction.atomic():
        assert client.post("/h/", {"code": code}).status_code == 302
        answer = client.get(f"/hall/{world.hall.pk}/papers/{world.hall_paper.pk}/")
        list(answer.streaming_content)
        transaction.set_rollback(True)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
