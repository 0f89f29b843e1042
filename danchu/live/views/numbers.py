"""Whole numbers as forms send them."""


def number_in(sent, name):
    """The number of a field, None where there is none that can be meant."""
    text = sent.get(name) or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def seconds_in(sent, otherwise):
    """Minutes of a field as seconds."""
    minutes = number_in(sent, "minutes")
    return minutes * 60 if minutes is not None and minutes <= 60 else otherwise
