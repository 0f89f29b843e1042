"""The style guide: every component on one page."""

from danchu.look.style_page import style_page
from danchu.portal.grounds import country


def style(request):
    """The style guide."""
    return style_page(request, ground=country())
