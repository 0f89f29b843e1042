"""One commune and the officials who receive, hear and end mediations in it."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest

from danchu.mediation import actions
from danchu.units.models import Standing
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

NOW = "2026-03-02"
RECEIVED = date(2026, 1, 10)
HEARD = date(2026, 2, 1)
TITLE = "Tranh chấp lối đi chung"
OUTCOME = "Hai bên thống nhất mở lối đi rộng hai mét."
OFFICES = {
    "clerk": "commune_clerk",
    "front": "front_clerk",
    "chair": "front_chair",
    "auditor": "auditor",
}


@pytest.fixture
def officials(country, holder, clock, settings):  # noqa: F811
    """Accounts by role at one commune; the second factor is relaxed as in a demo."""
    clock.set(NOW)
    settings.DEMO = True
    Standing.objects.filter(unit=country.here).update(search="|dong da|", order="dong da")
    accounts = {
        role: holder(office, country.here, name=role).account for role, office in OFFICES.items()
    }
    return SimpleNamespace(here=country.here, **accounts)


@pytest.fixture
def begin(officials, system):  # noqa: F811
    """Make a mediation and do acts on it: `begin("schedule", "settle")`."""

    def make(*acts, title=TITLE):
        mediation = actions.receive_mediation(
            by=system, unit=officials.here, received_on=RECEIVED, title=title
        )
        for act in acts:
            values = {"on": HEARD} if act == "schedule" else {"on": HEARD, "outcome": OUTCOME}
            mediation = getattr(actions, f"{act}_mediation")(mediation, by=system, **values)
        return mediation

    return make


@pytest.fixture
def typed(officials):
    """What a clerk types of a new mediation, with something else in it."""

    def make(**other):
        values = {"uid": uuid4(), "unit": "Đống Đa", "received_on": "10/01/2026", "title": TITLE}
        return {**values, **other}

    return make
