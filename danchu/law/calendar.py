"""Working days: Monday to Friday, less holidays and days exchanged, with the Saturdays that make up
for them.

Labour Code 2019 article 112; the Government fixes the days of each year. Of a year that was not
loaded only weekends and the holidays with a fixed date are known, and `Calendar.knows` is False.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext_noop

from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _

OFF = ("holiday", "swapped_off")
MAKE_UP = "make_up"
FIXED = {
    (1, 1): gettext_noop("Tết Dương lịch"),
    (4, 30): gettext_noop("Ngày Chiến thắng 30/4"),
    (5, 1): gettext_noop("Ngày Quốc tế Lao động"),
    (9, 2): gettext_noop("Quốc khánh"),
}
# Names in the calendar's data, listed so that they are translated.
LUNAR = (gettext_noop("Tết Nguyên đán"), gettext_noop("Giỗ Tổ Hùng Vương"))
FIRST = date(1980, 1, 1)
LAST = date(2099, 12, 31)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that is not what its weekday says: a holiday, a day exchanged, or a day that makes
    up for one.
    """

    day: date
    kind: str
    name: str


class WorkingDays(Protocol):
    """What a deadline is counted on."""

    def after(self, day: date, number: int) -> date: ...

    def before(self, day: date, number: int) -> date: ...

    def from_on(self, day: date) -> date: ...


class Calendar:
    """The working days under one version of the calendar. `years`: those whose marks were
    loaded.
    """

    def __init__(
        self, marks: Iterable[Mark] = (), years: Iterable[int] = (), version: int = 0
    ) -> None:
        self.version = version
        self.years = frozenset(years)
        self.marks = {mark.day: mark for mark in marks}
        for year in range(FIRST.year, LAST.year + 1):
            if year not in self.years:
                for (month, day), name in FIXED.items():
                    self.marks.setdefault(
                        date(year, month, day), Mark(date(year, month, day), "holiday", name)
                    )
        self._working = self._list()

    def _list(self) -> list[int]:
        """The ordinals of all working days, in order."""
        ordinals = range(FIRST.toordinal(), LAST.toordinal() + 1)
        days = {number for number in ordinals if (number - 1) % 7 < SATURDAY}  # 1 is a Monday
        days -= {mark.day.toordinal() for mark in self.marks.values() if mark.kind in OFF}
        days |= {mark.day.toordinal() for mark in self.marks.values() if mark.kind == MAKE_UP}
        return sorted(days)

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day."""
        mark = self.marks.get(day)
        if mark is not None:
            return mark.kind == MAKE_UP
        return day.weekday() < SATURDAY

    def why_off(self, day: date) -> str:
        """Why it is no working day, in the reader's language; "" when it is one."""
        mark = self.marks.get(day)
        if mark is not None and mark.kind in OFF:
            return _(mark.name)
        if self.is_working(day):
            return ""
        return _("thứ Bảy") if day.weekday() == SATURDAY else _("Chủ nhật")

    def after(self, day: date, number: int) -> date:
        """The `number`-th working day after the day. Refused out of the calendar."""
        return self._at(bisect_right(self._working, day.toordinal()) + number - 1)

    def before(self, day: date, number: int) -> date:
        """The `number`-th working day before the day. Refused out of the calendar."""
        return self._at(bisect_left(self._working, day.toordinal()) - number)

    def from_on(self, day: date) -> date:
        """The day itself when it is a working day, else the next. Refused out of the calendar."""
        return self._at(bisect_left(self._working, day.toordinal()))

    def knows(self, since: date, until: date) -> bool:
        """Whether every year the days touch was loaded."""
        return all(year in self.years for year in range(since.year, until.year + 1))

    def _at(self, place: int) -> date:
        if not 0 <= place < len(self._working):
            raise Refused(
                _(
                    "Ngày nằm ngoài lịch làm việc (từ năm %(first)s đến năm %(last)s). "
                    "Hãy kiểm tra lại năm."
                )
                % {"first": FIRST.year, "last": LAST.year},
                "event",
            )
        return date.fromordinal(self._working[place])


def days_between(since: date, until: date) -> Iterator[date]:
    """Every day after `since`, up to `until`."""
    for number in range(1, (until - since).days + 1):
        yield since + timedelta(days=number)
