"""Reading what a machine or the command line asks for: indicator, unit, period, day of the map."""

from danchu.figures.catalogue import indicator
from danchu.kernel.days import Period, parse_day, today
from danchu.units.find import unit_from

FIRST_YEAR = "2000-01-01"


def asked(key, unit, since, until, map_day):
    """(indicator, unit id, period, map day); refuses by name what does not read. Periods are
    half-open.
    """
    until = parse_day(until) if until else None
    day = parse_day(map_day) if map_day else today()
    since = parse_day(since or FIRST_YEAR)
    return indicator(key), unit_from(unit).pk, Period(since, until or max(day, today())), day
