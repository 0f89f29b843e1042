"""The place that somebody chose as their own on this device. A cookie holds the id of the unit and
nothing else; where no cookie is kept, the parameter `my` of an address has the same meaning.
"""

from dataclasses import dataclass

from django.urls import reverse

from danchu.kernel.addresses import number_in
from danchu.kernel.days import today
from danchu.units.choices import successors_on
from danchu.units.maps import boundaries
from danchu.units.names import names_on

COOKIE = "place"
PARAMETER = "my"
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class MyPlace:
    """A unit of today: its id, name and code."""

    id: int
    name: str
    code: str

    @property
    def url(self):
        """The address of its page."""
        return reverse("unit", args=[self.id])

    @property
    def written(self):
        """The place as the filters of lists read it in an address."""
        return f"{self.code}@{today().isoformat()}" if self.code else self.name


def my_place(request):
    """The MyPlace of the reader; None where none was chosen, or where it was divided since. Asks
    the database only where one was chosen.
    """
    if not hasattr(request, "own_place"):
        request.own_place = _place_of(request)
    return request.own_place


def _place_of(request):
    unit = number_in(request.GET.get(PARAMETER) or request.COOKIES.get(COOKIE))
    if not unit:
        return None
    chart = boundaries(today())
    names = names_on(today())
    if unit not in names:
        return None
    units = [unit] if unit in chart else successors_on(chart, unit)
    if len(units) != 1:
        return None
    name = names[units[0]]
    return MyPlace(units[0], name.name, name.code)


def keep_place(response, unit):
    """Keep the unit (an id) as the reader's own place for a year; None forgets it."""
    if unit is None:
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(COOKIE, str(unit), max_age=YEAR_SECONDS, samesite="Lax", httponly=True)
    return response
