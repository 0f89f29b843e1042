"""The one row of what is said of the installation."""

from danchu.kernel.days import today
from danchu.staff.models import Installation
from danchu.units.choices import typed_of_unit
from danchu.units.models import Unit


def installation_row() -> Installation:
    """The row, locked, or a new one that is not stored yet."""
    return Installation.objects.select_for_update().filter(pk=1).first() or Installation(pk=1)


def unit_of_use() -> Unit | None:
    """The unit that the installation is for; None where none is set."""
    row = Installation.objects.select_related("place").first()
    return row.place if row else None


def place_of_use() -> str:
    """What a form begins with for the place of the installation; "" where none is set."""
    unit = unit_of_use()
    return typed_of_unit(unit.pk, today()) if unit else ""
