"""The law book: all versions of all rules and the calendar, cached in memory until one of them
changes.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.law.calendar import DOUBTFUL, Calendar, SpecialDay
from danchu.law.deadline import Due, due, due_day
from danchu.law.models import CalendarDay, CalendarVersion, Edition, JoinedKey, RuleVersion
from danchu.law.rule import Rule


class Book:
    """All versions of all rules, oldest first, and the latest calendar."""

    def __init__(self) -> None:
        self._versions: dict[str, list[Rule]] = defaultdict(list)
        rows = RuleVersion.objects.uncorrected().select_related("text").order_by("key", "since")
        for row in rows:
            self._versions[row.key].append(row.rule)
        self._joined = dict(JoinedKey.objects.values_list("key", "into"))
        self.calendar = calendar_at(None)

    def rule_keys(self) -> list[str]:
        """The keys of all rules."""
        return sorted(self._versions)

    def versions(self, key: str) -> list[Rule]:
        """All versions of a rule, oldest first; of a key that was joined into another one, those of
        the other. Refused, naming the key, where there is none.
        """
        name = self._joined.get(key, key)
        if name not in self._versions:
            raise Refused(
                _("Không có quy tắc “%s”. Hãy xem danh mục: danchu rules.") % key[:60], "key"
            )
        return self._versions[name]

    def rule(self, key: str, day: date) -> Rule:
        """The version in force on the day. Refused where none is."""
        for rule in self.versions(key):
            if rule.in_force(day):
                return rule
        raise Refused(
            _("Quy tắc “%(key)s” không có hiệu lực vào ngày %(day)s.")
            % {"key": key, "day": show_day(day)},
            "event",
        )

    def is_in_force(self, key: str, day: date) -> bool:
        """Whether a version of the rule is in force on the day; False where there is no rule."""
        return self.rule_if_any(key, day) is not None

    def rule_if_any(self, key: str, day: date) -> Rule | None:
        """The version in force on the day; None where none is."""
        name = self._joined.get(key, key)
        versions = self._versions.get(name, [])
        return next((rule for rule in versions if rule.in_force(day)), None)

    def rule_for(self, key: str, event: date, on: date | None = None) -> Rule:
        """The version that governs an event, as of the day `on` (today by default).

        This is the version in force on the day of the event, unless a later version with the
        transition "running" came into force by `on` and not after the event's due day. Refused
        where no version is in force on the day of the event.
        """
        rule = self.rule(key, event)
        last = on or today()
        for version in self.versions(key):
            is_running = version.transition == "running" and rule.since < version.since <= last
            if not is_running or not rule.is_deadline:
                continue
            if due_day(rule, event, self.calendar) >= version.since:
                rule = version
        return rule

    def due(self, key: str, event: date, on: date | None = None) -> Due:
        """The Due of an event under the rule that governs it. Refused as `rule_for` and `due`."""
        return due(self.rule_for(key, event, on), event, self.calendar)


def book() -> Book:
    """The current book, cached per edition: one small query, more only after the law changed."""
    current = edition()
    return Book() if current is None else _cached_book(current)


def edition() -> UUID | None:
    """The id of the current edition of the law, new after every change; None before the first. An
    edition that a transaction rolls back leaves an id that no other one ever has.
    """
    return Edition.objects.filter(pk=1).values_list("uid", flat=True).first()


@lru_cache(2)  # the committed edition, and one that a transaction is writing
def _cached_book(_edition: UUID) -> Book:
    return Book()


def calendar_at(version: int | None) -> Calendar:
    """The calendar as of a version number (None: the latest): each year as last set by then."""
    versions = (
        CalendarVersion.objects.all()
        if version is None
        else CalendarVersion.objects.filter(number__lte=version)
    )
    latest = {row.year: row for row in versions.order_by("number")}
    numbers = [row.number for row in latest.values()]
    days = CalendarDay.objects.filter(version__in=numbers).order_by("day")
    special_days = [SpecialDay(row.day, row.kind, row.name) for row in days]
    doubtful = [year for year, row in latest.items() if row.mark in DOUBTFUL]
    return _calendar(
        tuple(special_days), frozenset(latest), max(numbers, default=0), frozenset(doubtful)
    )


@lru_cache(8)  # versions that one page shows beside each other; each holds 30,000 working days
def _calendar(
    special_days: tuple[SpecialDay, ...],
    years: frozenset[int],
    version: int,
    doubtful: frozenset[int],
) -> Calendar:
    return Calendar(special_days, years, version, doubtful)


def missing_years(day: date, ahead: int) -> list[int]:
    """Those of the years of `day` and of `ahead` days later whose calendar was never set."""
    years = sorted({day.year, (day + timedelta(days=ahead)).year})
    set_years = set(CalendarVersion.objects.filter(year__in=years).values_list("year", flat=True))
    return [year for year in years if year not in set_years]


def uncertain_years(years: Iterable[int]) -> list[int]:
    """Those of the years whose calendar was never set, or only as a guess."""
    marks = dict(
        CalendarVersion.objects.filter(year__in=set(years))
        .order_by("number")
        .values_list("year", "mark")
    )
    return [year for year in sorted(set(years)) if marks.get(year, "memory_low") in DOUBTFUL]
