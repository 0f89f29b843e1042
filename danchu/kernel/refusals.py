"""The two ways the product says no. Every surface translates them once."""


class Refused(Exception):
    """The act is not possible as asked; the message says in Vietnamese what to change.

    `field` names the form field or column the message belongs to, "" for the whole.
    """

    def __init__(self, message, field=""):
        super().__init__(str(message))
        self.message, self.field = message, field


class Denied(Exception):
    """The actor has no right to this act on this day."""

    def __init__(self, message=""):
        super().__init__(str(message))
        self.message = message


def require(allowed, message=""):
    """Raise `Denied` unless `allowed`."""
    if not allowed:
        raise Denied(message)
