"""What a public address asks for: a day of the map, a unit, a period, read kindly and refused
by name.
"""

from datetime import timedelta
from urllib.parse import urlencode

from danchu.kernel.addresses import number_in
from danchu.kernel.days import Period, parse_day, today
from danchu.units.find import unit_from


def day_asked(request, name="on", default=None):
    """The day in the address, else `default`, else today."""
    text = request.GET.get(name, "").strip()
    return parse_day(text) if text else default or today()


def unit_asked(request, default, name="unit"):
    """The unit in the address (12 or 01@2023-12-12), else `default`."""
    text = request.GET.get(name, "").strip()
    return unit_from(text) if text else default


def period_asked(request, default):
    """`year=2023`, or `since=` with `until=` (its last day, as people write it), else `default`."""
    year = number_in(request.GET.get("year", "").strip())
    if year is not None and 1900 < year < 2200:
        return Period.year(year)
    since = request.GET.get("since", "").strip()
    last = request.GET.get("last", "").strip()
    if not since and not last:
        return default
    return Period(
        parse_day(since) if since else default.since,
        parse_day(last) + timedelta(days=1) if last else default.until,
    )


def query(**values):
    """The values that are not empty, in the order given, for an address."""
    return urlencode({key: value for key, value in values.items() if value not in (None, "")})
