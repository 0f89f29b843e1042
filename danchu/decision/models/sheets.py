"""Sheets of paper, or lists on a telephone without a line, that came back into the record."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from danchu.decision import kept
from danchu.decision.models.decisions import HouseholdDecision
from danchu.decision.models.votes import HouseholdVote
from danchu.decision.querysets import SheetQuerySet


class SheetKind(models.TextChoices):
    ATTENDANCE = "attendance", _("Danh sách hộ dự họp")
    ISSUED = "issued", _("Danh sách hộ nhận phiếu")
    CONSENTS = "consents", _("Danh sách hộ đồng thuận")
    COUNT = "count", _("Phiếu kiểm phiếu")


class DecisionSheet(models.Model):
    """A sheet as one person sent it, once, by its `uid`: `added` is how many households it brought
    into the record, `known` how many were there before. A count brings none: its numbers are those
    of the person's BallotCount. `paper` is the photo of the sheet, which nobody reads in public.
    """

    journal_kind = "decision_sheet"

    uid = models.UUIDField(unique=True)
    decision = models.ForeignKey(HouseholdDecision, models.PROTECT, related_name="sheets")
    vote = models.ForeignKey(
        HouseholdVote, models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    kind = models.CharField(max_length=10, choices=SheetKind.choices)
    added = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    paper = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+"
    )
    paper_name = models.CharField(max_length=200, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    made_on = models.DateField()

    objects = SheetQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.SHEET,
            models.CheckConstraint(
                name="decision_sheet_of_a_vote",
                condition=Q(kind=SheetKind.CONSENTS, vote=None)
                | ~Q(kind=SheetKind.CONSENTS) & Q(vote__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="decision_sheet_of_unit", fields=["unit", "made_on", "id"]),
            models.Index(name="decision_sheet_latest", fields=["-made_on", "-id"]),
        ]

    def __str__(self):
        return f"{self.decision_id} {self.kind}"
