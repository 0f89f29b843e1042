"""The two exceptions that refuse an act. Every surface handles each of them in one place."""


class Refused(Exception):
    """The values do not permit the act; the message says in Vietnamese what to change.

    `field` is the form field or column that the message belongs to, "" for the whole form.
    """

    def __init__(self, message: object, field: str = "") -> None:
        super().__init__(str(message))
        self.message = message
        self.field = field


class Denied(Exception):
    """The actor has no right to this act on this day."""

    def __init__(self, message: object = "") -> None:
        super().__init__(str(message))
        self.message = message


def require(allowed: bool, message: object = "") -> None:
    """Raise `Denied` unless `allowed`."""
    if not allowed:
        raise Denied(message)
