"""The one row of what is said of the installation."""

from danchu.kernel.days import today
from danchu.staff.models import Installation
from danchu.units.choices import typed_of_unit


def installation_row() -> Installation:
    """The row, locked, or a new one that is not stored yet."""
    return Installation.objects.select_for_update().filter(pk=1).first() or Installation(pk=1)


def place_of_use() -> str:
    """What a form begins with for the place of the installation; "" where none is set."""
    place = Installation.objects.values_list("place", flat=True).first()
    return typed_of_unit(place, today()) if place else ""
