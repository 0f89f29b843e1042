from datetime import date

import pytest

from danchu.inspection import actions
from danchu.law.loading import load_law
from danchu.units.actions import open_body
from tests.people.conftest import REFORM, country, holder, offices, person, system  # noqa: F401

FOUND = date(2025, 8, 11)


@pytest.fixture
def bodies(country, system):  # noqa: F811
    """(board, committee) of one commune, and the law."""
    load_law(by=system)
    board = open_body(country.here, by=system, kind="peoples_inspection_board", name="Ban Thanh tra nhân dân", since=REFORM)
    return board, open_body(country.here, by=system, kind="peoples_committee", name="Ủy ban nhân dân", since=REFORM)


@pytest.fixture
def drafted(bodies, system):  # noqa: F811
    def make(**more):
        board, committee = bodies
        given = {"board": board, "answerer": committee, "title": "Thu quỹ sai mức", "finding": "Thu vượt 2.000.000 đồng.", "found_on": FOUND}
        return actions.draft_recommendation(by=system, **{**given, **more})

    return make
