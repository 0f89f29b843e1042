"""Pages of the public site."""

from danchu.look.pages import page
from danchu.look.style_page import style_page
from danchu.units.places import points


def front(request):
    """What was done where, in ten seconds."""
    return page(request, "portal/front.html")


def search(request):
    """Places, indicators and records by any words of their names, without marks."""
    return page(request, "portal/search.html", query=request.GET.get("q", ""))


def style(request):
    """The living page of the visual language."""
    return style_page(request, ground=[(point.lat, point.lon) for point in points().values()])
