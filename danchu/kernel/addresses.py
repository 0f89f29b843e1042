"""Numbers and ids as they stand in an address or a form, where anybody may have typed them."""

from uuid import UUID

DIGITS = 18  # any number of so many digits fits into a bigint of the database


def number_in(text: object, digits: int = DIGITS) -> int | None:
    """The whole number that `text` writes in at most `digits` ASCII digits; None if it does not."""
    typed = "" if text is None else str(text)
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= digits):
        return None
    return int(typed)


def uid_in(text: object) -> UUID | None:
    """The UUID that `text` writes, None if it writes none."""
    try:
        return UUID(str(text or ""))
    except ValueError:
        return None
