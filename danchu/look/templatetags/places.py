"""Boxes of places for templates, without {% load %}."""

from django import template
from django.utils.translation import gettext as _

from danchu.subjects.places import PlaceInput
from danchu.units.choices import LONGEST_VALUE

register = template.Library()


@register.simple_tag
def place_box(name, value="", *, number="", label="", near=False, error=""):
    """The box in which a place is typed or chosen, outside of a declared form. `number` is its id;
    a box without a label of its own has `label`; `error` is the id of what says why it is wrong.
    """
    attrs = {"id": number or f"place-{name}", "maxlength": LONGEST_VALUE}
    if label:
        attrs["aria-label"] = label
    if error:
        attrs |= {"aria-invalid": "true", "aria-describedby": error}
    return PlaceInput(near=near).render(name, value, attrs)


@register.simple_tag
def part_box(number, value, error, place):
    """The box of the place of one row of parts: the `place`-th row of the page."""
    return place_box(
        f"part_unit_{number}",
        value,
        number=f"part_unit_{number}",
        label=f"{_('Nơi')} {place}",
        error=f"part_error_{number}" if error else "",
    )
