"""The due date of an event under a rule, as a pure function of both and the calendar.

Counting begins on the day after the event (Civil Code 2015 article 147). A period in days or months
that ends on a day off ends on the next working day (article 148.5); only "within" is moved so, not
"before", "lasting" or "through". A month ends on the day of the same number, or on its last day.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _
from danchu.law.calendar import FIRST, LAST, Calendar, WorkingDays
from danchu.law.rule import DAY, WORKING_DAY, Rule


class Due(NamedTuple):
    """The due day, and everything it was worked out from, so that it can be checked years later.

    For a duration ("lasting") the due day is the first on which it may end. `complete` is False
    when it touches a year whose holidays were not loaded.
    """

    day: date
    rule: Rule
    event: date
    calendar_version: int
    complete: bool


def due(rule: Rule, event: date, calendar: Calendar) -> Due:
    """The Due of `event` under the rule. Refused when the rule is no deadline or the day is out
    of the calendar.
    """
    if not rule.is_deadline:
        raise Refused(_("Quy tắc “%s” là một ngưỡng, không phải thời hạn.") % rule.key, "key")
    day = due_day(rule, event, calendar)
    complete = calendar.knows(min(event, day), max(event, day))
    return Due(day, rule, event, calendar.version, complete)


def due_day(rule: Rule, event: date, calendar: WorkingDays) -> date:
    """Only the day, for loops over millions of events. Refused when it is out of the calendar."""
    if not FIRST <= event <= LAST:
        return calendar.after(event, LAST.toordinal())  # refuses, with the years it knows
    number = rule.quantity.numerator
    backwards = rule.sense == "before"
    if rule.unit == WORKING_DAY:
        return calendar.before(event, number) if backwards else calendar.after(event, number)
    if backwards:
        number = -number
    day = event + timedelta(days=number) if rule.unit == DAY else months_from(event, number)
    return calendar.from_on(day) if rule.sense == "within" else day


def months_from(day: date, number: int) -> date:
    """The day of the same number so many months on (or back), or the last of that month."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_late(sense: str, due_on: date, done: date) -> bool:
    """Whether what was done on `done` came too late ("within", "before") or ended too soon
    ("lasting").
    """
    return done < due_on if sense == "lasting" else done > due_on
