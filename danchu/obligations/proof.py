"""Proof for `danchu verify`: every due day follows from the rule version and the calendar version
that its obligation names.
"""

from functools import cache

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.law.book import calendar_at
from danchu.law.deadline import due_day, is_late
from danchu.obligations.models import Obligation, State


def obligation_problems():
    """(place, message) of each obligation whose due day or outcome does not follow from its rule
    and calendar.
    """
    calendars = cache(calendar_at)
    for row in (
        Obligation.objects.select_related("rule", "rule__text").order_by("pk").iterator(2000)
    ):
        place = _("việc phải làm số %s") % row.pk
        expected = due_day(row.rule.rule, row.event_on, calendars(row.calendar))
        if expected != row.due_on:
            yield place, _("hạn phải là ngày %s") % show_day(expected)
        elif row.done_on and is_late(row.rule.sense, row.due_on, row.done_on) != (
            row.state == State.LATE
        ):
            yield place, _("kết quả không khớp với hạn")
