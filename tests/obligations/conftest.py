from datetime import date

import pytest

from danchu.law.loading import load_law
from danchu.obligations.actions import owe
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

EVENT = date(2025, 8, 18)  # 15 days on is the National Day, and the day before it was exchanged


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture
def law(db, system):
    load_law(by=system)


@pytest.fixture
def owed(law, country, system):
    def make(unit=None, **more):
        return owe(
            by=system,
            unit=unit or country.here,
            **{"rule_key": "pib.answer", "event_on": EVENT, "title": "Trả lời kiến nghị", **more},
        )

    return make
