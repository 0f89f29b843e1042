"""A running conference with delegates in it, for the tests of polls."""

from datetime import timedelta
from uuid import uuid4

import pytest

from danchu.conference import actions
from danchu.conference.models import Attendance, BridgePoint, Conference, Delegate, Poll, RoomCount
from danchu.conference.writes.batches import vote
from danchu.kernel.days import now
from danchu.law.loading import load_law
from tests.people.conftest import country, system  # noqa: F401

YES, NO, ABSTAIN = 0, 1, 2
OPTIONS = ["Tán thành", "Không tán thành", "Không biểu quyết"]


class Hall:
    """An open conference; `delegates` are in it, `absent` are entitled but not in it."""

    def __init__(self, unit, system):
        self.system, self.unit = system, unit
        self.conference = Conference.objects.create(
            uid=uuid4(),
            unit=unit,
            title="Hội nghị sơ kết",
            state="open",
            starts_at=now(),
            opened_at=now(),
            made_by="system",
            made_at=now(),
        )
        self.delegates, self.absent = [], []

    def point(self, name, heads=0):
        place = BridgePoint.objects.filter(conference=self.conference).count()
        return BridgePoint.objects.create(
            conference=self.conference, unit=self.unit, name=name, expected=heads, position=place
        )

    def add(self, number, present=True, point=None, **more):
        """Add so many delegates; the list of them."""
        before = len(self.delegates) + len(self.absent)
        made = [
            Delegate(
                uid=uuid4(),
                conference=self.conference,
                name=f"Nguyễn Văn {before + n:05}",
                point=point,
                state="registered",
                made_by="system",
                made_at=now(),
                **more,
            )
            for n in range(1, number + 1)
        ]
        made = Delegate.objects.bulk_create(made)
        if present:
            Attendance.objects.bulk_create(
                Attendance(
                    delegate=one,
                    movement="arrived",
                    how="qr",
                    at=now() - timedelta(minutes=5),
                    noted_by="system",
                )
                for one in made
            )
        (self.delegates if present else self.absent).extend(made)
        return made

    def draft(self, **more):
        given = {
            "title": "Thông qua nghị quyết",
            "options": OPTIONS,
            "kind": "binding",
            "secrecy": "secret",
            "by": self.system,
        }
        return actions.draft_poll(self.conference, **{**given, **more})

    def open(self, **more):
        return actions.open_poll(self.draft(**more), by=self.system)

    def vote(self, poll, choices):
        """Each of the first delegates votes for one of the choices; [VoteAnswer]."""
        return [
            vote(poll, delegate, choice)
            for delegate, choice in zip(self.delegates, choices, strict=False)
        ]

    def close(self, poll):
        return actions.close_poll(poll, by=self.system)

    def declare(self, poll):
        return actions.declare_poll(
            self.close(poll) if Poll.objects.get(pk=poll.pk).state == "open" else poll,
            by=self.system,
        )

    def hands(self, poll, point, heads, counts):
        return RoomCount.objects.create(
            poll=poll, point=point, heads=heads, counts=counts, noted_at=now(), noted_by="room"
        )


@pytest.fixture
def law(law_loaded, system):
    load_law(by=system)


@pytest.fixture
def vault(settings, tmp_path):
    """Keys in a folder of the test."""
    settings.VAULT_ROOT = tmp_path / "vault"
    return settings.VAULT_ROOT


@pytest.fixture
def hall(country, system, law, vault):
    return Hall(country.here, system)
