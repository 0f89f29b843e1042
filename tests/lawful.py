"""Loads the product's law once for all tests of a file, and not once for each.

Loading it takes some hundred statements, and hundreds of tests need it. With `law_loaded` a file's
tests run on a copy of a database that has it (tests/country.py); on a foreign server it is loaded
in a transaction around the file's tests. A test that loads the law finds it loaded and adds
nothing. `matters_loaded` also has the country and the matters of petitions.
"""

from contextlib import contextmanager

import pytest

from tests.country import has_copies


def commits(item):
    """Whether the test commits what it writes."""
    mark = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(mark and mark.kwargs.get("transaction"))


def _asks_database(item):
    return bool({"db", "transactional_db"} & {*item.fixturenames}) or bool(
        item.get_closest_marker("django_db")
    )


@pytest.fixture(scope="module")
def law_loaded(request, django_db_blocker):
    """Nothing is loaded for a file without a test that asks the database, which may not be there
    then, nor, on a foreign server, for one with a test that commits: it would empty the tables
    within our transaction.
    """
    items = [item for item in request.session.items if item.path == request.path]
    if not any(map(_asks_database, items)):
        yield
        return
    request.getfixturevalue("django_db_setup")
    if has_copies():
        names = {name for item in items for name in item.fixturenames}
        filled = {"country_database", "illustrated_database"} & names or {"law_database"}
        request.getfixturevalue(filled.pop())
        yield
        return
    if any(map(commits, items)):
        yield
        return
    with _around_the_file(django_db_blocker):
        _check_constraints()
        yield


@pytest.fixture(scope="module")
def matters_loaded(country_database, django_db_blocker):
    """The country, the law and the matters of petitions."""
    with _around_the_file(django_db_blocker) as by:
        from danchu.casework.loading import load_matters
        from danchu.units.sources_load import load_units

        load_units(by=by)
        load_matters(by=by)
        _check_constraints()
        yield


@contextmanager
def _around_the_file(blocker):
    """Load the law in a transaction that is rolled back at the end; yields the actor."""
    from django.db import transaction  # settings must be ready first

    from danchu.law.loading import load_law
    from danchu.people.actor import Actor

    by = Actor.system("kiểm thử")
    with blocker.unblock(), transaction.atomic():
        load_law(by=by)
        yield by
        transaction.set_rollback(True)


def _check_constraints():
    """Check deferred constraints once for what is loaded, not at the end of each test."""
    from django.db import connection

    connection.check_constraints()
