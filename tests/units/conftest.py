import pytest
from django.db import transaction


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    """The whole country, loaded once for the module in a transaction that is rolled back after it."""
    from danchu.people.actor import Actor
    from danchu.units.sources_load import load_units

    with django_db_blocker.unblock(), transaction.atomic():
        load_units(by=Actor.system("units"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def country(_loaded, db):
    """The country as it is loaded on installation; what a test writes is undone."""
