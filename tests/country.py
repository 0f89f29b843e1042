"""Databases with the law, or with all that an installation begins with, for the files whose tests
need them.

Loading them takes seconds, and hundreds of tests need them: these run on a second database of the
worker, a copy of one that has them. `load_units` and its like then find everything loaded and do
nothing. A test that commits is followed by a new copy.
"""

import os
from contextlib import contextmanager

import pytest

from tests.migrated import (
    FIRST_MAP,
    TEMPLATE_NAME,
    connected_to,
    illustrated_template,
    installed_template,
    law_template,
)

MAPS_OF_COPY = 1_000_000
# {edition: its Book} as the copies have them.
BOOKS = {}
_copies = {}


class WorkersCopy:
    """This worker's copy of the database that `template()` names."""

    number_of_copies = 0

    def __init__(self, kind, template):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self.name, self.template = f"test_{kind}_{worker}_{os.getpid()}", template

    def create(self):
        from danchu.config.pg_tools import MAINTENANCE, connect  # settings must be ready first

        copied_from = self.template()
        with connect(MAINTENANCE) as connection:
            connection.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{copied_from}"')
        WorkersCopy.number_of_copies += 1
        first_map = FIRST_MAP + self.number_of_copies * MAPS_OF_COPY
        with connect(self.name) as connection:
            # Maps are cached by this number, and an earlier copy may have used the next ones.
            connection.execute(f"ALTER SEQUENCE units_map_number RESTART {first_map}")
            # As in the worker's own database: tests that commit empty the tables.
            connection.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_kept_emptied")

    def drop(self):
        from danchu.config.pg_tools import MAINTENANCE, connect  # settings must be ready first

        with connect(MAINTENANCE) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def copied_anew(connection):
    """Replace the connection's database by a new copy when it is one; whether it is."""
    copy = _copies.get(connection.settings_dict["NAME"])
    if copy is None:
        return False
    connection.close()
    copy.drop()
    copy.create()
    return True


def has_copies():
    """Whether tests run on copies: not on a foreign server, nor on a template given by its name."""
    from django.conf import settings  # settings must be ready first

    return settings.EMBEDDED and not os.environ.get(TEMPLATE_NAME)


@contextmanager
def on_copy(kind, template):
    """Django's connection on this worker's copy, where there are copies."""
    if not has_copies():
        yield
        return
    copy = WorkersCopy(kind, template)
    if copy.name not in _copies:
        copy.create()
        _copies[copy.name] = copy
    with connected_to(copy.name):
        _read_law()
        yield


def _read_law():
    """Read the law of the copy, so that its tests need not, each of them."""
    from danchu.law.book import Book, edition  # settings must be ready first

    current = edition()
    if current is not None and current not in BOOKS:
        BOOKS[current] = Book()


@pytest.fixture(scope="module")
def country_database(django_db_setup, django_db_blocker):
    """The country, the law, the offices and the matters of petitions."""
    with django_db_blocker.unblock(), on_copy("country", installed_template):
        yield


@pytest.fixture(scope="module")
def illustrated_database(django_db_setup, django_db_blocker):
    """All that, and the illustrative events, statements and bodies of `generate_demo`."""
    with django_db_blocker.unblock(), on_copy("illustrated", illustrated_template):
        yield


@pytest.fixture(scope="module")
def law_database(django_db_setup, django_db_blocker):
    """The law alone, for tests with a small country of their own."""
    with django_db_blocker.unblock(), on_copy("law", law_template):
        yield


@pytest.fixture(scope="session", autouse=True)
def _copies_removed():
    yield
    for copy in _copies.values():
        copy.drop()
