"""The due date of an event under a rule: a pure function of the event, the rule and the calendar.

Counting begins on the day after the event (Civil Code 2015 article 147). A period in days or months
that ends on a day off ends on the next working day (article 148.5); only "within" is moved in this
way, not "before", "lasting" or "through". A period in months ends on the same day of the month, or
on the last day of a shorter month.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _
from danchu.law.calendar import FIRST, LAST, Calendar, WorkingDays
from danchu.law.rule import DAY, WORKING_DAY, Rule


class Due(NamedTuple):
    """The due day and all its inputs, so that the result can be checked years later.

    For a duration ("lasting") the due day is the first on which it may end. `complete` is False
    when the period touches a year whose holidays were not loaded, or only as a guess.
    """

    day: date
    rule: Rule
    event: date
    calendar_version: int
    complete: bool


def due(rule: Rule, event: date, calendar: Calendar) -> Due:
    """The Due of `event` under the rule. Refused when the rule is not a deadline or a day lies
    outside the calendar.
    """
    if not rule.is_deadline:
        raise Refused(_("Quy tắc “%s” là một ngưỡng, không phải thời hạn.") % rule.key, "key")
    day = due_day(rule, event, calendar)
    complete = calendar.is_complete(min(event, day), max(event, day))
    return Due(day, rule, event, calendar.version, complete)


def due_day(rule: Rule, event: date, calendar: WorkingDays) -> date:
    """Only the day, for loops over millions of events. Refused outside the calendar."""
    if not FIRST <= event <= LAST:
        return calendar.after(event, LAST.toordinal())  # raises Refused
    number = rule.quantity.numerator
    backwards = rule.sense == "before"
    if rule.unit == WORKING_DAY:
        return calendar.before(event, number) if backwards else calendar.after(event, number)
    if backwards:
        number = -number
    day = event + timedelta(days=number) if rule.unit == DAY else months_from(event, number)
    return calendar.on_or_after(day) if rule.sense == "within" else day


def months_from(day: date, number: int) -> date:
    """The same day `number` months later (earlier if negative), or the last of a shorter month."""
    months = day.year * 12 + day.month - 1 + number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_late(sense: str, due_on: date, done_on: date) -> bool:
    """Whether `done_on` is after the due day, or, for a duration ("lasting"), before it."""
    return done_on < due_on if sense == "lasting" else done_on > due_on
