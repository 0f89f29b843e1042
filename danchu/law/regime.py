"""Which democracy law was in force when: what a figure says it was counted under. Versions of
the rule "regime".
"""

from functools import lru_cache

from django.db import connection

from danchu.kernel.one import met
from danchu.law.book import edition
from danchu.law.models import RuleVersion

KEY = "regime"


def regimes(period, among=None):
    """Those in force on at least a day of the period, oldest first, each a Rule; `among` are
    all of them, where they are at hand.
    """
    return [
        one
        for one in (known() if among is None else among)
        if one.since < period.until and (one.until is None or one.until > period.since)
    ]


def known():
    """All of them, oldest first: one small question, and the rest read only after a change of
    the law.
    """
    return met("regimes", _read if connection.in_atomic_block else lambda: _kept(edition()))


def _read():
    rows = RuleVersion.objects.standing().filter(key=KEY).select_related("text").order_by("since")
    return tuple(row.rule for row in rows)


@lru_cache(1)
def _kept(_edition):
    return _read()
