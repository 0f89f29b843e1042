"""QR codes for templates, without {% load %}."""

from django import template
from django.utils.safestring import mark_safe

from danchu.look.qr import qr_svg

register = template.Library()


@register.simple_tag
def qr(text):
    """The QR code of a text."""
    return mark_safe(qr_svg(text))


@register.simple_tag(takes_context=True)
def qr_address(context, address):
    """The QR code of the absolute URL of an address of this site."""
    return mark_safe(qr_svg(context["request"].build_absolute_uri(address)))
