"""Whole numbers in the fields of forms."""

from danchu.kernel import addresses


def number_in(fields, name):
    """The number in a field; None if it is missing or no number."""
    return addresses.number_in(fields.get(name))


def seconds_in(fields, default):
    """The field `minutes` in seconds; `default` if it is missing or over an hour."""
    minutes = number_in(fields, "minutes")
    return minutes * 60 if minutes is not None and minutes <= 60 else default
