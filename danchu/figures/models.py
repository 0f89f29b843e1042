"""Scores published by others (PAR INDEX, SIPAS), each with its source; and what was published of
figures about persons' matters.
"""

from django.db import models

from danchu.figures import kept


class OutsideScore(models.Model):
    """One score of one province for one year. An unknown `score` or `rank` is None, never
    estimated.
    """

    journal_kind = "score"

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
            kept.SCORE_DIGEST,
            models.UniqueConstraint(name="one_score_a_year", fields=["series", "unit", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class Release(models.Model):
    """The publication of one table of sensitive figures (see `danchu.figures.tables`) for one
    calendar year, on the map of `map_day`. A year is published once.
    """

    table = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    map_day = models.DateField()
    released_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_release_a_year", fields=["table", "year"]),
            kept.RELEASE,
            kept.RELEASE_DIGEST,
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.year}"


class ReleasedFigure(models.Model):
    """One published number; `value` is exact, as text ("24" or "49/2"). What a release does not
    have is not published.
    """

    release = models.ForeignKey(Release, models.PROTECT, related_name="figures")
    key = models.CharField(max_length=80)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_released_figure", fields=["release", "key", "unit"]),
            kept.RELEASED_FIGURE,
            kept.RELEASED_FIGURE_DIGEST,
        ]

    def __str__(self) -> str:
        return self.key


class ReleasedPeriod(models.Model):
    """The published total of one table at one place for the period of a report, which is no year:
    [`since`, `until`) on the map of `map_day`. `value` as in `ReleasedFigure`; `key` is that of the
    table's total. Years and periods together tell of no small count
    (`danchu.figures.report_periods`).
    """

    key = models.CharField(max_length=80)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    since = models.DateField()
    until = models.DateField()
    map_day = models.DateField()
    value = models.CharField(max_length=60)
    released_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_released_period", fields=["key", "unit", "since", "until"]
            ),
            kept.RELEASED_PERIOD,
            kept.RELEASED_PERIOD_DIGEST,
        ]

    def __str__(self) -> str:
        return self.key
