"""One commune with a village, its officials, and the law."""

from datetime import date
from types import SimpleNamespace

import pytest

from danchu.decision import actions
from danchu.people.actor import Actor
from danchu.units.models import Standing
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

NOW = "2026-03-02"
SINCE = date(2025, 7, 1)
OFFICES = {
    "clerk": "commune_clerk",
    "head": "committee_chair",
    "front": "front_clerk",
    "chair": "front_chair",
    "operator": "operator",
    "auditor": "auditor",
}


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture(autouse=True)
def vault(settings, tmp_path):
    """Keys of urns of this test alone."""
    settings.VAULT_ROOT = tmp_path


@pytest.fixture
def officials(country, holder, clock, settings):  # noqa: F811
    """Accounts by role at one commune; the second factor is relaxed as in a demo."""
    clock.set(NOW)
    settings.DEMO = True
    Standing.objects.filter(unit=country.village).update(search="|to 5|", order="to 5")
    accounts = {
        role: holder(office, country.here, name=role).account for role, office in OFFICES.items()
    }
    by = {role: Actor.of(account) for role, account in accounts.items()}
    return SimpleNamespace(
        here=country.here, village=country.village, accounts=accounts, by=by, **accounts
    )


@pytest.fixture
def households(officials, system):  # noqa: F811
    """Write so many households into the roll of a village: `households(183)`."""

    def write(number, village=None, first=1, since=SINCE, **values):
        return [
            actions.enter_household(
                by=system,
                unit=village or officials.village,
                number=place,
                since=since,
                **{"representative": f"Người Đại Diện {place}", **values},
            )
            for place in range(first, first + number)
        ]

    return write
