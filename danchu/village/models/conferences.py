"""Yearly conferences of villages, their nine steps, and whom they elected into the board."""

from django.db import models
from django.db.models import F, Q

from danchu.village import kept
from danchu.village.lives import ConferenceState
from danchu.village.querysets import ConferenceQuerySet


class VillageConference(models.Model):
    """The conference of the village `unit` for a year (article 33): `plan_on` is the day of its
    plan, `plan_sent_on` that on which the commune, the Front and the board had it.
    """

    journal_kind = "village_conference"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    year = models.PositiveSmallIntegerField()
    plan = models.TextField()
    plan_on = models.DateField()
    plan_sent_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField()
    convened_on = models.DateField(null=True, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    held_on = models.DateField(null=True, blank=True)
    households = models.PositiveIntegerField(default=0)
    attending = models.PositiveIntegerField(default=0)
    chair = models.CharField(max_length=120, blank=True)
    secretary = models.CharField(max_length=120, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=9, choices=ConferenceState.choices, default=ConferenceState.PLANNED
    )
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.CONFERENCE_DIGEST,
            models.UniqueConstraint(
                name="one_conference_of_a_village_a_year",
                fields=["unit", "year"],
                condition=~Q(state="cancelled"),
            ),
            models.CheckConstraint(
                name="village_conference_attending_of_all",
                condition=Q(attending__lte=F("households")),
            ),
            models.CheckConstraint(
                name="village_conference_held_says_who",
                condition=Q(held_on=None) | ~Q(chair="") & ~Q(secretary="") & Q(households__gte=1),
            ),
        ]
        indexes = [
            models.Index(name="village_conference_of_unit", fields=["unit", "planned_on"]),
            models.Index(name="village_conference_latest", fields=["-planned_on", "-id"]),
        ]

    def __str__(self):
        return f"{self.unit_id} {self.year}"


class ConferenceStep(models.Model):
    """What was said and settled in one of the nine steps."""

    journal_kind = "conference_step"

    conference = models.ForeignKey(VillageConference, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [
            kept.STEP_DIGEST,
            models.UniqueConstraint(name="conference_step_number", fields=["conference", "number"]),
            models.CheckConstraint(
                name="conference_step_of_nine", condition=Q(number__gte=1, number__lte=9)
            ),
        ]

    def __str__(self):
        return f"{self.conference_id} {self.number}"


class ElectedMember(models.Model):
    """A member of the board of the commune whom the households elected by `decision` and this
    conference brought there: the member is the row of the boards' room itself.
    """

    journal_kind = "elected_member"

    conference = models.ForeignKey(VillageConference, models.PROTECT, related_name="elected")
    decision = models.ForeignKey("decision.HouseholdDecision", models.PROTECT, related_name="+")
    member = models.OneToOneField("inspection.BoardMember", models.PROTECT, related_name="+")

    class Meta:
        constraints = [kept.ELECTED_DIGEST]

    def __str__(self):
        return f"{self.conference_id} {self.member_id}"
