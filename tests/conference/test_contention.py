"""Many register at the same moment: every place is given exactly once, the rest wait in order."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from danchu.conference.actions.conferences import convene_conference, draft_conference
from danchu.conference.actions.programme import add_item
from danchu.conference.actions.registration import cancel_registration, register_delegate
from danchu.conference.models import BridgePoint, Conference, Delegate
from danchu.conference.queues.registration import register
from danchu.journal.models import Entry
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from tests.conference.conftest import STARTS
from tests.people.conftest import make_unit
from tests.sizes import one_in

PLACES, TRIES, AT_ONCE = 40, 100, 20


SYSTEM = Actor.system("kiểm thử")


@pytest.fixture
def by_link(transactional_db):
    unit = make_unit("nation", "Việt Nam")
    made = draft_conference(
        by=SYSTEM, unit=unit, title="Hội nghị", starts_at=STARTS, entry="link", capacity=PLACES
    )
    add_item(made, by=SYSTEM, title="Báo cáo")
    return convene_conference(made, by=SYSTEM)


def at_once(work, tries=TRIES):
    """The results of the work for each number, twenty at a time, each on its own connection."""

    def alone(number):
        try:
            return work(number)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        return list(crowd.map(alone, range(tries)))


@one_in(2)
@pytest.mark.parametrize(
    "act", [register_delegate, register], ids=["each in its own transaction", "together"]
)
def test_of_a_hundred_who_register_at_once_forty_have_a_place_and_sixty_wait(by_link, act):
    states = [
        made.state
        for made, _code in at_once(
            lambda number: act(
                by_link, by=Actor.public(), code=by_link.entry_code, name=f"Người {number}"
            )
        )
    ]
    assert (states.count("registered"), states.count("waiting")) == (PLACES, TRIES - PLACES)
    assert (
        Conference.objects.get(pk=by_link.pk).taken
        == Delegate.objects.filter(state="registered").count()
        == PLACES
    )
    assert Conference.objects.get(pk=by_link.pk).waited == TRIES - PLACES
    assert sorted(
        Delegate.objects.filter(state="waiting").values_list("waits_from", flat=True)
    ) == list(range(1, TRIES - PLACES + 1))


def test_a_form_sent_by_ten_hands_at_once_is_one_place_with_one_code(by_link):
    uids = [uuid4() for _ in range(10)]
    answers = at_once(
        lambda number: register(
            by_link, by=Actor.public(), code=by_link.entry_code, name="Một", uid=uids[number % 10]
        )
    )
    assert (
        len({(made.pk, code) for made, code in answers})
        == 10
        == Delegate.objects.count()
        == Conference.objects.get(pk=by_link.pk).taken
    )


def test_those_who_come_together_are_refused_one_by_one_where_nobody_may_wait(by_link):
    Conference.objects.filter(pk=by_link.pk).update(keeps_waiting_list=False)
    narrow = BridgePoint.objects.create(
        conference=by_link, unit=by_link.unit, name="Phòng nhỏ", capacity=3
    )
    points = {0: narrow.pk, 1: None, 2: narrow.pk + 1000}
    answers = at_once(
        lambda number: register(
            by_link,
            by=Actor.public(),
            code=by_link.entry_code,
            name=f"Người {number}",
            point=points[number % 3],
        ),
        60,
    )
    given = [number % 3 for number, answer in enumerate(answers) if not isinstance(answer, Refused)]
    assert sorted(given) == [0] * 3 + [1] * 20
    assert (
        BridgePoint.objects.get(pk=narrow.pk).taken == 3
        and Conference.objects.get(pk=by_link.pk).taken == 23
    )
    assert {answer.field for answer in answers if isinstance(answer, Refused)} == {"point"}


def test_a_full_house_refuses_before_it_holds_anything_and_a_place_given_back_is_given_again(
    by_link, django_assert_num_queries
):
    Conference.objects.filter(pk=by_link.pk).update(keeps_waiting_list=False, capacity=1)
    first, _code = register(
        by_link, by=Actor.public(), code=by_link.entry_code, name="Một", uid=uuid4()
    )
    with django_assert_num_queries(1), pytest.raises(Refused, match="hết chỗ"):
        register(by_link, by=Actor.public(), code=by_link.entry_code, name="Hai")
    assert (
        register(by_link, by=Actor.public(), code=by_link.entry_code, name="Một", uid=first.uid)[
            0
        ].pk
        == first.pk
    )
    cancel_registration(first, by=SYSTEM)
    assert (
        register(by_link, by=Actor.public(), code=by_link.entry_code, name="Hai")[0].state
        == "registered"
    )


def test_the_journal_has_each_of_those_who_came_together_once(by_link):
    answers = at_once(
        lambda number: register(
            by_link, by=Actor.public(), code=by_link.entry_code, name=f"Người {number}"
        )
    )
    alone = [int(one.subject) for one in Entry.objects.filter(act="delegate.registered")]
    together = [
        pk
        for one in Entry.objects.filter(act="delegates.registered")
        for pk in one.data["delegates"]
    ]
    assert sorted(alone + together) == sorted(made.pk for made, _code in answers)
