"""The one row of what is said of the installation."""

from danchu.kernel.days import today
from danchu.staff.models import Installation
from danchu.units.names import name_of


def installation_row() -> Installation:
    """The row, locked, or a new one that is not stored yet."""
    return Installation.objects.select_for_update().filter(pk=1).first() or Installation(pk=1)


def place_of_use() -> str:
    """The name of the place of the installation today; "" where none is set."""
    place = Installation.objects.values_list("place", flat=True).first()
    return name_of(place, today()) if place else ""
