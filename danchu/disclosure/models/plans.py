"""What is to be disclosed in a year: by the law every year, and by the plan of a unit."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from danchu.disclosure import kept
from danchu.disclosure.lives import DISCLOSURE, PlanState
from danchu.kernel.words import local_name
from danchu.law.rule import MARKS
from danchu.subjects.scoped import ScopedQuerySet


class YearlyDutyQuerySet(models.QuerySet["YearlyDuty"]):
    def on(self, day: date) -> Self:
        """Those in force on the day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class YearlyDuty(models.Model):
    """Something that each commune discloses every year, from `day` of `month` on, under the item
    with the key `item` and, where it has one, the special law with the key `special`.
    """

    key = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    special = models.CharField(max_length=40, blank=True)
    vi = models.CharField(max_length=140)
    en = models.CharField(max_length=140)
    month = models.IntegerField()
    day = models.IntegerField()
    article = models.CharField(max_length=120)
    text = models.ForeignKey("law.LegalText", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    mark = models.CharField(max_length=16, choices=[(mark, mark) for mark in MARKS])

    objects = YearlyDutyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_yearly_duty_since", fields=["key", "since"]),
            models.CheckConstraint(
                name="yearly_duty_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return local_name(self)


class PlanQuerySet(ScopedQuerySet):
    viewed_as = DISCLOSURE

    def public(self) -> Self:
        """Those that everybody reads."""
        return self.filter(state=PlanState.ADOPTED)


class Plan(models.Model):
    """What a unit plans to disclose in a year: adopted by a document of `adopted_on`."""

    journal_kind = "disclosure_plan"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    year = models.IntegerField()
    responsible = models.CharField(max_length=120, blank=True)
    document = models.CharField(max_length=120, blank=True)
    adopted_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.PLAN_DIGEST,
            models.UniqueConstraint(
                name="one_plan_a_year",
                fields=["unit", "year"],
                condition=~Q(state="withdrawn"),
            ),
            models.CheckConstraint(
                name="adopted_plan_has_a_document",
                condition=~Q(state="adopted") | ~Q(document="") & Q(adopted_on__isnull=False),
            ),
        ]
        indexes = [models.Index(name="plan_of_disclosure_latest", fields=["-year", "-id"])]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its name."""
        return _("Kế hoạch công khai năm %s") % self.year


class PlanLine(models.Model):
    """One content of a plan: from `planned_on` on it is disclosed in the forms at the kinds of
    places that are named; `uid` is the origin of the content that then arises.
    """

    journal_kind = "disclosure_plan_line"

    uid = models.UUIDField(unique=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    item = models.CharField(max_length=40)
    title = models.CharField(max_length=180)
    forms = models.JSONField(default=list)
    places = models.JSONField(default=list)
    planned_on = models.DateField()
    is_struck = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [kept.PLAN_LINE_DIGEST]
        indexes = [models.Index(name="plan_line_days", fields=["plan", "planned_on", "id"])]

    def __str__(self) -> str:
        return self.title
