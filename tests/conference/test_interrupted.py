"""Many voters at once, a poll closed while votes arrive, a process killed while it writes the
result: every acknowledged vote is counted exactly once.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Event

import pytest
from django.conf import settings
from django.db import connection

from danchu.conference import actions
from danchu.conference.models import Ballot, Declaration, Poll, Vote
from danchu.conference.votes.orphaned_keys import destroy_orphaned_keys
from danchu.conference.writes.batches import vote
from danchu.config.pg_tools import url_of
from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.vault import urn
from tests.conference.voting import ABSTAIN, NO, YES, country, hall, law, system, vault  # noqa: F401
from tests.sizes import one_in, turn

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
WORKERS = 8


def in_parallel(work, things):
    """The results of `work(thing)` done by eight threads, each with a database connection of its
    own.
    """

    def done(thing):
        with closing(connection):
            return work(thing)

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(done, things))


@pytest.mark.parametrize("secrecy", ["named", "secret"])
def test_eight_at_once_for_the_same_people_make_one_vote_each(hall, secrecy):
    hall.add(40)
    poll, together = hall.open(secrecy=secrecy), Barrier(WORKERS, timeout=60)

    def all_vote(worker):
        together.wait()
        return [
            vote(poll, delegate, (worker + place) % 3)
            for place, delegate in enumerate(hall.delegates)
        ]

    told = in_parallel(all_vote, range(WORKERS))
    expected = Counter()
    for place in range(40):
        answers = [worker[place] for worker in told]
        (first,) = [one for one in answers if one.status == "new"]
        assert {(one.choice, one.code, one.signature) for one in answers} == {
            (first.choice, first.code, first.signature)
        }
        expected[first.choice] += 1
    assert hall.declare(poll).result["counts"] == [expected[YES], expected[NO], expected[ABSTAIN]]


@pytest.mark.parametrize("secrecy", ["named", "secret"])
def test_a_choice_changed_by_eight_at_once_is_the_last_that_was_written(hall, secrecy):
    hall.add(10)
    poll, together = hall.open(secrecy=secrecy, may_change=True), Barrier(WORKERS, timeout=60)

    def all_vote(worker):
        together.wait()
        found = [
            vote(poll, delegate, worker % 3)
            for delegate in (hall.delegates if worker % 2 else hall.delegates[::-1])
        ]
        return found if worker % 2 else found[::-1]

    told = in_parallel(all_vote, range(WORKERS))
    for place in range(10):
        assert len({worker[place].code for worker in told}) == 1
    last = [vote(poll, delegate, NO) for delegate in hall.delegates]
    assert {one.status for one in last} == {"changed"}
    assert hall.declare(poll).result["counts"] == [0, 10, 0]


@turn(4, together=3)
@pytest.mark.parametrize("secrecy", ["named", "secret"])
def test_closed_while_votes_arrive_what_was_acknowledged_is_what_is_counted(hall, secrecy):
    hall.add(300)
    poll, half_way = hall.open(secrecy=secrecy), Event()

    def work(place):
        if place == "close":
            half_way.wait(60)
            return actions.close_poll(poll, by=hall.system)
        if place == 100:
            half_way.set()
        return vote(poll, hall.delegates[place], place % 3)

    told = in_parallel(work, ["close", *range(300)])[1:]
    assert {one.status for one in told} == {
        "new",
        "closed",
    }  # it was closed in the middle, as meant
    acknowledged = [place for place, one in enumerate(told) if one.status == "new"]
    assert set(Vote.objects.filter(poll=poll).values_list("voter_id", flat=True)) == {
        hall.delegates[place].pk for place in acknowledged
    }
    expected = Counter(place % 3 for place in acknowledged)
    assert hall.declare(poll).result["counts"] == [expected[YES], expected[NO], expected[ABSTAIN]]
    assert {vote(poll, hall.delegates[place], YES).status for place in range(300)} == {
        "kept",
        "closed",
    }
    assert Vote.objects.filter(poll=poll).count() == len(acknowledged)


def test_two_who_declare_at_once_declare_once(hall):
    hall.add(6)
    poll, together = hall.open(), Barrier(2, timeout=60)
    hall.vote(poll, [YES, NO, YES])
    hall.close(poll)

    def declare(_worker):
        together.wait()
        try:
            return actions.declare_poll(poll, by=hall.system).state
        except Exception as error:  # noqa: BLE001 - which one it is, is looked at below
            return type(error).__name__

    assert sorted(in_parallel(declare, range(2))) == ["Refused", "declared"]
    assert (
        Declaration.objects.count() == 1 and Entry.objects.filter(act="poll.declared").count() == 1
    )


SCRIPT = """
import sys, time
import django
django.setup()
from danchu.conference import actions
from danchu.conference.actions import polls
from danchu.conference.models import Poll
from danchu.people.actor import Actor

def stay(*told, **more):
    print("here", flush=True)
    time.sleep(60)

setattr(polls, sys.argv[3], stay)
getattr(actions, sys.argv[2])(Poll.objects.get(pk=int(sys.argv[1])), by=Actor.system("test"))
"""


def killed_at(poll, act, step, vault):
    """Run the act in a process of its own, and kill it when it calls this step."""
    if Path(settings.JOURNAL_KEYS).exists():  # the same key signs its entries
        shutil.copytree(settings.JOURNAL_KEYS, vault / "journal", dirs_exist_ok=True)
    environment = {
        **os.environ,
        "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
        "DANCHU_VAULT": str(vault),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "danchu.config.settings",
    }
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(poll.pk), act, step],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "here\n"
        process.kill()


# Ballots are written; everything is, but not committed; committed, but the key is still there.
@one_in(3)
@pytest.mark.parametrize("at", ["final_count", "record", "destroy_urn"])
def test_killed_in_the_middle_of_the_result_it_is_finished_by_going_on(hall, vault, at):
    hall.add(50)
    poll = hall.open()
    told = hall.vote(poll, [place % 3 for place in range(50)])
    hall.close(poll)
    killed_at(poll, "declare_poll", at, vault)
    state, codes = Poll.objects.get(pk=poll.pk).state, sorted(one.code for one in told)
    assert urn.urns() == [str(poll.uid)]  # nothing is lost before all is kept
    if at == "destroy_urn":
        assert state == "declared"
        assert destroy_orphaned_keys() == 1  # as every start does
    else:
        assert (
            state == "closed"
            and not Ballot.objects.exists()
            and Vote.objects.filter(poll=poll, sealed=None).count() == 0
        )
        actions.declare_poll(poll, by=hall.system)
    assert urn.urns() == []
    assert sorted(Ballot.objects.filter(poll=poll).values_list("code", flat=True)) == codes
    assert Vote.objects.filter(poll=poll).exclude(sealed=None).count() == 0
    assert Poll.objects.get(pk=poll.pk).result["counts"] == [17, 17, 16]
    assert Declaration.objects.filter(poll=poll).count() == 1
    assert verify_chain() == []


@turn(2)
def test_killed_while_it_opens_the_poll_is_still_a_draft_and_opens_again(hall, vault):
    hall.add(5)
    poll = hall.draft()
    killed_at(poll, "open_poll", "record", vault)
    assert Poll.objects.get(pk=poll.pk).state == "drafted"
    assert urn.urns() == [str(poll.uid)]  # made before the row would have said so
    poll = actions.open_poll(poll, by=hall.system)
    hall.vote(poll, [YES, YES, NO])
    assert hall.declare(poll).result["counts"] == [2, 1, 0]
