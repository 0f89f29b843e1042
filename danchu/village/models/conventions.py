"""Village conventions (hương ước, quy ước) with the versions of their text."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.subjects.order import index_of_names
from danchu.units.models import no_two_at_once
from danchu.village import kept
from danchu.village.lives import ConventionState
from danchu.village.querysets import ConventionQuerySet

LONGEST_TITLE = 150


class ConventionProposer(models.TextChoices):
    HEAD = "head", _("Trưởng thôn, tổ trưởng tổ dân phố")
    FRONT = "front", _("Trưởng ban công tác Mặt trận")
    HOUSEHOLDS = "households", _("Các hộ gia đình")


class Flag(models.TextChoices):
    SUSPEND = "suspend", _("Phải tạm ngừng thực hiện")
    ANNUL = "annul", _("Phải bãi bỏ")


class Convention(models.Model):
    """One convention of the village `unit`, from its draft to its end; the text with the highest
    number is the one that counts. A later one that is recognised replaces it.

    `asking` of `households_then` households proposed it, where they did. The households vote on
    `decision`. `filed_on`: the file is complete, under `file_number`. `flagged_on`: the commune
    learned that it breaks the law, so that it must be suspended or annulled.
    """

    journal_kind = "convention"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    title = models.CharField(max_length=LONGEST_TITLE)
    proposer = models.CharField(max_length=10, choices=ConventionProposer.choices)
    asking = models.PositiveIntegerField(default=0)
    households_then = models.PositiveIntegerField(default=0)
    drafters = models.TextField()
    proposed_on = models.DateField()
    posted_on = models.DateField(null=True, blank=True)
    decision = models.OneToOneField(
        "decision.HouseholdDecision", models.PROTECT, null=True, blank=True, related_name="+"
    )
    filed_on = models.DateField(null=True, blank=True)
    file_number = models.CharField(max_length=60, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    flagged = models.CharField(max_length=7, choices=Flag.choices, blank=True)
    flagged_on = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    resumed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=11, choices=ConventionState.choices, default=ConventionState.DRAFT
    )
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ConventionQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.CONVENTION_DIGEST,
            models.CheckConstraint(
                name="convention_in_force_was_decided",
                condition=Q(in_force_on=None) | Q(decision__isnull=False),
            ),
            models.CheckConstraint(
                name="convention_ended_after_it_began",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("in_force_on")),
            ),
            models.CheckConstraint(
                name="convention_asked_by_households",
                condition=Q(asking__lte=F("households_then")),
            ),
            models.UniqueConstraint(
                name="one_convention_in_force",
                fields=["unit"],
                condition=Q(state__in=["in_force", "suspended"]),
            ),
        ]
        indexes = [
            models.Index(name="convention_of_unit", fields=["unit", "proposed_on"]),
            models.Index(name="convention_latest", fields=["-proposed_on", "-id"]),
            index_of_names("convention_by_title", "title"),
        ]

    def __str__(self):
        return self.title


class PastSuspension(models.Model):
    """The days of a suspension, `until` exclusive, that another one followed: the convention itself
    has those of the last.
    """

    journal_kind = "past_suspension"

    convention = models.ForeignKey(
        Convention, models.PROTECT, related_name="past_suspensions", db_index=False
    )
    since = models.DateField()
    until = models.DateField()

    class Meta:
        constraints = [
            kept.SUSPENSION_DIGEST,
            kept.SUSPENSION,
            models.CheckConstraint(
                name="past_suspension_ends_after_it_begins", condition=Q(until__gte=F("since"))
            ),
            no_two_at_once("convention", "one_suspension_at_a_time"),
        ]
        indexes = [
            models.Index(name="suspension_of_convention", fields=["convention", "since"]),
        ]

    def __str__(self):
        return f"{self.convention_id} {self.since}"


class ConventionText(models.Model):
    """One version of the text, which is of the day `written_on`; it is never changed, a later one
    follows it.
    """

    journal_kind = "convention_text"

    convention = models.ForeignKey(Convention, models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    written_on = models.DateField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            kept.TEXT_DIGEST,
            kept.TEXT,
            models.UniqueConstraint(name="convention_text_number", fields=["convention", "number"]),
        ]

    def __str__(self):
        return f"{self.convention_id} {self.number}"
