"""Reports of disclosure, consultations and decisions to the People's Council."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from danchu.disclosure import kept
from danchu.disclosure.lives import DISCLOSURE, CouncilState
from danchu.kernel.days import show_day
from danchu.subjects.scoped import ScopedQuerySet


class CouncilReportQuerySet(ScopedQuerySet):
    viewed_as = DISCLOSURE


class CouncilReport(models.Model):
    """The report of a unit about the days from `since` until before `until`, written by itself:
    `text` has a line for each number and what was late. Owed to the Council, with a copy to the
    Front.
    """

    journal_kind = "council_report"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    text = models.TextField()
    state = models.CharField(max_length=8, choices=CouncilState.choices, default=CouncilState.OWED)
    document = models.CharField(max_length=120, blank=True)
    session = models.CharField(max_length=120, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    copied_on = models.DateField(null=True, blank=True)
    obligation = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = CouncilReportQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.COUNCIL_REPORT_DIGEST,
            models.UniqueConstraint(name="one_council_report", fields=["unit", "until"]),
            models.CheckConstraint(
                name="council_report_days_in_order", condition=Q(until__gt=F("since"))
            ),
            models.CheckConstraint(
                name="sent_council_report_says_when",
                condition=Q(state="owed", sent_on=None)
                | Q(state="sent", sent_on__isnull=False, copied_on__isnull=False)
                & ~Q(document="")
                & ~Q(session=""),
            ),
        ]
        indexes = [models.Index(name="council_report_latest", fields=["-until", "-id"])]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its name."""
        last = show_day(self.until - timedelta(days=1))
        return _("Báo cáo công khai, lấy ý kiến, quyết định đến hết ngày %s") % last
