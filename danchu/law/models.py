"""The law as rows: legal texts, versions of rules, and versions of the calendar.

A version of a rule is never changed: a new one ends it, or a corrected one replaces it and both
stay readable.
"""

from datetime import date
from typing import Self
from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from danchu.kernel.words import language, local_name
from danchu.law import kept
from danchu.law.rule import MARKS, SENSES, TRANSITIONS, UNITS, Rule, read_value


class LegalText(models.Model):
    """A law, decree, circular or decision, in force from `since` until before `until`."""

    journal_kind = "legal_text"

    key = models.CharField(max_length=60, primary_key=True)
    vi = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    mark = models.CharField(max_length=16, choices=[(mark, mark) for mark in MARKS])

    def __str__(self) -> str:
        return self.vi


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    def uncorrected(self) -> Self:
        """Those not replaced by a correction."""
        return self.filter(replaced_at=None)

    def on(self, day: date) -> Self:
        """Those in force on the day."""
        return self.uncorrected().filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class RuleVersion(models.Model):
    """A rule in force from `since` until before `until`. `value` as `read_value` reads it."""

    journal_kind = "rule"

    key = models.CharField(max_length=60)
    vi = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    sense = models.CharField(max_length=12, choices=[(sense, sense) for sense in SENSES])
    value = models.CharField(max_length=20)
    unit = models.CharField(max_length=12, choices=[(unit, unit) for unit in UNITS])
    article = models.CharField(max_length=120, blank=True)
    text = models.ForeignKey(LegalText, models.PROTECT)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    mark = models.CharField(max_length=16, choices=[(mark, mark) for mark in MARKS])
    transition = models.CharField(
        max_length=8, choices=[(key, key) for key in TRANSITIONS], default="new"
    )
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.RULE_DIGEST,
            kept.RULE,
            ExclusionConstraint(
                name="one_rule_at_a_time",
                condition=Q(replaced_at=None),
                expressions=[
                    ("key", RangeOperators.EQUAL),
                    (
                        Func("since", "until", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                name="rule_ends_after_it_begins", condition=Q(until=None) | Q(until__gt=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.value} {self.unit}"

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return local_name(self)

    @property
    def rule(self) -> Rule:
        """The version as a `Rule`. Use `select_related("text")`, or each row costs a query."""
        return Rule(
            self.key,
            self.vi,
            self.en,
            self.sense,
            read_value(self.value, self.unit),
            self.unit,
            self.article,
            self.text.vi,
            self.since,
            self.until,
            self.mark,
            self.transition,
            self.pk,
            self.text.en,
        )


class JoinedKey(models.Model):
    """A key under which a rule stood a second time, and the key `into` which it was joined."""

    journal_kind = "joined_key"

    key = models.CharField(max_length=60, primary_key=True)
    into = models.CharField(max_length=60)

    class Meta:
        constraints = [
            kept.JOINED_KEY,
            models.CheckConstraint(name="joined_into_another", condition=~Q(key=F("into"))),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.into}"


class OpenPointQuerySet(models.QuerySet["OpenPoint"]):
    def open(self) -> Self:
        """Those not settled yet."""
        return self.filter(settled_on=None)

    def beside(self, key: str) -> Self:
        """Those about the rule with this key, the unsettled and the latest ones first."""
        return self.filter(key=key).order_by(F("settled_on").desc(nulls_first=True), "-pk")


class OpenPoint(models.Model):
    """A question about a rule that the texts read so far leave open; `key` is that of the rule, or
    "calendar.<year>". `name` is its stable name where it came with the product, else "".

    `answer` and `settled_on` are set together, when somebody read the text that settles it.
    """

    journal_kind = "open_point"

    name = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=60)
    vi = models.TextField()
    en = models.TextField(blank=True)
    opened_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = OpenPointQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.OPEN_POINT,
            models.UniqueConstraint(
                name="one_open_point_a_name", fields=["name"], condition=~Q(name="")
            ),
            models.CheckConstraint(
                name="open_point_settled_by_an_answer",
                condition=Q(settled_on=None, answer="")
                | Q(settled_on__isnull=False) & ~Q(answer=""),
            ),
        ]
        indexes = [models.Index(name="open_point_of_rule", fields=["key"])]

    def __str__(self) -> str:
        return f"{self.key} {self.pk}"

    @property
    def text(self) -> str:
        """The question in the reader's language, where it was translated."""
        return self.en if language() == "en" and self.en else self.vi


class CalendarVersion(models.Model):
    """One version of a year's special days. A due date stores the number it was computed under."""

    journal_kind = "calendar"

    number = models.IntegerField(primary_key=True)
    year = models.IntegerField()
    basis = models.CharField(max_length=300)
    mark = models.CharField(max_length=16, choices=[(mark, mark) for mark in MARKS])
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [kept.CALENDAR_DIGEST, kept.CALENDAR]

    def __str__(self) -> str:
        return f"{self.number}: {self.year}"


class CalendarDay(models.Model):
    """A special day (holiday, day off in exchange, make-up day) in one version of the calendar."""

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="days")
    day = models.DateField()
    kind = models.CharField(
        max_length=12, choices=[(kind, kind) for kind in ("holiday", "swapped_off", "make_up")]
    )
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            kept.CALENDAR_DAY_DIGEST,
            kept.CALENDAR_DAY,
            models.UniqueConstraint(name="one_mark_a_day_and_version", fields=["version", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Edition(models.Model):
    """A single row that every change of a rule or of the calendar gives a new number and id, so
    that processes know when their cached book is stale.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    # A number may come again after a rollback, with another content; an id never does.
    uid = models.UUIDField(default=uuid4)

    class Meta:
        constraints = [models.CheckConstraint(name="one_edition", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.number)
