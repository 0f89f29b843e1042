from datetime import datetime

import pytest

from danchu.conference.access.participants import participant_from_pass
from danchu.conference.actions.conferences import convene_conference, draft_conference
from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.points import add_point
from danchu.conference.actions.programme import add_item
from danchu.conference.actions.running import open_conference
from danchu.conference.models import Pass
from danchu.kernel.days import VIETNAM
from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.units.actions import open_body
from tests.people.conftest import NOW, REFORM, country, holder, offices, person, system  # noqa: F401

STARTS = datetime(2026, 3, 20, 8, tzinfo=VIETNAM)


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture(autouse=True)
def in_march(clock, settings, tmp_path):
    """Days before the conference; keys and papers in a folder of the test."""
    clock.set(NOW)
    settings.PAPERS_ROOT, settings.VAULT_ROOT = tmp_path / "papers", tmp_path / "vault"


@pytest.fixture
def committee(country, system):
    """The rules of the law and the committee of `here`."""
    load_law(by=system)
    return open_body(
        country.here,
        by=system,
        kind="peoples_committee",
        name="Ủy ban nhân dân phường Đống Đa",
        since=REFORM,
    )


@pytest.fixture
def conference(committee, country, system):
    """A draft with two sessions of two items, at three bridge points."""
    draft = draft_conference(
        by=system,
        unit=country.here,
        body=committee,
        title="Hội nghị quán triệt Luật",
        starts_at=STARTS,
    )
    for name in ("Sáng", "Chiều"):
        session = add_item(draft, by=system, title=f"Phiên {name}", kind="session")
        for title in ("Báo cáo", "Thảo luận"):
            add_item(draft, by=system, title=f"{title} {name}", parent=session)
    for number, unit in enumerate((country.here, country.next_door, country.province), 1):
        add_point(draft, by=system, unit=unit, name=f"Điểm cầu {number}")
    return draft


@pytest.fixture
def convened(conference, system):
    return convene_conference(conference, by=system)


@pytest.fixture
def running(convened, system):
    return open_conference(convened, by=system)


@pytest.fixture
def at(holder, country):
    """An actor in an office, at `here` or another place."""

    def make(office, place="here", name=""):
        return Actor.of(
            holder(office, getattr(country, place), name=name or f"{office} {place}").account, NOW
        )

    return make


@pytest.fixture
def steward(system):
    """A participant in a role of a conference; `point` for a room, `delegate` for a delegate."""

    def make(conference, role, point=None, delegate=None):
        if delegate is not None:
            return participant_from_pass(delegate.pass_in, "thiet-bi-cua-toi")
        steward_pass = Pass.objects.create(
            conference=conference, role=role, point=point, secret=f"{role}{Pass.objects.count()}"
        )
        return participant_from_pass(steward_pass, "thiet-bi")

    return make


@pytest.fixture
def delegates(system):
    """Add some delegates to a conference, in turn at its points."""

    def make(conference, number):
        points = list(conference.points.order_by("position"))
        return [
            add_delegate(
                conference,
                by=system,
                name=f"Đại biểu {n}",
                point=points[n % len(points)] if points else None,
            )
            for n in range(number)
        ]

    return make
