"""Two at once, and a process killed in the middle: a reorganisation is there whole or not at
all.
"""

import os
import signal
import subprocess
import sys
import threading
from datetime import date

import pytest
from django.db import connection

from danchu.journal.models import Entry
from danchu.kernel.refusals import Refused
from danchu.units.actions import reorganise_units
from danchu.units.models import Reorganisation, Standing, Unit
from danchu.units.plan import parse_plan
from danchu.units.soundness import map_problems
from tests.units.conftest import Small
from tests.units.test_plan import MERGE, ON

KILLED = """
import sys, time
import django
django.setup()
from danchu.people.actor import Actor
from danchu.units.actions import reorganise
from danchu.units.plan import parse_plan

def stay(*told, **more):
    print("written, not committed", flush=True)
    time.sleep(60)

reorganise.record = stay
reorganise.reorganise_units(parse_plan(sys.stdin.read()), by=Actor.system("units"))
"""


@pytest.fixture
def kept_small(transactional_db):
    return Small()


def test_a_process_killed_in_the_middle_leaves_nothing_and_stops_nobody(kept_small, system):
    told = connection.settings_dict
    query = f"?host={told['HOST']}" if told["HOST"].startswith("/") else ""
    host = "" if query else f"{told['HOST']}:{told['PORT'] or 5432}"
    address = f"postgresql://{told['USER']}:{told['PASSWORD']}@{host}/{told['NAME']}{query}"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={
            **os.environ,
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        },
    )
    try:
        process.stdin.write(MERGE)
        process.stdin.close()
        assert process.stdout.readline() == "written, not committed\n"
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    assert not Unit.objects.filter(since=ON).exists()
    assert not Unit.objects.exclude(until=None).exists()
    assert Standing.objects.filter(until=None).count() == 9
    reorganise_units(parse_plan(MERGE), by=system)  # waits for no lock of the dead
    assert list(map_problems()) == []


def test_of_two_who_send_the_same_file_at_once_one_is_refused(kept_small, system):
    answers, start = [], threading.Barrier(2)

    def send():
        start.wait()
        try:
            reorganise_units(parse_plan(MERGE), by=system)
            answers.append("applied")
        except Refused as refusal:
            answers.append(refusal.message)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(answers) == ["Tệp này đã được áp dụng.", "applied"]
    assert (
        Reorganisation.objects.count() == Entry.objects.filter(act="units.reorganised").count() == 1
    )
    assert Unit.objects.filter(since=date(2027, 1, 1)).count() == 1
