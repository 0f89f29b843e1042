"""One commune with a village, its officials, the law, and an office of the village itself."""

import pytest

from danchu.people.actor import Actor
from danchu.units.kinds import BodyKind
from danchu.units.models import Body
from tests.decision.conftest import (  # noqa: F401
    _law_loaded_once,
    country,
    holder,
    offices,
    officials,
    person,
    system,
)


@pytest.fixture
def village_head(officials, holder):  # noqa: F811
    """The head of the village with an account of their own."""
    account = holder("village_head", officials.village, name="village_head").account
    officials.by["village_head"] = Actor.of(account)
    officials.village_head = account
    return account


@pytest.fixture
def committee(officials):  # noqa: F811
    return Body.objects.create(
        unit=officials.here, kind=BodyKind.PEOPLES_COMMITTEE, since="2025-07-01"
    )
