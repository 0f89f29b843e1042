"""Minutes as ordered paragraphs, in which passages are marked as opinion, commitment, decision
or finding.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from danchu.kernel.actor import Acting
from danchu.kernel.text import fold
from danchu.minutes import kept
from danchu.subjects.order import index_of_names
from danchu.subjects.scoped import ScopedQuerySet

MINUTES = "minutes"


class MinutesState(models.TextChoices):
    DRAFTED = "drafted", _("Đang soạn")
    APPROVED = "approved", _("Đã duyệt")
    SUPERSEDED = "superseded", _("Đã được đính chính")


class PassageKind(models.TextChoices):
    OPINION = "opinion", _("Ý kiến")
    COMMITMENT = "commitment", _("Cam kết")
    DECISION = "decision", _("Quyết định, kết luận")
    FINDING = "finding", _("Phát hiện")


class MinutesQuerySet(ScopedQuerySet):
    viewed_as = MINUTES

    def approved(self) -> Self:
        """Those in force: approved and not superseded by a correction."""
        return self.filter(state=MinutesState.APPROVED)

    def public(self) -> Self:
        """Those whose text is open to the public: approved as such, also when corrected later."""
        return self.filter(is_public=True).exclude(state=MinutesState.DRAFTED)

    def matching(self, text: str) -> Self:
        """Those whose title contains the text, ignoring case and diacritics, or whose number begins
        with it.
        """
        words = Func("title", function="register_fold", output_field=models.TextField())
        return self.annotate(words=words).filter(
            Q(words__contains=fold(text)) | Q(number__startswith=text.strip()[:60])
        )

    def visible_to(self, actor: Acting) -> Self:
        """Those open to the public, and those the actor has a right to view."""
        return self.within(
            actor.scope("view", MINUTES), or_else=Q(is_public=True) & ~Q(state=MinutesState.DRAFTED)
        )


class Minutes(models.Model):
    """The minutes of a meeting on `held_on` at the unit of the body that held it.

    They belong to an event of the register, to a record of a room above (`subject_kind`,
    `subject`), or to neither yet. `version` counts corrections and `changed` says what one changed.
    `edition` grows with each save of a draft: it is the optimistic lock.
    """

    journal_kind = MINUTES

    uid = models.UUIDField(unique=True)
    version = models.IntegerField(default=1)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    changed = models.CharField(max_length=500, blank=True)
    event = models.ForeignKey(
        "register.Event", models.PROTECT, null=True, blank=True, related_name="minutes"
    )
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    body = models.ForeignKey("units.Body", models.PROTECT, null=True, blank=True, related_name="+")
    held_on = models.DateField()
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=60, blank=True)
    attendance = models.CharField(max_length=1000, blank=True)
    chair = models.CharField(max_length=120, blank=True)
    secretary = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=10, choices=MinutesState.choices, default=MinutesState.DRAFTED
    )
    is_public = models.BooleanField(default=False)
    edition = models.IntegerField(default=1)
    content_hash = models.CharField(max_length=64, blank=True)
    approved_by = models.CharField(max_length=60, blank=True)
    approver = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    editor = models.CharField(max_length=120, blank=True)
    edited_at = models.DateTimeField()
    illustrative = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = MinutesQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.MINUTES_DIGEST,
            kept.MINUTES,
            models.CheckConstraint(
                name="minutes_approved_say_by_whom",
                condition=Q(state="drafted", approved_at=None, content_hash="")
                | ~Q(state="drafted") & Q(approved_at__isnull=False) & ~Q(content_hash=""),
            ),
            models.CheckConstraint(
                name="minutes_corrected_say_what",
                condition=Q(version=1, supersedes=None)
                | Q(version__gt=1, supersedes__isnull=False) & ~Q(changed=""),
            ),
        ]
        indexes = [
            index_of_names("minutes_by_title", "title"),
            models.Index(name="minutes_latest", fields=["-held_on", "-id"]),
            models.Index(name="minutes_of_unit", fields=["unit", "-held_on", "-id"]),
            models.Index(
                name="minutes_of_subject",
                fields=["subject_kind", "subject"],
                condition=~Q(subject=""),
            ),
        ]

    def __str__(self):
        return self.number or self.title


class Block(models.Model):
    """One paragraph or heading. `speaker` is the name of who spoke, for officials; `shown_as` is
    what the public reads instead: an office, a village.
    """

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="blocks")
    number = models.IntegerField()
    is_heading = models.BooleanField(default=False)
    text = models.TextField()
    speaker = models.CharField(max_length=120, blank=True)
    shown_as = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            kept.BLOCK_DIGEST,
            kept.BLOCK,
            models.UniqueConstraint(name="one_block_a_number", fields=["minutes", "number"]),
        ]

    def __str__(self):
        return f"{self.minutes_id}.{self.number}"


class PassageQuerySet(models.QuerySet["Passage"]):
    def counted(self) -> Self:
        """Those that count in figures, with their `day`: of approved minutes whose event, if any,
        is confirmed. They count on the day of the event, also where that was corrected since.
        """
        return (
            self.filter(
                Q(minutes__event=None) | Q(minutes__event__state="confirmed"),
                minutes__state=MinutesState.APPROVED,
            )
            .annotate(day=Coalesce("minutes__event__held_on", "minutes__held_on"))
            .select_related("minutes")
        )

    def visible_to(self, actor: Acting) -> Self:
        """Those of minutes whose text the actor may read."""
        return self.filter(minutes__in=Minutes.objects.visible_to(actor).order_by())


class Passage(models.Model):
    """The characters from `start` to before `end` of a paragraph, marked as a `kind`; `text` is a
    copy of them.

    `mark` is the same in all versions of the minutes. `is_accepted` is for opinions. The other
    fields are for commitments: what is promised, by which body or office, until when and why then,
    and who asked.
    """

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="passages")
    block = models.ForeignKey(Block, models.PROTECT, related_name="passages")
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    mark = models.UUIDField()
    kind = models.CharField(max_length=10, choices=PassageKind.choices)
    start = models.IntegerField()
    end = models.IntegerField()
    text = models.TextField()
    is_accepted = models.BooleanField(default=False)
    title = models.CharField(max_length=180, blank=True)
    owner = models.ForeignKey(
        "units.Body", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    office = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_reason = models.CharField(max_length=300, blank=True)
    asker = models.ForeignKey(
        "units.Body", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    asked_by = models.CharField(max_length=120, blank=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        ordering = ["block__number", "start", "pk"]
        constraints = [
            kept.PASSAGE_DIGEST,
            kept.PASSAGE,
            models.UniqueConstraint(name="one_mark_a_version", fields=["minutes", "mark"]),
            models.CheckConstraint(
                name="passage_within_its_text", condition=Q(start__gte=0, end__gt=F("start"))
            ),
            models.CheckConstraint(
                name="only_opinions_are_accepted",
                condition=Q(kind="opinion") | Q(is_accepted=False),
            ),
        ]
        indexes = [
            models.Index(name="passage_of_unit", fields=["unit", "kind"]),
            models.Index(name="passage_of_mark", fields=["mark"]),
        ]

    def __str__(self):
        return f"{self.minutes_id} {self.kind} {self.start}–{self.end}"
