"""Parsing of numbers and ids from addresses and forms, which may contain anything."""

from uuid import UUID

DIGITS = 18  # any number of at most 18 digits fits into a bigint


def number_in(text: object, digits: int = DIGITS) -> int | None:
    """The integer that `text` writes in at most `digits` ASCII digits; None if it is not one."""
    number_text = "" if text is None else str(text)
    if not (number_text.isascii() and number_text.isdecimal() and len(number_text) <= digits):
        return None
    return int(number_text)


def year_in(text: object, first: int, last: int) -> int | None:
    """The year that `text` writes in four digits, from `first` to `last`; None if it is not one."""
    year = number_in(text, 4)
    return year if year is not None and first <= year <= last else None


def uid_in(text: object) -> UUID | None:
    """The UUID that `text` writes; None if it is not one."""
    try:
        return UUID(str(text or "")[:60])
    except ValueError:
        return None
