"""Rounds as written on the spot: beside the event in the register, minutes, coordinates, photos and
violations.
"""

from django.db import models
from django.db.models import Q

from danchu.inspection import kept
from danchu.inspection.querysets import RoundSheetQuerySet
from danchu.subjects.order import index_of_names


class RoundSheet(models.Model):
    """One round of `board`; the device draws its `uid`. `event` is its row in the register, None
    when the draft was discarded.

    `noted` are violations, which become findings when the round is confirmed (`entered_at`).
    `digest` is that of the content first sent. `keeps_trace`: the day and the coordinates inside
    photos are kept.
    """

    journal_kind = "round_sheet"

    uid = models.UUIDField(unique=True)
    board = models.ForeignKey("units.Body", models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    event = models.OneToOneField(
        "register.Event", models.SET_NULL, null=True, blank=True, related_name="sheet"
    )
    plan = models.ForeignKey(
        "inspection.RoundPlan", models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    project = models.ForeignKey(
        "inspection.Project", models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    held_on = models.DateField()
    title = models.CharField(max_length=200)
    minutes = models.TextField(blank=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    accuracy = models.IntegerField(null=True, blank=True)
    keeps_trace = models.BooleanField(default=False)
    noted = models.JSONField(default=list)
    entered_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = RoundSheetQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.ROUND_SHEET_DIGEST,
            models.CheckConstraint(
                name="round_sheet_point_is_whole",
                condition=Q(latitude=None, longitude=None, accuracy=None)
                | Q(
                    latitude__gte=-90,
                    latitude__lte=90,
                    longitude__gte=-180,
                    longitude__lte=180,
                    accuracy__gte=0,
                ),
            ),
        ]
        indexes = [
            models.Index(name="round_sheet_of_unit", fields=["unit", "-held_on", "-id"]),
            index_of_names("round_sheet_by_title", "title"),
        ]

    def __str__(self):
        return self.title


class RoundPhoto(models.Model):
    """A photo announced with a round: `sent_hash` is the SHA-256 of its bytes on the device,
    `paper` the stored photo once the upload is complete.
    """

    journal_kind = "round_photo"

    sheet = models.ForeignKey(RoundSheet, models.PROTECT, related_name="photos")
    number = models.IntegerField()
    sent_hash = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    size = models.IntegerField()
    paper = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+"
    )
    kept_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            kept.ROUND_PHOTO_DIGEST,
            models.UniqueConstraint(name="round_photo_once", fields=["sheet", "sent_hash"]),
            models.CheckConstraint(
                name="round_photo_kept_says_when",
                condition=Q(paper=None, kept_at=None)
                | Q(paper__isnull=False, kept_at__isnull=False),
            ),
            models.CheckConstraint(name="round_photo_not_empty", condition=Q(size__gt=0)),
        ]

    def __str__(self):
        return self.name
