"""Commitments: who promised what until when, what was done, and whether those who asked confirm
it.
"""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from danchu.kernel.codes import read_prefixed_code
from danchu.kernel.text import fold
from danchu.minutes import kept
from danchu.minutes.moves import COMMITMENT, RUNNING, State
from danchu.subjects.order import index_of_names
from danchu.subjects.scoped import ScopedQuerySet

MARK = "CK"
SUBJECT = "commitment"


class Origin(models.TextChoices):
    MINUTES = "minutes", _("Biên bản")
    PETITION = "petition", _("Trả lời đơn")
    RECOMMENDATION = "recommendation", _("Trả lời kiến nghị")
    CONFERENCE = "conference", _("Câu hỏi tại hội nghị")
    HAND = "hand", _("Ghi trực tiếp")


class CommitmentQuerySet(ScopedQuerySet):
    viewed_as = COMMITMENT

    def counted(self) -> Self:
        """Those that figures count: all but the withdrawn."""
        return self.exclude(state=State.WITHDRAWN)

    def running(self) -> Self:
        """Those whose deadline runs."""
        return self.filter(state__in=RUNNING)

    def overdue(self, day: date) -> Self:
        """Those that were due before the day and not fulfilled at its end, as it was then, whatever
        came later.
        """
        late = Term.objects.filter(
            Q(ended_on=None) | Q(ended_on__gt=day),
            commitment=OuterRef("pk"),
            set_on__lte=day,
            due_on__lt=day,
        )
        return self.counted().filter(Exists(late))

    def counted_when_due(self) -> Self:
        """Those of `counted` with the day `counted_due_on` on which each counts as due: once a due
        day was missed it stays that one, whatever later day is promised.
        """
        missed = Term.objects.filter(commitment=OuterRef("pk"), ended_on__gt=F("due_on"))
        first = missed.order_by("number").values("due_on")[:1]
        is_missed = When(missed=True, then=Coalesce(Subquery(first), F("due_on")))
        return self.counted().annotate(counted_due_on=Case(is_missed, default=F("due_on")))

    def of(self, origin: str, uid: UUID) -> Self:
        """Those made in the written answer `uid` of the origin."""
        return self.filter(origin=origin, origin_uid=uid)

    def matching(self, text: str) -> Self:
        """Those with this code, or whose title contains the text, ignoring case and diacritics."""
        code = read_prefixed_code(text, (MARK,))
        if code:
            return self.filter(code=code)
        return self.annotate(
            words=Func("title", function="register_fold", output_field=models.TextField())
        ).filter(words__contains=fold(text))


class Commitment(models.Model):
    """A commitment of `owner` (a body) or of the holder of `office`; it counts at `unit`. It is
    public: `title` and `text` name no citizen.

    `due_on` is the day in force; earlier ones are in `Term`. `in_time` is set when it is fulfilled:
    by the day in force, and without a postponement after a due day had passed (`missed`). `secret`
    is a digest. `mark` is the passage of minutes it was made in.
    """

    journal_kind = "commitment"

    uid = models.UUIDField(unique=True)
    code = models.CharField(max_length=12, unique=True)
    secret = models.CharField(max_length=64, blank=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    owner = models.ForeignKey("units.Body", models.PROTECT, null=True, blank=True, related_name="+")
    office = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=180)
    text = models.TextField()
    asker = models.ForeignKey("units.Body", models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.CharField(max_length=120, blank=True)
    origin = models.CharField(max_length=14, choices=Origin.choices)
    origin_uid = models.UUIDField(null=True, blank=True)
    mark = models.UUIDField(unique=True, null=True, blank=True)
    made_on = models.DateField()
    due_on = models.DateField()
    due_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MADE)
    obligation = models.OneToOneField("obligations.Obligation", models.PROTECT, related_name="+")
    fulfilled_on = models.DateField(null=True, blank=True)
    fulfilled_by = models.CharField(max_length=60, blank=True)
    in_time = models.BooleanField(null=True, blank=True)
    kept_on = models.DateField(null=True, blank=True)
    postponed = models.IntegerField(default=0)
    missed = models.BooleanField(default=False)
    moved_on = models.DateField()
    illustrative = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.COMMITMENT_DIGEST,
            kept.COMMITMENT,
            models.CheckConstraint(
                name="commitment_has_an_owner", condition=Q(owner__isnull=False) | ~Q(office="")
            ),
            models.CheckConstraint(
                name="commitment_due_after_made", condition=Q(due_on__gte=F("made_on"))
            ),
            models.CheckConstraint(
                name="commitment_fulfilled_says_when",
                condition=Q(
                    state__in=["fulfilled", "kept"],
                    fulfilled_on__isnull=False,
                    in_time__isnull=False,
                )
                | Q(state__in=["made", "disputed", "withdrawn"], fulfilled_on=None, in_time=None),
            ),
            models.CheckConstraint(
                name="commitment_kept_says_when",
                condition=Q(state="kept", kept_on__gte=F("fulfilled_on"))
                | ~Q(state="kept") & Q(kept_on=None),
            ),
            models.CheckConstraint(
                name="commitment_of_minutes_has_its_mark",
                condition=Q(origin="minutes", mark__isnull=False)
                | ~Q(origin="minutes") & Q(mark=None),
            ),
        ]
        indexes = [
            index_of_names("commitment_by_title", "title"),
            models.Index(name="commitment_latest", fields=["-made_on", "-id"]),
            models.Index(name="commitment_by_due_day", fields=["due_on", "id"]),
            models.Index(name="commitment_of_unit", fields=["unit", "-made_on", "-id"]),
            models.Index(
                name="commitment_of_origin",
                fields=["origin", "origin_uid"],
                condition=Q(origin_uid__isnull=False),
            ),
        ]

    def __str__(self):
        return self.code


class Term(models.Model):
    """A due day of a commitment, in force from `set_on` to `ended_on`, when it was fulfilled,
    postponed or withdrawn.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="terms")
    number = models.IntegerField()
    due_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    obligation = models.OneToOneField("obligations.Obligation", models.PROTECT, related_name="+")
    set_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            kept.TERM_DIGEST,
            kept.TERM,
            models.UniqueConstraint(name="one_term_a_number", fields=["commitment", "number"]),
            models.UniqueConstraint(
                name="one_term_runs", fields=["commitment"], condition=Q(ended_on=None)
            ),
            models.CheckConstraint(
                name="term_ends_after_it_was_set",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("set_on")),
            ),
        ]
        indexes = [models.Index(name="term_running", fields=["due_on"], condition=Q(ended_on=None))]

    def __str__(self):
        return f"{self.commitment_id}.{self.number}"


class CommitmentStep(models.Model):
    """One step in the public history of a commitment."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="steps")
    number = models.IntegerField()
    act = models.CharField(max_length=12)
    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices)
    text = models.TextField(blank=True)
    is_citizen = models.BooleanField(default=False)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            kept.STEP_DIGEST,
            kept.STEP,
            models.UniqueConstraint(
                name="one_commitment_step_a_number", fields=["commitment", "number"]
            ),
        ]

    def __str__(self):
        return f"{self.commitment_id}.{self.number}"


class CommitmentPaperQuerySet(ScopedQuerySet):
    viewed_as = COMMITMENT
    place = "commitment__unit"


class CommitmentPaper(models.Model):
    """A paper that proves what was done, attached to the step that reports it; open to the public
    when `is_public`.
    """

    journal_kind = "commitment_paper"

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="papers")
    step = models.ForeignKey(CommitmentStep, models.PROTECT, related_name="papers")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    is_public = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    objects = CommitmentPaperQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            kept.PAPER,
            kept.PAPER_DIGEST,
            models.UniqueConstraint(name="paper_once_a_commitment_step", fields=["step", "paper"]),
        ]

    def __str__(self):
        return self.name


class CommitmentContact(models.Model):
    """The address at which those who asked want to be notified; no page shows it, and it is deleted
    when the commitment has ended.
    """

    journal_kind = "commitment_contact"

    commitment = models.OneToOneField(Commitment, models.CASCADE, related_name="contact")
    channel = models.CharField(max_length=8)
    target = models.CharField(max_length=200)

    def __str__(self):
        return f"{self.commitment_id} {self.channel}"
