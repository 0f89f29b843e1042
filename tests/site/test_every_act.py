"""Every act of every section of the desk, tried by those who have nothing to do with its place.

The table of addresses tries one act for each address; here all of them are tried.
"""

import pytest
from django.db import transaction

from danchu.journal.models import Entry
from danchu.people.actions import appoint, create_account
from danchu.people.models import OfficeKind
from danchu.subjects.room import sections
from danchu.units.find import unit_from
from tests.site.addresses import address_of
from tests.site.conftest import BY, PASSWORD, SINCE
from tests.site.test_addresses import routes
from tests.sizes import one_in, part

FAR = "26740@2026-01-01"  # a ward of Hồ Chí Minh City
OFFICES = ("committee_chair", "petition_officer", "front_chair")
ROUTES = [route for route in routes() if route.endswith("<str:act>/")]


def acts(route):
    """The names of the acts that may be asked for at a route: those of its section, or all."""
    parts = route.replace("-", "_").split("/")
    own = [section for section in sections() if section.listing.name in parts]
    return sorted({act.name for section in own or sections() for act in section.acts})


def test_the_sections_declare_their_acts():
    assert sum(len(acts(route)) for route in ROUTES) > 80 and len(ROUTES) > 15


@pytest.fixture
def strangers(world):
    """{name: account} of those who hold nothing at the place: at the next ward, in another
    province, and without any office.
    """
    accounts = {f"{key}@other": world.accounts[f"{key}@other"] for key in OFFICES}
    ward = unit_from(FAR)
    for name, keys in (("far", OFFICES), ("idle", ())):
        account = create_account(by=BY, email=f"{name}@example.vn", name=name, password=PASSWORD)
        for key in keys:
            kind = OfficeKind.objects.get(key=key)
            appoint(account, by=BY, office_kind=kind, unit=ward, since=SINCE)
        accounts[name] = account
    return accounts


@one_in(2)
@pytest.mark.parametrize("route", ROUTES)
def test_no_act_is_done_by_a_stranger_to_the_place(client, world, strangers, route, settings):
    settings.DEMO = True  # without the factor nobody would come as far as the right of the act
    client.raise_request_exception = False
    before = address_of(route, world).rstrip("/").rsplit("/", 1)[0]
    done = []
    for name, account in strangers.items():
        client.force_login(account)
        for act in part(acts(route), 18, f"{route} {name}"):
            with transaction.atomic():
                entries = Entry.objects.count()
                status = client.post(f"{before}/{act}/", {}).status_code
                if status not in (302, 403, 404) or Entry.objects.count() != entries:
                    done.append((name, act, status))
                transaction.set_rollback(True)
    assert not done
