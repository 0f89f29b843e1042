"""`danchu check` says when a hall in session is not served, and nothing otherwise."""

from danchu.conference.models import Conference, Hub
from danchu.config.hall_checks import hall_is_served
from tests.live.conftest import make_hall, wait_for


def test_a_hall_in_session_that_nobody_serves_is_found(db):
    make_hall()
    assert len(list(hall_is_served())) == 2


def test_no_conference_in_session_needs_nothing(db):
    make_hall(state="convened")
    assert list(hall_is_served()) == []


def test_a_served_hall_has_no_trouble_and_a_dead_hub_is_found(hall):
    served = hall()
    served.device().listen().read()
    wait_for(lambda: Hub.objects.exists() and not list(hall_is_served()))
    assert list(hall_is_served()) == []
    served.kill("hub")
    Hub.objects.update(seen_at="2020-01-01T00:00:00Z")
    assert len(list(hall_is_served())) == 1
    assert Conference.objects.count() == 1
