"""The roll of households of villages, with what was changed in it."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.decision.querysets import HouseholdQuerySet, RollChangeQuerySet
from danchu.units.models import DAYS, ends_after_it_begins

LONGEST_NAME = 120
LONGEST_ADDRESS = 200
LONGEST_GROUND = 200
HIGHEST_NUMBER = 99_999


class ChangeKind(models.TextChoices):
    ENTERED = "entered", _("Vào danh sách")
    CORRECTED = "corrected", _("Sửa")
    LEFT = "left", _("Thôi tính")


class Household(models.Model):
    """A household that counts in the roll of the village `unit` from `since` until `until`, under a
    number of its own there.

    `representative` is who acts for it, "" where it has nobody; `ground` says why somebody acts who
    is no member with full capacity, and is "" otherwise. `follows` is the same household in the
    village from which it moved. Names and addresses are never public.
    """

    journal_kind = "household"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    number = models.PositiveIntegerField()
    representative = models.CharField(max_length=LONGEST_NAME, blank=True)
    ground = models.CharField(max_length=LONGEST_GROUND, blank=True)
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = HouseholdQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_begins("household_ends_after_it_begins"),
            ExclusionConstraint(
                name="household_number_once",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("number", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="household_number_from_one",
                condition=Q(number__gte=1, number__lte=HIGHEST_NUMBER),
            ),
            models.CheckConstraint(
                name="household_ground_of_somebody",
                condition=Q(ground="") | ~Q(representative=""),
            ),
            models.UniqueConstraint(
                name="household_moves_once",
                fields=["follows"],
                condition=Q(follows__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="household_of_unit", fields=["unit", "number", "id"]),
            models.Index(name="household_latest", fields=["-since", "-id"]),
        ]

    def __str__(self):
        return str(self.number)


class RollChange(models.Model):
    """One change of a roll: what, from which day it counts, and why. It never says whom it names;
    a roll that was frozen before is not altered by it.
    """

    journal_kind = "roll_change"

    household = models.ForeignKey(Household, models.PROTECT, related_name="changes")
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    kind = models.CharField(max_length=9, choices=ChangeKind.choices)
    on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = RollChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="roll_change_says_why",
                condition=Q(kind=ChangeKind.ENTERED) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(name="roll_change_of_unit", fields=["unit", "made_at", "id"])]

    def __str__(self):
        return f"{self.household_id} {self.kind}"
