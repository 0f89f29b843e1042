"""Whole numbers as forms send them."""

from danchu.kernel import addresses


def number_in(sent, name):
    """The number of a field, None where there is none that can be meant."""
    return addresses.number_in(sent.get(name))


def seconds_in(sent, otherwise):
    """Minutes of a field as seconds."""
    minutes = number_in(sent, "minutes")
    return minutes * 60 if minutes is not None and minutes <= 60 else otherwise
