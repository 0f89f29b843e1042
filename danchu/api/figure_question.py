"""The parameters by which the API and the command line name a figure."""

from datetime import date

from danchu.figures.catalogue import Indicator, indicator
from danchu.kernel.days import Period, parse_day, today
from danchu.units.named import unit_named

FIRST_YEAR = "2000-01-01"


def figure_question(
    key: str, unit: str, since: str, until: str, map_day: str
) -> tuple[Indicator, int, Period, date]:
    """(indicator, unit id, period, day of the map) from text. `since` defaults to FIRST_YEAR,
    `until` (exclusive) to today or a later day of the map, the day of the map to today. Raises
    Refused, by field, for what cannot be read.
    """
    last = parse_day(until) if until else None
    day = parse_day(map_day) if map_day else today()
    first = parse_day(since or FIRST_YEAR)
    return indicator(key), unit_named(unit, day).pk, Period(first, last or max(day, today())), day
