"""Sealed reports: their text and the rows behind their figures, under one hash. Immutable."""

from django.db import models

from danchu.reports import kept


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
        constraints = [kept.SEAL]

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
