"""The one row of what is said of the installation."""

from danchu.staff.models import Installation


def installation_row() -> Installation:
    """The row, locked, or a new one that is not stored yet."""
    return Installation.objects.select_for_update().filter(pk=1).first() or Installation(pk=1)
