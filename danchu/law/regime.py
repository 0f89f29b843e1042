"""The grassroots democracy laws and when each was in force, so that a figure can name the law of
its period. They are the versions of the rule "regime".
"""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from danchu.kernel.days import Period
from danchu.kernel.reading import once
from danchu.law.book import edition
from danchu.law.models import RuleVersion
from danchu.law.rule import Rule

KEY = "regime"


def regimes(period: Period, among: Iterable[Rule] | None = None) -> list[Rule]:
    """The laws in force on at least one day of the period, oldest first. `among` are all of them,
    where the caller has read them already.
    """
    return [
        law
        for law in (all_regimes() if among is None else among)
        if law.since < period.until and (law.until is None or law.until > period.since)
    ]


def all_regimes() -> tuple[Rule, ...]:
    """All democracy laws, oldest first, cached per edition: one small query, and a second one only
    after a change of the law.
    """
    return once("regimes", _current_regimes, lasts=())


def _current_regimes() -> tuple[Rule, ...]:
    uid = edition()
    return _read() if uid is None else _cached_regimes(uid)


def _read() -> tuple[Rule, ...]:
    rows = (
        RuleVersion.objects.uncorrected().filter(key=KEY).select_related("text").order_by("since")
    )
    return tuple(row.rule for row in rows)


@lru_cache(2)
def _cached_regimes(_edition: UUID) -> tuple[Rule, ...]:
    return _read()
