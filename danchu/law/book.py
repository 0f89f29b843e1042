"""The law book of this moment: all versions of all rules and the calendar, read once and kept
until something changes.
"""

from collections import defaultdict
from datetime import timedelta
from functools import lru_cache

from django.db import connection
from django.utils.translation import gettext as _

from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.law.calendar import Calendar, Mark
from danchu.law.deadline import due, due_day
from danchu.law.models import CalendarDay, CalendarVersion, Edition, RuleVersion


class Book:
    """Rules by key, oldest version first, and the calendar as last set."""

    def __init__(self):
        self._versions = defaultdict(list)
        rows = RuleVersion.objects.standing().select_related("text").order_by("key", "since")
        for row in rows:
            self._versions[row.key].append(row.rule)
        self.calendar = calendar_at(None)

    def names(self):
        """The keys of all rules."""
        return sorted(self._versions)

    def versions(self, key):
        """All versions of a rule; Refused by name where there is no such rule."""
        if key not in self._versions:
            raise Refused(
                _("Không có quy tắc “%s”. Hãy xem danh mục: danchu rules.") % key[:60], "key"
            )
        return self._versions[key]

    def rule(self, key, day):
        """The version in force on the day."""
        found = next((rule for rule in self.versions(key) if rule.in_force(day)), None)
        if found is None:
            raise Refused(
                _("Quy tắc “%(key)s” không có hiệu lực vào ngày %(day)s.")
                % {"key": key, "day": show_day(day)},
                "event",
            )
        return found

    def rule_for(self, key, event, on=None):
        """The version an event is judged by, seen from the day `on` (today).

        That of the event's day; a later version that also governs what is running takes over what
        was not yet due when it came into force.
        """
        found, on = self.rule(key, event), on or today()
        for later in self.versions(key):
            running = later.transition == "running" and found.since < later.since <= on
            if (
                running
                and found.is_deadline
                and due_day(found, event, self.calendar) >= later.since
            ):
                found = later
        return found

    def due(self, key, event, on=None):
        """The Due of an event under the rule that governs it."""
        return due(self.rule_for(key, event, on), event, self.calendar)


def book():
    """The book in force: one small question, and the rest read only after a change."""
    if connection.in_atomic_block:
        return Book()  # what this transaction changed may yet be undone
    return _kept(edition())


def edition():
    """Grows with every change of the law."""
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first()


@lru_cache(1)
def _kept(_edition):
    return Book()


def calendar_at(version):
    """The calendar as it was at a version (None: now): of each year what was set last by then."""
    versions = (
        CalendarVersion.objects.all()
        if version is None
        else CalendarVersion.objects.filter(number__lte=version)
    )
    last = {row.year: row.number for row in versions.order_by("number")}
    days = CalendarDay.objects.filter(version__in=last.values()).order_by("day")
    marks = [Mark(row.day, row.kind, row.name) for row in days]
    return Calendar(marks, last, max(last.values(), default=0))


def missing_years(day, ahead):
    """The years that the day and the `ahead` days after it touch and whose days off were never
    set.
    """
    wanted = sorted({day.year, (day + timedelta(days=ahead)).year})
    loaded = set(CalendarVersion.objects.filter(year__in=wanted).values_list("year", flat=True))
    return [year for year in wanted if year not in loaded]
