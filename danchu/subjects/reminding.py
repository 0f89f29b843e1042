"""What is to be done by the calendar where no row changes on the day: worked out when it is asked
for, and told at the desk and in the mail of the day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Reminded:
    """One thing to do about the record `uid` of the section `one`: in `words`, at the unit, by or
    from `day` (None where no rule gives one); `is_to_do`: it waits for somebody, `is_owed`: by a
    duty. `title` is that of the record, `where` the place it is about, `right` the (verb, kind) of
    whoever may do it.
    """

    one: str
    uid: UUID
    title: str
    unit: int
    where: str
    words: Any
    day: date | None
    is_to_do: bool
    is_owed: bool
    right: tuple[str, str]

    def is_due(self, on: date) -> bool:
        """Whether it is to be done on the day or within SOON."""
        return self.is_to_do and (self.day is None or self.day <= on + SOON)
