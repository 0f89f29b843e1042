"""Pictures for telephones, usable in every template without {% load %}."""

from django import template
from django.utils.safestring import mark_safe

from danchu.look.qr import qr_svg

register = template.Library()


@register.simple_tag
def qr(text):
    """The text as a picture that a telephone reads."""
    return mark_safe(qr_svg(text))


@register.simple_tag(takes_context=True)
def qr_address(context, address):
    """An address of this site as a picture that a telephone opens."""
    return mark_safe(qr_svg(context["request"].build_absolute_uri(address)))
