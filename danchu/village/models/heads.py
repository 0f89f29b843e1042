"""Heads of villages with their terms, and what was asked to release them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.subjects.order import index_of_names
from danchu.units.models import ends_after_it_begins, no_two_at_once
from danchu.village import kept
from danchu.village.querysets import HeadQuerySet

LONGEST_NAME = 120


class Ending(models.TextChoices):
    SUCCEEDED = "succeeded", _("Có người sau")
    RELEASED = "released", _("Các hộ cho thôi")
    DECIDED = "decided", _("Ủy ban nhân dân quyết định cho thôi")
    VACATED = "vacated", _("Khuyết vì lý do khác")
    ANNULLED = "annulled", _("Việc bầu bị bãi bỏ")


class Ground(models.TextChoices):
    OWN = "own", _("Người đó xin thôi")
    FRONT = "front", _("Trưởng ban công tác Mặt trận đề nghị")
    HOUSEHOLDS = "households", _("Các hộ gia đình kiến nghị")


class VillageHead(models.Model):
    """Who is the head of the village `unit` from `since`, the day of recognition, until `until`;
    the term ends on `term_until`, exclusive. `is_interim`: appointed until another one is elected.
    `document` is the number of the recognition, `end_document` of what ended it.
    """

    journal_kind = "village_head"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    name = models.CharField(max_length=LONGEST_NAME)
    since = models.DateField()
    term_until = models.DateField()
    until = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=9, choices=Ending.choices, blank=True)
    is_interim = models.BooleanField(default=False)
    election = models.OneToOneField(
        "village.HeadElection", models.PROTECT, null=True, blank=True, related_name="head"
    )
    document = models.CharField(max_length=60, blank=True)
    end_document = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = HeadQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.HEAD_DIGEST,
            ends_after_it_begins("village_head_ends_after_it_begins"),
            no_two_at_once("unit", "one_head_of_a_village"),
            models.CheckConstraint(
                name="village_head_ended_says_how",
                condition=Q(until=None, ending="") | Q(until__isnull=False) & ~Q(ending=""),
            ),
        ]
        indexes = [
            models.Index(name="village_head_of_unit", fields=["unit", "since"]),
            models.Index(name="village_head_latest", fields=["-since", "-id"]),
            index_of_names("village_head_by_name", "name"),
        ]

    def __str__(self):
        return self.name


class HeadRelease(models.Model):
    """That the households are asked to release a head; `asking` of `households_then` households
    did so where they asked themselves. They vote on `decision`.
    """

    journal_kind = "head_release"

    head = models.ForeignKey(VillageHead, models.PROTECT, related_name="releases")
    decision = models.OneToOneField("decision.HouseholdDecision", models.PROTECT, related_name="+")
    ground = models.CharField(max_length=10, choices=Ground.choices)
    asked_on = models.DateField()
    asking = models.PositiveIntegerField(default=0)
    households_then = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            kept.RELEASE_DIGEST,
            models.CheckConstraint(
                name="head_release_asked_by_households",
                condition=Q(asking__lte=models.F("households_then")),
            ),
        ]

    def __str__(self):
        return f"{self.head_id} {self.asked_on}"
