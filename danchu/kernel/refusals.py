"""The two ways the product refuses an act. Every surface translates each of them in one place."""


class Refused(Exception):
    """The act is not possible with these values; the message says in Vietnamese what to change.

    `field` names the form field or column the message belongs to, "" for the whole form.
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
