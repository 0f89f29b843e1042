"""Where things are posted, and what was posted there from when to when, with its proof."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from danchu.disclosure import kept
from danchu.disclosure.lives import AGAINST, DISCLOSURE, Form, PlaceKind, Proof, State
from danchu.subjects.order import index_of_names
from danchu.subjects.scoped import ScopedQuerySet


class PlaceQuerySet(ScopedQuerySet):
    viewed_as = DISCLOSURE

    def on(self, day: date) -> Self:
        """Those in use on the day."""
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class PostingQuerySet(models.QuerySet["Posting"]):
    def counted(self) -> Self:
        """Those of contents that were not withdrawn."""
        return self.exclude(content__state=State.WITHDRAWN)

    def unquestioned(self) -> Self:
        """Those against which no contest stands: none was upheld or left unanswered in time."""
        return self.exclude(contests__state__in=AGAINST)

    def on_boards(self) -> Self:
        """Those on paper, which somebody may miss; the latest first."""
        return self.filter(form=Form.POSTING).order_by("-since", "-pk")

    def owed_of_item(self) -> Self:
        """Those in a form that the terms of their content owe; in any form where these owe none."""
        general, special = "content__item__forms", "content__special__forms"
        owed = Q(pk__in=[])
        for form in Form.values:
            owed |= Q(form=form) & (
                Q(content__special=None, **{f"{general}__contains": [form]})
                | Q(**{f"{special}__contains": [form]})
            )
        none = Q(content__special=None, **{general: []}) | Q(**{special: []})
        return self.filter(owed | none)

    def ended(self) -> Self:
        """Those on boards that had days to stay and came down, other than for a newer version, and
        that nobody contested rightly.
        """
        rows = (
            self.counted()
            .unquestioned()
            .filter(form=Form.POSTING, needed__gt=0, until__isnull=False)
        )
        return rows.filter(Q(version__replaced_on=None) | Q(until__lt=F("version__replaced_on")))

    def long_enough(self) -> Self:
        """Those of `ended` that stayed as many days as they had to."""
        return self.ended().filter(length__gte=F("needed"))


class PostingPlace(models.Model):
    """A board, house, loudspeaker, page or village head of a commune, in use from `since` until
    before `until`. Those of a village name it.
    """

    journal_kind = "posting_place"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    village = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=14, choices=PlaceKind.choices)
    name = models.CharField(max_length=120)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.PLACE_DIGEST,
            models.CheckConstraint(
                name="posting_place_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            ),
        ]
        indexes = [
            models.Index(name="posting_place_of_unit", fields=["unit", "since", "id"]),
            index_of_names("posting_place_by_name", "name"),
        ]

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """A version in one form at one place, from `since` until before `until` (None: still there).

    `needed` is how many days it had to stay by the rules of its day (0: once is enough, -1: until
    it changes), `length` how many it stayed; both are derived and never typed. `where` is written
    for forms that have no place of their own. The names of the two witnesses are never public.
    """

    journal_kind = "posting"

    uid = models.UUIDField(unique=True)
    content = models.ForeignKey("disclosure.Content", models.PROTECT, related_name="postings")
    version = models.ForeignKey("disclosure.Version", models.PROTECT, related_name="postings")
    form = models.CharField(max_length=14, choices=Form.choices)
    place = models.ForeignKey(
        PostingPlace, models.PROTECT, null=True, blank=True, related_name="postings"
    )
    where = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    needed = models.IntegerField()
    length = models.IntegerField(null=True, blank=True)
    proof = models.CharField(max_length=10, choices=Proof.choices)
    proof_text = models.CharField(max_length=300, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    witness = models.CharField(max_length=120, blank=True)
    second_witness = models.CharField(max_length=120, blank=True)
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.POSTING_DIGEST,
            models.CheckConstraint(
                name="posting_days_in_order", condition=Q(until=None) | Q(until__gt=F("since"))
            ),
            models.CheckConstraint(
                name="posting_that_ended_has_a_length",
                condition=Q(until=None, length=None) | Q(until__isnull=False, length__gte=1),
            ),
            models.CheckConstraint(
                name="posting_is_somewhere", condition=Q(place__isnull=False) | ~Q(where="")
            ),
            models.CheckConstraint(
                name="posting_is_proved",
                condition=Q(proof__in=["photo", "sheet"], paper__isnull=False)
                | Q(proof__in=["log", "address"]) & ~Q(proof_text="")
                | Q(proof="witnesses") & ~Q(witness="") & ~Q(second_witness=""),
            ),
            models.CheckConstraint(
                name="photo_of_a_posting_has_its_time",
                condition=~Q(proof="photo") | Q(taken_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="posting_since", fields=["since", "id"])]

    def __str__(self) -> str:
        return f"{self.content_id} {self.form} {self.since}"
