"""Filters and components usable in every template without {% load %}: they take plain values only."""

from django import template
from django.utils.translation import get_language

from danchu.kernel.days import show_day
from danchu.kernel.numbers import show_number, show_percent

register = template.Library()


@register.filter
def number(value, places=None):
    """12.567 in Vietnamese, 12,567 in English; – for None."""
    return show_number(_plain(value), places, _language())


@register.filter
def percent(value, places=1):
    """92,3 % from a value in percent."""
    return show_percent(_plain(value), places, _language())


@register.filter
def day(value):
    """12/12/2023; – for None."""
    return show_day(value) if value else "–"


def _plain(value):
    return None if value == "" else value


def _language():
    return "en" if (get_language() or "vi").startswith("en") else "vi"
