from datetime import date

import pytest
from django.db import transaction

from danchu.inspection import actions
from danchu.kernel.refusals import Denied
from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.units.actions import open_body
from tests.people.conftest import NOW, REFORM, country, holder, offices, person, system  # noqa: F401

FOUND = date(2025, 8, 11)


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture
def bodies(country, system):
    """(board, committee) of one commune, and the law."""
    load_law(by=system)
    board = open_body(
        country.here,
        by=system,
        kind="peoples_inspection_board",
        name="Ban Thanh tra nhân dân",
        since=REFORM,
    )
    return board, open_body(
        country.here, by=system, kind="peoples_committee", name="Ủy ban nhân dân", since=REFORM
    )


@pytest.fixture
def drafted(bodies, system):
    def make(**more):
        board, committee = bodies
        fields = {
            "board": board,
            "answerer": committee,
            "title": "Thu quỹ sai mức",
            "finding": "Thu vượt 2.000.000 đồng.",
            "found_on": FOUND,
        }
        return actions.draft_recommendation(by=system, **{**fields, **more})

    return make


@pytest.fixture
def otherwise_done(country, holder, offices):
    """Every act tried as every office at the own commune and the next, and as the public; what
    was done though the table refuses it, or not though it allows it.
    """

    def tried(acts, by_office):
        wrong = []
        for place in ("here", "next_door"):
            for office in [*offices, "public"]:
                actor = (
                    Actor.public()
                    if office == "public"
                    else Actor.of(
                        holder(office, getattr(country, place), name=f"{office} {place}").account,
                        NOW,
                    )
                )
                for name, act in acts.items():
                    if (done := _done(act, actor)) != (
                        place == "here" and office in by_office[name]
                    ):
                        wrong.append((place, office, name, done))
        return wrong

    return tried


def _done(act, actor):
    """Whether the act is not denied; what it wrote is taken back."""
    with transaction.atomic():
        try:
            act(actor)
            return True
        except Denied:
            return False
        finally:
            transaction.set_rollback(True)
