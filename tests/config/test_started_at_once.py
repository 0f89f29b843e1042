"""Two servers that start on one empty database at the same moment: one brings it up to date, the
other waits and finds nothing to do.
"""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from danchu.config.bootstrap import bootstrap_lock, steps
from danchu.config.schema import pending_migrations
from danchu.journal.models import Entry
from danchu.journal.verify_rows import row_problems
from danchu.kernel.days import now
from danchu.law.models import RuleVersion
from danchu.people.actor import Actor
from danchu.people.models import OfficeKind
from danchu.staff.actions.installing import enter_set_up, open_set_up
from danchu.staff.models import SetUpAddress
from danchu.units.models import Unit
from tests.country import on_copy
from tests.migrated import country_template
from tests.sizes import turn

pytestmark = pytest.mark.django_db(transaction=True)
BY = Actor.system("test")
OTHERS_AT_WORK = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@pytest.fixture(scope="module", autouse=True)
def _empty_database(django_db_setup, django_db_blocker):
    """On a copy of a database with the country, which takes longest, and nothing else."""
    with django_db_blocker.unblock(), on_copy("country_alone", country_template):
        yield


def at_once(*acts):
    """What each act returned or raised, all begun at the same moment."""
    gate = threading.Barrier(len(acts))
    answers = [None] * len(acts)

    def run(place, act):
        try:
            gate.wait(10)
            answers[place] = act()
        except Exception as fault:  # noqa: BLE001  told by the test
            answers[place] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return answers


def started():
    """{name of a step: what it did} of one start, without the static files."""
    with bootstrap_lock():
        return {step.name: step.run() for step in steps() if "static" not in step.name}


@turn(2, together=1)
@pytest.mark.plants
def test_one_of_two_starts_brings_an_empty_database_up_to_date_and_the_other_finds_it_so():
    first, second = sorted(at_once(started, started), key=lambda done: not any(done.values()))
    loaded = {name for name, did in first.items() if did}
    assert len(loaded) >= 6, first
    assert not any(second.values()), second
    assert not pending_migrations()
    entries = list(Entry.objects.values_list("act", flat=True))
    for act in ("rows.founded", "matters.loaded", "office_kind.loaded"):
        assert entries.count(act) == 1, act
    assert Unit.objects.filter(level="nation").count() == 1 and OfficeKind.objects.exists()
    versions = RuleVersion.objects.uncorrected().values_list("key", "since")
    assert versions.count() == versions.distinct().count() > 100
    assert list(row_problems()) == []


def test_the_second_start_waits_until_the_first_has_ended():
    begun, ended = threading.Event(), []

    def wait():
        begun.set()
        with bootstrap_lock():
            ended.append("second")

    def other():
        try:
            wait()
        finally:
            connection.close()

    with bootstrap_lock():
        thread = threading.Thread(target=other)
        thread.start()
        begun.wait(10)
        with connection.cursor() as cursor:
            for _turn in range(200):
                cursor.execute(OTHERS_AT_WORK)
                if cursor.fetchone()[0]:
                    break
                cursor.execute("SELECT pg_sleep(0.05)")
            else:
                pytest.fail("the second never waited")
        ended.append("first")
    thread.join(30)
    assert ended == ["first", "second"]


def test_of_two_set_up_addresses_printed_at_once_one_opens_and_none_is_lost():
    """Each server prints one; the later replaces the earlier, and neither start fails."""
    secrets = at_once(*[lambda: open_set_up(by=BY)] * 3)
    assert all(isinstance(secret, str) for secret in secrets), secrets
    row = SetUpAddress.objects.get()
    assert row.valid_until > now() + timedelta(minutes=29)
    browsers = at_once(*[lambda secret=secret: enter_set_up(secret, by=BY) for secret in secrets])
    assert sum(isinstance(browser, str) for browser in browsers) == 1
