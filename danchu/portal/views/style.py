"""The living page of the visual language."""

from danchu.look.style_page import style_page
from danchu.portal.grounds import country


def style(request):
    return style_page(request, ground=country())
