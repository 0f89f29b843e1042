"""The law book of this moment: all versions of all rules and the calendar, read once and kept in
memory until one of them changes.
"""

from collections import defaultdict
from datetime import date, timedelta
from functools import lru_cache

from django.db import connection
from django.utils.translation import gettext as _

from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.law.calendar import Calendar, Mark
from danchu.law.deadline import Due, due, due_day
from danchu.law.models import CalendarDay, CalendarVersion, Edition, RuleVersion
from danchu.law.rule import Rule


class Book:
    """Rules by key, oldest version first, and the calendar as last set."""

    def __init__(self) -> None:
        self._versions: dict[str, list[Rule]] = defaultdict(list)
        rows = RuleVersion.objects.standing().select_related("text").order_by("key", "since")
        for row in rows:
            self._versions[row.key].append(row.rule)
        self.calendar = calendar_at(None)

    def names(self) -> list[str]:
        """The keys of all rules."""
        return sorted(self._versions)

    def versions(self, key: str) -> list[Rule]:
        """All versions of a rule, oldest first. Refused, naming the key, where there is none."""
        if key not in self._versions:
            raise Refused(
                _("Không có quy tắc “%s”. Hãy xem danh mục: danchu rules.") % key[:60], "key"
            )
        return self._versions[key]

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

    def rule_for(self, key: str, event: date, on: date | None = None) -> Rule:
        """The version an event is judged by, seen from the day `on` (today).

        That of the event's day; a later version that also governs what is running takes over what
        was not yet due when it came into force. Refused where none is in force on the event's day.
        """
        rule = self.rule(key, event)
        last = on or today()
        for later in self.versions(key):
            running = later.transition == "running" and rule.since < later.since <= last
            if running and rule.is_deadline and due_day(rule, event, self.calendar) >= later.since:
                rule = later
        return rule

    def due(self, key: str, event: date, on: date | None = None) -> Due:
        """The Due of an event under the rule that governs it. Refused as `rule_for` and `due`."""
        return due(self.rule_for(key, event, on), event, self.calendar)


def book() -> Book:
    """The current book: one small query, and all others only after a change of the law."""
    if connection.in_atomic_block:
        return Book()  # not kept: what this transaction changed may yet be rolled back
    return _kept(edition())


def edition() -> int | None:
    """The number that grows with every change of the law; None before the first."""
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first()


@lru_cache(1)
def _kept(_edition: int | None) -> Book:
    return Book()


def calendar_at(version: int | None) -> Calendar:
    """The calendar as it was at a version (None: now): each year as it was last set by then."""
    versions = (
        CalendarVersion.objects.all()
        if version is None
        else CalendarVersion.objects.filter(number__lte=version)
    )
    last = {row.year: row.number for row in versions.order_by("number")}
    days = CalendarDay.objects.filter(version__in=last.values()).order_by("day")
    marks = [Mark(row.day, row.kind, row.name) for row in days]
    return Calendar(marks, last, max(last.values(), default=0))


def missing_years(day: date, ahead: int) -> list[int]:
    """The years from the day to `ahead` days after it whose days off were never set."""
    wanted = sorted({day.year, (day + timedelta(days=ahead)).year})
    loaded = set(CalendarVersion.objects.filter(year__in=wanted).values_list("year", flat=True))
    return [year for year in wanted if year not in loaded]
