"""Consultations and the versions of what people were asked about."""

from django.db import models
from django.db.models import F, Q

from danchu.consultation import kept
from danchu.consultation.lives import ENDED, State
from danchu.consultation.matters import Exempt, Matter
from danchu.consultation.querysets import ConsultationQuerySet
from danchu.subjects.order import index_of_names


class Consultation(models.Model):
    """One matter on which the people of a unit are asked.

    `period_rule` is the key of the rule of its length, `required_on` the first day on which it may
    end by that rule, `is_long_enough` whether it ended then or later. Of an individual decision
    only the addressees are asked: `told_people` of them were told on `told_on`, unless `exempt`
    says why not; nothing of it is public. `publication` is the obligation to publish the summary.
    A superior may decide against the majority, on `overruled_on`; `explanation_owed` is what it
    owes then. `asked` is how many people there are of each sex, age and kind of household
    ({"female": 610}), to see who is missing.
    """

    journal_kind = "consultation"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    matter = models.PositiveSmallIntegerField(choices=Matter.choices)
    title = models.CharField(max_length=180)
    is_individual = models.BooleanField()
    exempt = models.CharField(max_length=8, choices=Exempt.choices, blank=True)
    plan = models.TextField()
    ways = models.JSONField(default=list)
    groups = models.TextField(blank=True)
    asked = models.JSONField(default=dict, blank=True)
    responsible = models.CharField(max_length=200)
    planned_on = models.DateField()
    period_rule = models.CharField(max_length=80)
    opened_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    required_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    is_long_enough = models.BooleanField(null=True, blank=True)
    close_reason = models.CharField(max_length=500, blank=True)
    council_on = models.DateField(null=True, blank=True)
    front_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)
    told_people = models.PositiveIntegerField(default=0)
    summary = models.TextField(blank=True)
    summarised_on = models.DateField(null=True, blank=True)
    publication = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_on = models.DateField(null=True, blank=True)
    filed_on = models.DateField(null=True, blank=True)
    overruled_on = models.DateField(null=True, blank=True)
    overruled_by = models.CharField(max_length=200, blank=True)
    explanation_owed = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    explanation = models.TextField(blank=True)
    explained_on = models.DateField(null=True, blank=True)
    explained_by = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    reason = models.CharField(max_length=500, blank=True)
    illustrative = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.CONSULTATION_DIGEST,
            models.CheckConstraint(
                name="consultation_open_has_days",
                condition=Q(state__in=["planned", "cancelled"])
                | Q(opened_on__isnull=False, until__gte=F("required_on")),
            ),
            models.CheckConstraint(
                name="consultation_ended_says_how_long",
                condition=Q(state__in=ENDED, closed_on__gte=F("opened_on"))
                & Q(is_long_enough__isnull=False)
                | ~Q(state__in=ENDED) & Q(closed_on=None, is_long_enough=None),
            ),
            models.CheckConstraint(
                name="consultation_ended_early_says_why",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("until")) | ~Q(close_reason=""),
            ),
            models.CheckConstraint(
                name="consultation_summary_is_there",
                condition=~Q(state__in=["summarised", "published"])
                | Q(summarised_on__gte=F("closed_on")) & ~Q(summary=""),
            ),
            models.CheckConstraint(
                name="consultation_overruled_owes_explanation",
                condition=Q(overruled_on=None)
                | ~Q(overruled_by="") & Q(explanation_owed__isnull=False),
            ),
            models.CheckConstraint(
                name="consultation_published_has_day",
                condition=Q(state="published", published_on__gte=F("summarised_on"))
                | ~Q(state="published") & Q(published_on=None),
            ),
        ]
        indexes = [
            models.Index(name="consultation_of_unit", fields=["unit", "planned_on"]),
            models.Index(name="consultation_latest", fields=["-planned_on", "-id"]),
            index_of_names("consultation_by_title", "title"),
        ]

    def __str__(self):
        return self.title


class Content(models.Model):
    """One version of what people are asked about; `note` says what changed and why. It applies from
    `since` until the next one.
    """

    journal_kind = "consultation_content"

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="contents", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    note = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            kept.CONTENT,
            kept.CONTENT_DIGEST,
            models.UniqueConstraint(name="one_content_a_number", fields=["consultation", "number"]),
            models.CheckConstraint(
                name="consultation_content_says_something",
                condition=~Q(text="") & (Q(number=1) | ~Q(note="")),
            ),
        ]

    def __str__(self):
        return f"{self.consultation_id} {self.number}"
