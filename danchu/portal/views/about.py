"""What the site says of itself: how far everybody can use it."""

from danchu.look.pages import page
from danchu.staff.models import Installation


def accessibility(request):
    """The statement of accessibility that state bodies publish."""
    name = Installation.objects.values_list("name", flat=True).first()
    return page(request, "portal/accessibility.html", installation_name=name)
