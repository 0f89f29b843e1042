from datetime import date

import pytest

from danchu.casework.actions import register_petition
from danchu.casework.loading import load_matters
from danchu.casework.models import Matter
from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.units.actions import open_body
from tests.people.conftest import NOW, REFORM, country, holder, offices, person, system  # noqa: F401

RECEIVED = date(2026, 3, 2)
PERSON = {
    "name": "Nguyễn Thị Mận",
    "address": "12 ngõ Giếng Mứt",
    "phone": "0912345678",
    "email": "man@vidu.vn",
    "notify_by": "email",
}


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture(autouse=True)
def keys_apart(settings, tmp_path):
    """Each test has a ring of keys of its own."""
    settings.VAULT_ROOT = tmp_path / "vault"
    settings.PAPERS_ROOT = tmp_path / "papers"


@pytest.fixture
def law(country, system):
    """The law, the matters and the committee of one commune."""
    load_law(by=system)
    load_matters(by=system)
    return open_body(
        country.here,
        by=system,
        kind="peoples_committee",
        name="Ủy ban nhân dân phường Đống Đa",
        since=REFORM,
    )


@pytest.fixture
def registered(law, system, country):
    """Make a petition of a nature at `here`; (petition, secret) with `whole=True`."""

    def make(nature="complaint", whole=False, **more):
        fields = {
            "nature": nature,
            "channel": "counter",
            "matter": Matter.objects.get(key="land_use"),
            "unit": country.here,
            "place": country.here,
            "title": "Lấn đất công ở ngõ 5",
            "content": "Hộ bên cạnh xây lấn ra đường.",
            "received_on": RECEIVED,
            "persons": [PERSON],
        }
        petition = register_petition(by=system, **{**fields, **more})
        return petition if whole else petition[0]

    return make


@pytest.fixture
def at(holder, country):
    """An actor in an office, at `here` or another place."""

    def make(office, place="here", name=""):
        return Actor.of(
            holder(office, getattr(country, place), name=name or f"{office} {place}").account, NOW
        )

    return make
