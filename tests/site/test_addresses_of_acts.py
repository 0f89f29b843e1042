"""The address of an act, opened as a page: by Back, by reloading, after a log-in."""

import pytest
from django.utils import translation

from danchu.look.above import _address_above
from tests.site.addresses import address_of, expected
from tests.site.test_addresses import routes

PAGE = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}
CHAIR = "committee_chair@own"
# Their buttons stand on every page or every list; the last is asked for by programs.
WITHOUT_PAGE = {"api/v1/imports", "desk/views/save/", "theme/", "demo/role/"}


@pytest.fixture
def chair(client, world, settings):
    settings.DEMO = True
    client.force_login(world.accounts[CHAIR])
    return client


def test_the_address_of_every_act_leads_to_the_page_of_its_button(chair, world):
    acts = [route for route in routes() if expected(route, CHAIR, "get") == 405]
    dead = []
    for route in acts:
        answer = chair.get(address_of(route, world), **PAGE)
        if answer.status_code != 302 or answer.url in ("/", "/desk/"):
            dead.append((route, answer.status_code))
    assert len(acts) > 60 and {route for route, _status in dead} == WITHOUT_PAGE, dead


def test_the_page_says_once_that_nothing_was_done(chair, world):
    address = f"/desk/records/{world.draft.uid}/confirm/"
    answer = chair.get(address, follow=True, **PAGE)
    assert answer.redirect_chain == [(f"/desk/records/{world.draft.uid}/", 302)]
    assert answer.content.decode().count("không có gì được làm") == 1
    world.draft.refresh_from_db()
    assert world.draft.state == "draft"


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("/desk/conferences/7/points/3/remove/", "/desk/conferences/7/points/"),
        ("/desk/conferences/7/programme/3/papers/", "/desk/conferences/7/programme/3/edit/"),
        ("/en/report/ha-noi/seal/", "/en/report/ha-noi/"),
        ("/theme/", "/"),
    ],
)
def test_the_nearest_address_above(address, above):
    with translation.override(address[1:3] if address.startswith("/en/") else "vi"):
        assert _address_above(address) == above
