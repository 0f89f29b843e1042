from datetime import date

import pytest

from danchu.units.actions import open_body
from tests.people.conftest import NOW, REFORM, country, holder, offices, person, system  # noqa: F401

AUGUST = date(2025, 8, 1)


@pytest.fixture
def committee(country, system):
    """The People's Committee of a commune since the reform."""
    return open_body(
        country.here, by=system, kind="peoples_committee", name="UBND Đống Đa", since=REFORM
    )


@pytest.fixture
def offices_at_here(holder, country, offices):
    """{office: Actor at `here`}"""
    from danchu.people.actor import Actor

    return {
        key: Actor.of(holder(key, country.here, name=f"Người {key}").account, NOW)
        for key in offices
    }
