"""Officials of one city on its present map."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from danchu.kernel.days import today
from danchu.people.actions import appoint, create_account
from danchu.people.actor import Actor
from danchu.people.loading import load_office_kinds
from danchu.people.models import OfficeKind
from danchu.units.find import unit_from
from danchu.units.sources_load import load_units

BY = Actor.system("test")
PASSWORD = "mot-cau-dai-de-nho"
OFFICES = {
    "clerk": ("front_clerk", "00004"),
    "chair": ("front_chair", "00004"),
    "neighbour": ("front_chair", "00008"),
    "officer": ("steering_officer", "01"),
    "head": ("committee_chair", "00004"),
}


@pytest.fixture(scope="module")
def appointed(country_database, django_db_blocker):
    """Accounts by role, each at its unit, once for a module, taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_units(by=BY)
        load_office_kinds(by=BY)
        found = SimpleNamespace(ward=unit_from(f"00004@{today().isoformat()}"))
        for role, (office, code) in OFFICES.items():
            account = create_account(
                by=BY, email=f"{role}@example.vn", name=role, password=PASSWORD
            )
            unit = unit_from(f"{code}@{today().isoformat()}")
            appoint(
                account,
                by=BY,
                office_kind=OfficeKind.objects.get(key=office),
                unit=unit,
                since=date(2025, 7, 1),
            )
            setattr(found, role, account)
        connection.check_constraints()  # once here, not again at the end of each test
        yield found
        transaction.set_rollback(True)


@pytest.fixture
def officials(appointed, db, settings):
    """The officials; the second factor is relaxed as in a demo."""
    settings.DEMO = True
    return appointed
