"""Working days: Monday to Friday, less holidays and days exchanged, with the Saturdays that make up
for them.

Labour Code 2019 article 112; the Government fixes the days of each year. For a year that was not
loaded only weekends and the holidays with a fixed date are taken into account. For such a year, and
for one whose days are only a guess (`DOUBTFUL`), `Calendar.is_complete` is False.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext_noop

from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _

# Marks of a year whose days were entered before they were announced: they may still change.
DOUBTFUL = ("memory_med", "memory_low")
OFF = ("holiday", "swapped_off")
MAKE_UP = "make_up"
FIXED = {
    (1, 1): gettext_noop("Tết Dương lịch"),
    (4, 30): gettext_noop("Ngày Chiến thắng 30/4"),
    (5, 1): gettext_noop("Ngày Quốc tế Lao động"),
    (9, 2): gettext_noop("Quốc khánh"),
}
# Names that occur in sources/calendar.toml, listed here so that they are translated.
LUNAR = (gettext_noop("Tết Nguyên đán"), gettext_noop("Giỗ Tổ Hùng Vương"))
FIRST = date(1980, 1, 1)
LAST = date(2099, 12, 31)
SATURDAY = 5
SUNDAY = 6


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that differs from its weekday: a holiday, a day off in exchange, or a make-up working
    day. `kind` is one of `OFF` or `MAKE_UP`.
    """

    day: date
    kind: str
    name: str


class WorkingDays(Protocol):
    """What `due_day` needs of a calendar."""

    def after(self, day: date, number: int) -> date: ...

    def before(self, day: date, number: int) -> date: ...

    def on_or_after(self, day: date) -> date: ...


class Calendar:
    """The working days under one version of the calendar. `years` are those whose special days
    were loaded, `doubtful` those of them that are only a guess.
    """

    def __init__(
        self,
        special_days: Iterable[SpecialDay] = (),
        years: Iterable[int] = (),
        version: int = 0,
        doubtful: Iterable[int] = (),
    ) -> None:
        self.version = version
        self.years = frozenset(years)
        self.doubtful = frozenset(doubtful)
        self.special_days = {special.day: special for special in special_days}
        for year in range(FIRST.year, LAST.year + 1):
            if year not in self.years:
                for (month, day), name in FIXED.items():
                    self.special_days.setdefault(
                        date(year, month, day), SpecialDay(date(year, month, day), "holiday", name)
                    )
        self._working = self._working_ordinals()

    def _working_ordinals(self) -> list[int]:
        """The ordinals (`date.toordinal`) of all working days, sorted."""
        first = FIRST.toordinal()
        end = LAST.toordinal() + 1
        days = set(range(first, end))
        for weekday in (SATURDAY, SUNDAY):
            days.difference_update(range(first + weekday - FIRST.weekday(), end, 7))
        special_days = self.special_days.values()
        days -= {special.day.toordinal() for special in special_days if special.kind in OFF}
        days |= {special.day.toordinal() for special in special_days if special.kind == MAKE_UP}
        return sorted(days)

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day."""
        special = self.special_days.get(day)
        if special is not None:
            return special.kind == MAKE_UP
        return day.weekday() < SATURDAY

    def why_off(self, day: date) -> str:
        """Why the day is not a working day, in the reader's language; "" when it is one."""
        special = self.special_days.get(day)
        if special is not None and special.kind in OFF:
            return _(special.name)
        if self.is_working(day):
            return ""
        return _("thứ Bảy") if day.weekday() == SATURDAY else _("Chủ nhật")

    def after(self, day: date, number: int) -> date:
        """The `number`-th working day after the day. Refused outside FIRST to LAST."""
        return self._nth(bisect_right(self._working, day.toordinal()) + number - 1)

    def before(self, day: date, number: int) -> date:
        """The `number`-th working day before the day. Refused outside FIRST to LAST."""
        return self._nth(bisect_left(self._working, day.toordinal()) - number)

    def on_or_after(self, day: date) -> date:
        """The first working day on or after the day. Refused outside FIRST to LAST."""
        return self._nth(bisect_left(self._working, day.toordinal()))

    def is_complete(self, since: date, until: date) -> bool:
        """Whether the special days of every year from `since` to `until` are loaded and certain."""
        years = range(since.year, until.year + 1)
        return all(year in self.years and year not in self.doubtful for year in years)

    def _nth(self, index: int) -> date:
        """The working day at the index of `_working`. Refused, on "event", outside it."""
        if not 0 <= index < len(self._working):
            raise Refused(
                _(
                    "Ngày nằm ngoài lịch làm việc (từ năm %(first)s đến năm %(last)s). "
                    "Hãy kiểm tra lại năm."
                )
                % {"first": FIRST.year, "last": LAST.year},
                "event",
            )
        return date.fromordinal(self._working[index])


def days_between(since: date, until: date) -> Iterator[date]:
    """Every day after `since`, up to and including `until`."""
    for number in range(1, (until - since).days + 1):
        yield since + timedelta(days=number)
