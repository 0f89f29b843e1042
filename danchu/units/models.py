"""Units through time: territories, their names with dates, and their successions.

A unit is a territory: while the territory stays, it is the same unit, whatever its name, kind or
parent. Codes are attributes of a standing and are reused, so no row refers to a unit by its code.
"""

from datetime import date
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from danchu.kernel.chronicle import Share, exact_share
from danchu.kernel.days import DAWN
from danchu.units import kept
from danchu.units.kinds import BodyChange, BodyKind, Level, UnitKind

Row = TypeVar("Row", bound=models.Model)


class DateRange(Func):
    """PostgreSQL's `daterange(since, until)`, half-open."""

    function = "daterange"
    output_field = DateRangeField()


DAYS = DateRange("since", "until")


def no_two_at_once(field: str, name: str, **extra: Any) -> ExclusionConstraint:
    """The constraint that no two rows have the same `field` on the same day."""
    return ExclusionConstraint(
        name=name,
        expressions=[(field, RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
        **extra,
    )


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """The constraint that `until` is after `since` or empty."""
    return models.CheckConstraint(
        name=name, condition=Q(until__isnull=True) | Q(until__gt=F("since"))
    )


class DatedQuerySet(models.QuerySet[Row]):
    """Rows that are valid from `since` inclusive to `until` exclusive (None: no end)."""

    def on(self, day: date) -> Self:
        """Those valid on the day."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)


class Decree(models.Model):
    """The legal act behind a change. `issued_on` is empty where our sources do not give it."""

    number = models.CharField(max_length=60, unique=True)
    title = models.TextField(blank=True)
    issued_on = models.DateField(null=True, blank=True)
    source = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.number


class Unit(models.Model):
    """A territory from `since` until `until` (DAWN: from before our sources begin)."""

    level = models.CharField(max_length=10, choices=Level.choices)
    since = models.DateField(default=DAWN)
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [kept.UNIT_DIGEST, ends_after_it_begins("unit_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.level} {self.pk}"


class Standing(models.Model):
    """The name, code, kind and parent of a unit, from `since` until `until`.

    `search` holds the folded forms for the search, `order` the key of the Vietnamese dictionary
    order.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="standings")
    name = models.CharField(max_length=200)
    code = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=12, choices=UnitKind.choices)
    parent = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="standings_under"
    )
    decree = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True)
    since = models.DateField(default=DAWN)
    until = models.DateField(null=True, blank=True)
    search = models.TextField()
    order = models.TextField()

    # The name of the parent when this standing began; set only in a `History`.
    under: str

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.STANDING_DIGEST,
            ends_after_it_begins("standing_ends_after_it_begins"),
            no_two_at_once("unit", "no_two_standings_at_once"),
            no_two_at_once("code", "no_code_twice_at_once", condition=~Q(code="")),
            models.CheckConstraint(name="no_unit_under_itself", condition=~Q(unit=F("parent"))),
        ]
        indexes = [
            GinIndex(name="standing_search", fields=["search"], opclasses=["gin_trgm_ops"]),
            models.Index(name="standing_code", fields=["code", "since"]),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """That on the day `on`, when `before` ended, a share of it (if one was agreed) went into
    `after`.
    """

    before = models.ForeignKey(Unit, models.PROTECT, related_name="became")
    after = models.ForeignKey(Unit, models.PROTECT, related_name="came_from")
    on = models.DateField()
    share_over = models.BigIntegerField(null=True, blank=True)
    share_under = models.BigIntegerField(null=True, blank=True)
    basis = models.TextField(blank=True)
    decree = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            kept.SUCCESSION_DIGEST,
            models.UniqueConstraint(name="one_succession_of_two", fields=["before", "after"]),
            models.CheckConstraint(name="nothing_succeeds_itself", condition=~Q(before=F("after"))),
            models.CheckConstraint(
                name="share_above_nothing_to_whole",
                condition=Q(share_over__isnull=True, share_under__isnull=True)
                | Q(
                    share_over__isnull=False,
                    share_over__gt=0,
                    share_under__isnull=False,
                    share_under__gte=F("share_over"),
                ),
            ),
        ]

    @property
    def share(self) -> Share:
        """1 for the whole, a Fraction for a part, None where no share was agreed."""
        return exact_share(self.share_over, self.share_under)


class Place(models.Model):
    """The point at which a unit is drawn (WGS 84 degrees) and its area, where a source has them."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="place")
    lat = models.FloatField()
    lon = models.FloatField()
    area_km2 = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)


class Body(models.Model):
    """A committee, council, board, agency, school, enterprise or union of a unit, with dates of
    its own.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=30, choices=BodyKind.choices)
    since = models.DateField(default=DAWN)
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [kept.BODY_DIGEST, ends_after_it_begins("body_ends_after_it_begins")]
        indexes = [models.Index(name="body_of_unit", fields=["unit", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def name_on(self, day: date) -> str:
        """The last name that began by that day, else the first name, else the label of its kind."""
        standings = sorted(self.standings.all(), key=lambda standing: standing.since)
        if not standings:
            return self.get_kind_display()
        earlier = [standing.name for standing in standings if standing.since <= day]
        return earlier[-1] if earlier else standings[0].name


class BodyStanding(models.Model):
    """The name of a body from `since` until `until`."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="standings")
    name = models.CharField(max_length=250)
    since = models.DateField(default=DAWN)
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.BODY_STANDING_DIGEST,
            ends_after_it_begins("body_name_ends_after_it_begins"),
            no_two_at_once("body", "no_two_body_names_at_once"),
        ]


class BodyCode(models.Model):
    """The agency code of a body (Decision 20/2020/QĐ-TTg) from `since` until `until`."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="codes")
    code = models.CharField(max_length=35)
    since = models.DateField(default=DAWN)
    until = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.BODY_CODE_DIGEST,
            ends_after_it_begins("body_code_ends_after_it_begins"),
            no_two_at_once("body", "no_two_body_codes_at_once"),
            no_two_at_once("code", "no_body_code_twice_at_once"),
        ]


class BodyGround(models.Model):
    """The decision behind a change of a body on the day `on`."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="grounds")
    change = models.CharField(max_length=10, choices=BodyChange.choices)
    on = models.DateField()
    decision = models.CharField(max_length=100)
    decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [kept.BODY_GROUND_DIGEST]


class BodySuccession(models.Model):
    """That on the day `on` the body `after` took the place of `before`."""

    before = models.ForeignKey(Body, models.PROTECT, related_name="became")
    after = models.ForeignKey(Body, models.PROTECT, related_name="came_from")
    on = models.DateField()

    class Meta:
        constraints = [
            kept.BODY_SUCCESSION_DIGEST,
            models.UniqueConstraint(name="one_body_succession_of_two", fields=["before", "after"]),
            models.CheckConstraint(name="no_body_succeeds_itself", condition=~Q(before=F("after"))),
        ]


class Reorganisation(models.Model):
    """A reorganisation file that was applied, with its text. The unique hash prevents a second
    application.
    """

    decree = models.ForeignKey(Decree, models.PROTECT)
    on = models.DateField()
    file_hash = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    applied_at = models.DateTimeField(auto_now_add=True)
    applied_by = models.CharField(max_length=200)


class MapVersion(models.Model):
    """A single row whose number a trigger changes with every write to units, standings or
    successions.
    """

    number = models.BigIntegerField()
