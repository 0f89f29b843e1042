"""The swap of databases at the end of a restore, beside programs that keep connecting."""

from contextlib import suppress
from threading import Event, Thread

import pytest

from danchu.config.pg_tools import MAINTENANCE, connect
from danchu.config.restore_databases import drop_database, swap_databases

OLD, NEW = "swapped_old", "swapped_new"


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two_databases(transactional_db):
    names = (OLD, NEW, f"{OLD}_before")
    for name in names:
        drop_database(name)
    with connect(MAINTENANCE) as connection:
        for name in (OLD, NEW):
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    with connect(NEW) as connection:
        connection.execute("CREATE TABLE restored ()")
    yield
    for name in names:
        drop_database(name)


def test_those_who_come_back_at_once_do_not_hold_the_swap_up(two_databases):
    is_over = Event()

    def come_back():
        while not is_over.is_set():
            with suppress(Exception), connect(OLD) as connection:
                while not is_over.wait(0.01):
                    connection.execute("SELECT 1")

    guests = [Thread(target=come_back, daemon=True) for _ in range(3)]
    for guest in guests:
        guest.start()
    try:
        swap_databases(OLD, NEW)
    finally:
        is_over.set()
        for guest in guests:
            guest.join()
    with connect(OLD) as connection:
        assert connection.execute("SELECT to_regclass('restored')").fetchone()[0]
