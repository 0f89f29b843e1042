"""A table whose headings are not enough to read it."""

from danchu.kernel.refusals import Refused


class MissingColumns(Refused):
    """The file has none of the headings of the columns `missing`. `unread` are the headings that
    mean nothing here, {index of the column: heading}, in the row of this `number`: somebody may say
    which of them is meant.
    """

    def __init__(self, message, missing, unread, number):
        super().__init__(message, "file")
        self.missing = missing
        self.unread = unread
        self.number = number
