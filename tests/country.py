"""A database with the country in it, for the files whose tests begin with it.

Loading the country takes seconds, and a hundred files need it: their tests run on a second database
of the worker, a copy of one that has it. `load_units` then finds the country and does nothing.
"""

import os

import pytest

from tests.migrated import connected_to, country_template

_name_of_worker = []


@pytest.fixture(scope="module")
def country_database(request, django_db_setup, django_db_blocker):
    """Nothing is done on a foreign server, nor for a file with a test that commits: it would empty
    the tables.
    """
    from django.conf import settings  # settings must be ready first

    from tests.lawful import commits  # a plugin is imported by pytest first

    items = [item for item in request.session.items if item.path == request.path]
    if not settings.EMBEDDED or any(map(commits, items)):
        yield
        return
    with django_db_blocker.unblock():
        if not _name_of_worker:
            _name_of_worker.append(_copied())
        with connected_to(_name_of_worker[0]):
            yield


def _copied():
    """The name of this worker's own copy."""
    from danchu.config.pg_tools import MAINTENANCE, connect  # settings must be ready first

    name = f"test_country_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    copied_from = country_template()
    with connect(MAINTENANCE) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copied_from}"')
    return name


@pytest.fixture(scope="session", autouse=True)
def _copy_removed():
    yield
    if _name_of_worker:
        from danchu.config.pg_tools import MAINTENANCE, connect  # settings must be ready first

        with connect(MAINTENANCE) as connection:
            connection.execute(f'DROP DATABASE "{_name_of_worker[0]}" WITH (FORCE)')
