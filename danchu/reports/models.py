"""Reports that offices write, and sealed reports: their text and the rows behind their figures,
under one hash, immutable.
"""

from django.db import models
from django.db.models import F, Q

from danchu.reports import kept
from danchu.reports.lives import State
from danchu.reports.querysets import OfficeReportQuerySet


class Seal(models.Model):
    """A report as sealed: its text (see `sealing.text_of`), the `digest` over text and lines, and
    the head of the journal at that moment as "number:hash".
    """

    form = models.CharField(max_length=80)
    title = models.TextField()
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    map_day = models.DateField()
    text = models.JSONField()
    sealed_by = models.CharField(max_length=60)
    sealed_at = models.DateTimeField()
    journal_head = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [kept.SEAL, kept.SEAL_DIGEST]

    def __str__(self):
        return f"{self.form} {self.pk}"


class SealLine(models.Model):
    """One figure as sealed: its exact value as text, and its evidence (zlib-compressed text, one
    row a line: `source:pk amount share`). `own` as in `figures.answer.Figure`.
    """

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="lines")
    key = models.CharField(max_length=80)
    unit_id = models.BigIntegerField()
    since = models.DateField()
    until = models.DateField()
    map_day = models.DateField()
    own = models.CharField(max_length=10, blank=True, default="")
    value = models.CharField(max_length=60, blank=True)
    evidence = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [kept.LINE]
        ordering = ["pk"]

    def __str__(self):
        return self.key


class OfficeReport(models.Model):
    """A report that an office writes at the desk, of one unit for the days from `since` until
    before `until`, on the map of `map_day`. `text` and `english` are written as
    `reports.draft_text` reads them; without English the Vietnamese stands in its place.

    `issuer`, `number`, `place`, `signer` and `recipients` are those of the official paper and may
    stay empty. `seal` is set once it is sealed.
    """

    journal_kind = "report"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    title = models.CharField(max_length=300)
    english_title = models.CharField(max_length=300, blank=True)
    since = models.DateField()
    until = models.DateField()
    map_day = models.DateField()
    text = models.TextField()
    english = models.TextField(blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=120, blank=True)
    signer = models.CharField(max_length=300, blank=True)
    recipients = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    seal = models.ForeignKey(Seal, models.PROTECT, null=True, blank=True, related_name="+")
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    edited_at = models.DateTimeField()

    objects = OfficeReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="office_report_days", condition=Q(until__gt=F("since"))),
            models.CheckConstraint(
                name="office_report_sealed",
                condition=Q(state=State.SEALED, seal__isnull=False)
                | ~Q(state=State.SEALED) & Q(seal=None),
            ),
            kept.REPORT,
            kept.REPORT_DIGEST,
        ]
        indexes = [
            models.Index(name="office_report_of_unit", fields=["unit", "until"]),
            models.Index(name="office_report_latest", fields=["-until", "-id"]),
        ]

    def __str__(self):
        return self.title

    @property
    def name(self):
        """The name of its form, in addresses and in its seal."""
        return str(self.uid)


class ReportComment(models.Model):
    """What an official said of a report before it was sealed; never changed."""

    report = models.ForeignKey(OfficeReport, models.PROTECT, related_name="comments")
    text = models.TextField()
    made_by = models.CharField(max_length=60)
    author = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [kept.COMMENT]
        ordering = ["pk"]

    def __str__(self):
        return f"{self.pk}"
