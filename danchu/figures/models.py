"""Scores published by others (PAR INDEX, SIPAS), each with its source."""

from django.db import models


class OutsideScore(models.Model):
    """One score of one province for one year. An unknown `score` or `rank` is None, never
    estimated.
    """

    series = models.CharField(max_length=20)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    year = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    source = models.TextField()
    status = models.CharField(max_length=20)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_score_a_year", fields=["series", "unit", "year"])
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"
