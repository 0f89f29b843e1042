"""Sets the product's clock in a test: `clock.set("2026-06-15")`, `clock.forward(days=3)`."""

from datetime import date, datetime, time, timedelta

import pytest

from danchu.kernel import days

LASTING = 10 * 365 * 24 * 3600  # seconds


class Clock:
    """`at` is the instant that the product's clock returns; None: the machine's."""

    def __init__(self):
        self.at = None

    def set(self, day, hour=9):
        day = date.fromisoformat(day) if isinstance(day, str) else day
        self.at = datetime.combine(day, time(hour), days.VIETNAM).astimezone(days.UTC)

    def forward(self, **span):
        """Move the clock by days, hours or minutes; negative ones set it back."""
        self.at = days.now() + timedelta(**span)


@pytest.fixture
def clock(monkeypatch, settings):
    # Weeks are played in one session.
    settings.IDLE_SECONDS = settings.SESSION_COOKIE_AGE = LASTING
    clock_set, machine = Clock(), days.read_clock
    monkeypatch.setattr(days, "read_clock", lambda: clock_set.at or machine())
    return clock_set
