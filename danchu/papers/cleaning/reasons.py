"""Why a file is not accepted. The values are exit codes of the process that reads it."""

from enum import IntEnum


class Reason(IntEnum):
    """The exit code of the process for each kind of refusal; any other code means a limit."""

    BROKEN = 3  # damaged, cut short, or not readable by every program alike
    ACTIVE = 4  # macros, programs, embedded files, references to other places
    PIXELS = 5  # a picture of too many pixels
    UNCLEAN = 6  # who made it cannot be removed
    LARGE = 7  # unpacks to too much
    LOCKED = 8  # encrypted


class Unfit(Exception):
    """A file that is not accepted, for a Reason; the message is for developers and tests."""

    def __init__(self, reason, message=""):
        super().__init__(message)
        self.reason = reason
