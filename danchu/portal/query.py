"""Reads a day and a period from the query string of a public address, and writes one."""

from datetime import timedelta
from urllib.parse import urlencode

from danchu.kernel.addresses import year_in
from danchu.kernel.days import Period, parse_day, today


def day_in(request, name="on", default=None):
    """The day of the parameter `name`, else `default`, else today. Refused where it is no day."""
    text = request.GET.get(name, "").strip()
    return parse_day(text) if text else default or today()


def period_in(request, default):
    """The Period of `year=2023`, or of `since=` and `last=` (both inclusive), each of which may be
    missing; else `default`.
    """
    year = year_in(request.GET.get("year", "").strip(), 1901, 2199)
    if year is not None:
        return Period.year(year)
    since = request.GET.get("since", "").strip()
    last = request.GET.get("last", "").strip()
    if not since and not last:
        return default
    return Period(
        parse_day(since) if since else default.since,
        parse_day(last) + timedelta(days=1) if last else default.until,
    )


def query_string(**values):
    """The values that are not empty, url-encoded in the order of the arguments."""
    return urlencode({key: value for key, value in values.items() if value not in (None, "")})
