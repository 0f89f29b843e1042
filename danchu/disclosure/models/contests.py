"""What people said of a posting that they did not see, and what the unit answered."""

from typing import Self

from django.db import models
from django.db.models import Q

from danchu.disclosure import kept
from danchu.disclosure.lives import AGAINST, DISCLOSURE, WAITING, ContestState
from danchu.disclosure.models.postings import Posting
from danchu.subjects.scoped import ScopedQuerySet


class ContestQuerySet(ScopedQuerySet):
    viewed_as = DISCLOSURE

    def waiting(self) -> Self:
        """Those that the unit has not answered yet."""
        return self.filter(state__in=WAITING)

    def against(self) -> Self:
        """Those that take their posting out of B05 and B06."""
        return self.filter(state__in=AGAINST)


class Contest(models.Model):
    """Somebody, whoever they are, says that on `seen_on` a posting was not where it is said to be.

    `text` and the photo are read at the desk only: they may show people. `unit` is that of the
    content. The answer of the unit is public.
    """

    journal_kind = "disclosure_contest"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    content = models.ForeignKey("disclosure.Content", models.PROTECT, related_name="contests")
    posting = models.ForeignKey(Posting, models.PROTECT, related_name="contests")
    seen_on = models.DateField()
    text = models.CharField(max_length=500, blank=True)
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, blank=True)
    received_on = models.DateField()
    state = models.CharField(max_length=10, choices=ContestState.choices, default=ContestState.OPEN)
    answer = models.CharField(max_length=500, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    obligation = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ContestQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.CONTEST_DIGEST,
            models.UniqueConstraint(
                name="one_waiting_contest_a_posting",
                fields=["posting"],
                condition=Q(state__in=WAITING),
            ),
            models.CheckConstraint(
                name="answered_contest_has_an_answer",
                condition=Q(state__in=WAITING, answer="", answered_on=None)
                | ~Q(state__in=WAITING) & ~Q(answer="") & Q(answered_on__isnull=False),
            ),
        ]
        indexes = [models.Index(name="contest_latest", fields=["-received_on", "-id"])]

    def __str__(self) -> str:
        return f"{self.posting_id} {self.seen_on}"

    @property
    def title(self) -> str:
        """What it is about: the content and where it was not seen."""
        place = self.posting.place
        return f"{self.content.title}: {place.name if place else self.posting.where}"
