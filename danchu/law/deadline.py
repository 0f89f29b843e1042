"""The due date of an event under a rule, as a pure function of both and the calendar.

Counting begins on the day after the event (Civil Code 2015 article 147). A period in days that ends
on a day off ends on the next working day (article 148.5). "Before" and "at least so long" do not
move. A month ends on the day of the same number, or on the last of the month.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _
from danchu.law.calendar import FIRST, LAST
from danchu.law.rule import DAY, WORKING_DAY, Rule


class Due(NamedTuple):
    """The due day, and everything it was worked out from: kept, it can be checked years later.

    For a duration ("lasting") the due day is the first on which it may end. `complete` is False
    when it touches a year whose holidays were not loaded.
    """

    day: date
    rule: Rule
    event: date
    calendar_version: int
    complete: bool


def due(rule, event, calendar):
    """The Due of `event` under the rule; Refused when the rule is no deadline or the day is out
    of the calendar.
    """
    if not rule.is_deadline:
        raise Refused(_("Quy tắc “%s” là một ngưỡng, không phải thời hạn.") % rule.key, "key")
    day = due_day(rule, event, calendar)
    complete = calendar.knows(min(event, day), max(event, day))
    return Due(day, rule, event, calendar.version, complete)


def due_day(rule, event, calendar):
    """Only the day: the inner loop where a million are worked out."""
    if not FIRST <= event <= LAST:
        return calendar.after(event, LAST.toordinal())  # refused there, in words
    number, sense = rule.value.numerator, rule.sense
    if rule.unit == WORKING_DAY:
        return (
            calendar.before(event, number) if sense == "before" else calendar.after(event, number)
        )
    if rule.unit == DAY:
        day = (
            event - timedelta(days=number) if sense == "before" else event + timedelta(days=number)
        )
    else:
        day = months_from(event, -number if sense == "before" else number)
    return calendar.from_on(day) if sense == "within" else day


def months_from(day, number):
    """The day of the same number so many months on (or back), or the last of that month."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_late(sense, due_on, done):
    """Whether what was done on `done` came too late ("within", "before") or ended too soon
    ("lasting").
    """
    return done < due_on if sense == "lasting" else done > due_on
