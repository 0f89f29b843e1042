"""Reads a day and a period from the query string of a public address, and writes one."""

from datetime import timedelta
from urllib.parse import urlencode

from danchu.kernel.addresses import year_in
from danchu.kernel.days import Period, parse_day, today
from danchu.kernel.reading import once
from danchu.units.named import unit_named, unit_of_code, unit_typed


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


def place_in(request, text, day=None):
    """The unit that the text of a parameter means. Digits in an address are an id, as the addresses
    of the product write it; in a form of a page, which says so by `typed`, they are a code that a
    person types. Refused where there is none or more than one.
    """
    if request.GET.get("typed"):
        return unit_typed(text, day or today())
    # Units have no fields that change but in their own acts, which are noted.
    return once(("unit named", text, day), lambda: unit_named(text, day), lasts=())


def other_place(unit, text):
    """The unit whose code of today is what an address has as the id of this one; None where nobody
    can have meant it.
    """
    if not text.isdecimal() or int(text) != unit.pk:
        return None
    other = once(("unit of code", text), lambda: unit_of_code(text, today()), lasts=())
    return other if other is not None and other.pk != unit.pk else None


def query_string(**values):
    """The values that are not empty, url-encoded in the order of the arguments."""
    return urlencode({key: value for key, value in values.items() if value not in (None, "")})
