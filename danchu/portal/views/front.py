"""The front page."""

from danchu.look.pages import page


def front(request):
    """What was done where, in ten seconds."""
    return page(request, "portal/front.html")
