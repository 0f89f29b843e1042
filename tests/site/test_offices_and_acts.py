"""Every act of a row of the ward, tried by those of its offices that do not have it; and offices of
weight before their second factor.
"""

from django.db import transaction
from django.urls import reverse

from danchu.desk.events import EVENTS
from danchu.desk.sections import Face
from danchu.people.actor import Actor
from danchu.subjects.room import sections
from tests.site.conftest import BY
from tests.site.test_addresses import _asked, routes
from tests.sizes import long, part

REFUSED = (403, 404)
OFFICES = ("commune_clerk@own", "auditor@own", "inspection_member@own")


def acts_of_rows():
    """(address, act, row, section) of every declared act of a row of the world."""
    for section in (*sections(), EVENTS):
        if section.record is None or not section.acts:
            continue
        row = section.record.rows(BY).order_by("pk").first()
        if row is None:
            continue
        face = Face(section)
        for act in section.acts:
            named = {**section.named(row), "act": act.name}
            yield reverse(f"{face.record_address}_act", kwargs=named), act.name, row, section


@long
def test_each_act_is_refused_to_the_offices_of_the_ward_that_do_not_have_it(
    client, world, settings
):
    settings.DEMO = True
    addresses = list(acts_of_rows())
    tried = 0
    for role in part(OFFICES, 3, "offices"):
        account = world.accounts[role]
        actor = Actor.of(account)
        client.force_login(account)
        for address, act, row, section in addresses:
            if section.life.may(actor, act, row):
                continue
            tried += 1
            with transaction.atomic():
                answer = client.post(address, {"reason": "thử"})
                transaction.set_rollback(True)
            assert answer.status_code in REFUSED, (role, address, answer.status_code)
    assert tried >= 20


def test_without_a_demo_an_office_of_weight_does_nothing_before_its_second_factor(
    client, world, settings
):
    settings.DEMO = False
    client.force_login(world.accounts["committee_chair@own"])
    cookies = client.cookies.copy()
    for route in routes():
        if not route.startswith("desk/"):
            continue
        for method in ("get", "post"):
            client.cookies = cookies.copy()
            answer = _asked(client, method, route, world)
            assert answer.status_code == 302, (route, answer.status_code)
            assert answer.url.startswith("/accounts/2fa/"), (route, answer.url)


def test_without_a_demo_an_office_without_weight_works(client, world, settings):
    settings.DEMO = False
    client.force_login(world.accounts["front_clerk@own"])
    assert client.get("/desk/records/").status_code == 200
