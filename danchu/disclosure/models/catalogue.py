"""What the law lists that must be disclosed, as rows with dates."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.disclosure import kept
from danchu.disclosure.compliance import FOR_GOOD
from danchu.disclosure.lives import PLACES_OF, Form
from danchu.kernel.words import local_name
from danchu.law.book import Book
from danchu.law.rule import MARKS
from danchu.units.models import DAYS


class Sphere(models.TextChoices):
    COMMUNE = "commune", _("Cấp xã")
    AGENCY = "agency", _("Cơ quan, đơn vị sự nghiệp")
    ENTERPRISE = "enterprise", _("Doanh nghiệp nhà nước")


class ItemQuerySet(models.QuerySet["Item"]):
    def on(self, day: date) -> Self:
        """Those in force on the day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)

    def general(self) -> Self:
        """The items of the law on grassroots democracy."""
        return self.filter(is_special=False)

    def special(self) -> Self:
        """The items of special laws, whose days, forms and places replace the general ones."""
        return self.filter(is_special=True)


class Item(models.Model):
    """One item of the list of a kind of unit, in force from `since` until before `until`.

    `forms` are the forms that are owed and `places` the kinds of places where they are owed; each
    other form is allowed beside them. `publish_rule`, `posting_rule` and `spoken_rule` are keys of
    rules of the law (empty: nothing is said). `is_special`: of a special law, for contents of the
    item `number`. `is_permanent`: posted until it changes.
    """

    journal_kind = "disclosure_item"

    key = models.CharField(max_length=40)
    sphere = models.CharField(max_length=10, choices=Sphere.choices)
    number = models.IntegerField()
    vi = models.CharField(max_length=400)
    en = models.CharField(max_length=400)
    text = models.ForeignKey("law.LegalText", models.PROTECT, related_name="+")
    article = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    mark = models.CharField(max_length=16, choices=[(mark, mark) for mark in MARKS])
    forms = models.JSONField(default=list)
    places = models.JSONField(default=list)
    publish_rule = models.CharField(max_length=60, blank=True)
    posting_rule = models.CharField(max_length=60, blank=True)
    spoken_rule = models.CharField(max_length=60, blank=True)
    is_permanent = models.BooleanField(default=False)
    is_special = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.ITEM_DIGEST,
            ExclusionConstraint(
                name="one_disclosure_item_at_a_time",
                expressions=[("key", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="disclosure_item_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.since}"

    @property
    def name(self) -> str:
        """Its name in the reader's language."""
        return local_name(self)

    def owed_pairs(self) -> list[tuple[str, str]]:
        """The pairs (form, kind of place) that are owed."""
        return [
            (form, kind)
            for form in self.forms
            for kind in PLACES_OF.get(Form(form), ())
            if kind in self.places
        ]

    def days_to_stay(self, form: str, day: date, law: Book) -> int:
        """How many days a posting in this form stays by the rules of the day: 0 where once is
        enough, FOR_GOOD where it stays until it changes.
        """
        if form == Form.POSTING and self.is_permanent:
            return FOR_GOOD
        key = {Form.POSTING: self.posting_rule, Form.LOUDSPEAKER: self.spoken_rule}.get(form, "")
        rule = law.rule_if_any(key, day) if key else None
        return int(rule.quantity) if rule else 0
