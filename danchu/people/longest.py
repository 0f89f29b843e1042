"""How long somebody may act for another at most: dated rows of the law's book, which the operator
changes as any rule.
"""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.deadline import due_day

DELEGATION = "delegation.longest"
DEPUTY = "deputy.longest"


def last_day(key: str, since: date) -> date | None:
    """The last day of what begins on `since` and lasts as long as the rule permits; None where no
    rule is in force on that day.
    """
    law = book()
    rule = law.rule_if_any(key, since)
    return rule and due_day(rule, since, law.calendar)


def check_length(key: str, since: date, until: date) -> None:
    """Refused, on `until`, for what ends later than its rule permits; `until` is the day after the
    last one.
    """
    last = last_day(key, since)
    if last is not None and until > last + timedelta(days=1):
        raise Refused(
            _(
                "Từ ngày %(since)s lâu nhất đến hết ngày %(last)s (quy tắc “%(key)s”); hết hạn thì "
                "giao lại."
            )
            % {"since": show_day(since), "last": show_day(last), "key": key},
            "until",
        )
