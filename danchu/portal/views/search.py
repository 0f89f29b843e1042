"""Search without marks."""

from danchu.look.pages import page
from danchu.units.find import find_units


def search(request):
    """Places, indicators and records by any words of their names, without marks."""
    query = request.GET.get("q", "").strip()
    return page(
        request, "portal/search.html", query=query, units=find_units(query, limit=12) if query else []
    )
