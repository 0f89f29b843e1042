"""Pages of the public site."""

from danchu.look.pages import page


def front(request):
    """What was done where, in ten seconds."""
    return page(request, "portal/front.html")


def search(request):
    """Places, indicators and records by any words of their names, without marks."""
    return page(request, "portal/search.html", query=request.GET.get("q", ""))
