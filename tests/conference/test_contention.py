"""Many register at the same moment: every place is given once, none twice, and who comes later waits in order."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from danchu.conference.actions.conferences import convene_conference, draft_conference
from danchu.conference.actions.programme import add_item
from danchu.conference.actions.registration import register_delegate
from danchu.conference.models import Conference, Delegate
from danchu.people.actor import Actor
from tests.conference.conftest import STARTS
from tests.people.conftest import make_unit

PLACES, TRIES, AT_ONCE = 40, 100, 20


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_who_register_at_once_forty_have_a_place_and_sixty_wait():
    system = Actor.system("kiểm thử")
    unit = make_unit("nation", "Việt Nam")
    made = draft_conference(by=system, unit=unit, title="Hội nghị", starts_at=STARTS, entry="link", capacity=PLACES)
    add_item(made, by=system, title="Báo cáo")
    made = convene_conference(made, by=system)

    def register(number):
        try:
            return register_delegate(made, by=Actor.public(), code=made.entry_code, name=f"Người {number}")[0].state
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        states = list(crowd.map(register, range(TRIES)))
    assert (states.count("registered"), states.count("waiting")) == (PLACES, TRIES - PLACES)
    assert Conference.objects.get(pk=made.pk).taken == Delegate.objects.filter(state="registered").count() == PLACES
    assert sorted(Delegate.objects.filter(state="waiting").values_list("waits_from", flat=True)) == list(range(1, TRIES - PLACES + 1))
