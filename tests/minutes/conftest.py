from datetime import date

import pytest

from danchu.law.loading import load_law
from danchu.minutes import actions
from danchu.minutes.input.blocks import BlockInput, Mark, Promise
from danchu.register.actions import confirm_event, draft_event
from danchu.units.actions import open_body
from tests.people.conftest import REFORM, country, holder, offices, person, system  # noqa: F401

HELD, DUE = date(2025, 9, 8), date(2025, 12, 15)
OPENING = (BlockInput("Chủ tịch khai mạc."),)


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture(autouse=True)
def papers_apart(settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path / "papers"


@pytest.fixture
def bodies(country, system):
    """(committee, front) of one commune, and the law."""
    load_law(by=system)
    committee = open_body(
        country.here, by=system, kind="peoples_committee", name="Ủy ban nhân dân", since=REFORM
    )
    return committee, open_body(
        country.here,
        by=system,
        kind="fatherland_front",
        name="Ủy ban Mặt trận Tổ quốc",
        since=REFORM,
    )


@pytest.fixture
def dialogue(country, system):
    """Make a dialogue of the commune; confirmed unless told."""

    def make(confirmed=True, **numbers):
        event = draft_event(
            "dialogue",
            by=system,
            unit=country.here,
            held_on=HELD,
            title="Đối thoại với Nhân dân",
            **numbers,
        )
        return confirm_event(event, by=system) if confirmed else event

    return make


@pytest.fixture
def promise(bodies):
    """What a passage promises."""

    def make(**more):
        committee, front = bodies
        return Promise(
            **{
                "title": "Sửa đường ngõ 5",
                "owner": committee,
                "due_on": DUE,
                "due_reason": "sau khi có vốn",
                "asker": front,
                "asked_by": "Cử tri tổ 5",
                **more,
            }
        )

    return make


@pytest.fixture
def written(bodies, system, country):
    """Make minutes of the commune."""

    def make(blocks=OPENING, **more):
        return actions.draft_minutes(
            **{
                "by": system,
                "unit": country.here,
                "held_on": HELD,
                "title": "Biên bản đối thoại",
                "blocks": blocks,
                **more,
            }
        )

    return make


@pytest.fixture
def made(bodies, system, country):
    """Make a promise by hand, asked for by the Front."""

    def make(**more):
        committee, front = bodies
        fields = {
            "title": "Sửa đường ngõ 5",
            "text": "UBND sẽ sửa đường ngõ 5.",
            "made_on": HELD,
            "due_on": DUE,
            "owner": committee,
            "asker": front,
        }
        return actions.make_commitment(by=system, unit=country.here, **{**fields, **more})

    return make


def opinion(text="Đường ngõ 5 hỏng.", accepted=False, **more):
    return BlockInput(
        text, "Bà Mận", "Cử tri tổ 5", marks=(Mark("opinion", is_accepted=accepted, **more),)
    )
