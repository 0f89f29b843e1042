"""Verifications on request, and reports of boards to the Front."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.inspection.lives import AskedState
from danchu.inspection.models.boards import Span
from danchu.inspection.moves import VERIFICATION
from danchu.inspection.querysets import BoardReportQuerySet
from danchu.subjects.order import index_of_names
from danchu.subjects.scoped import ScopedQuerySet


class Asker(models.TextChoices):
    COUNCIL = "council", _("Hội đồng nhân dân")
    COMMITTEE = "committee", _("Ủy ban nhân dân")
    FRONT = "front", _("Mặt trận Tổ quốc")
    HEAD = "head", _("Người đứng đầu cơ quan, doanh nghiệp")


class AskedQuerySet(ScopedQuerySet):
    """Verifications on request."""

    viewed_as = VERIFICATION

    def overdue(self, day: date) -> Self:
        """Those without a result whose last day is before the day."""
        return self.filter(state=AskedState.ASKED, until__lt=day)


class Verification(models.Model):
    """A request that a board verify one matter by a day (Law 10/2022 article 38), with its result
    or the reason why there is none.
    """

    journal_kind = "verification"

    uid = models.UUIDField(unique=True)
    board = models.ForeignKey("units.Body", models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    asker = models.CharField(max_length=10, choices=Asker.choices)
    title = models.CharField(max_length=200)
    content = models.TextField()
    asked_on = models.DateField()
    until = models.DateField()
    state = models.CharField(max_length=10, choices=AskedState.choices, default=AskedState.ASKED)
    ended_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    round = models.ForeignKey(
        "inspection.RoundSheet", models.PROTECT, null=True, blank=True, related_name="verifications"
    )
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = AskedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="verification_days_in_order",
                condition=Q(until__gte=F("asked_on"))
                & (Q(ended_on=None) | Q(ended_on__gte=F("asked_on"))),
            ),
            models.CheckConstraint(
                name="verification_ended_says_what",
                condition=Q(state="asked", ended_on=None)
                | ~Q(state="asked") & Q(ended_on__isnull=False) & ~Q(result=""),
            ),
        ]
        indexes = [
            models.Index(name="verification_of_unit", fields=["unit", "-id"]),
            index_of_names("verification_by_title", "title"),
        ]

    def __str__(self):
        return self.title

    @property
    def in_time(self):
        """Whether it ended by its last day."""
        return self.ended_on is not None and self.ended_on <= self.until


class BoardReport(models.Model):
    """A report of a board to the Front on the days from `since` up to `until` (exclusive);
    `content` as it was sent.

    A periodic one has an obligation with its due day, one on request (AD_HOC) a title.
    """

    journal_kind = "board_report"

    uid = models.UUIDField(unique=True)
    board = models.ForeignKey("units.Body", models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    span = models.CharField(max_length=8, choices=Span.choices)
    title = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField()
    obligation = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_on = models.DateField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = BoardReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="board_report_days_in_order", condition=Q(until__gt=F("since"))
            ),
            models.CheckConstraint(
                name="board_report_sent_says_what",
                condition=Q(sent_on=None, content=None, digest="")
                | Q(sent_on__isnull=False, content__isnull=False) & ~Q(digest=""),
            ),
            models.UniqueConstraint(
                name="one_periodic_board_report",
                fields=["board", "span", "since"],
                condition=~Q(span="ad_hoc"),
            ),
        ]
        indexes = [models.Index(name="board_report_of_unit", fields=["unit", "-until", "-id"])]

    def __str__(self):
        return f"{self.board_id} {self.span} {self.since}"
