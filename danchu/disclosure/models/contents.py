"""What is to be disclosed: contents and their versions."""

from __future__ import annotations

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from danchu.disclosure import kept
from danchu.disclosure.lives import DISCLOSURE, State
from danchu.subjects.order import index_of_names
from danchu.subjects.scoped import ScopedQuerySet


class Origin(models.TextChoices):
    """Why a content is disclosed."""

    HAND = "hand", _("Ghi trực tiếp")
    RECORD = "record", _("Phát sinh từ hồ sơ")
    LIST = "list", _("Danh mục quý")
    PLAN = "plan", _("Kế hoạch công khai")
    YEARLY = "yearly", _("Luật định hằng năm")


class ContentQuerySet(ScopedQuerySet):
    viewed_as = DISCLOSURE

    def known(self) -> Self:
        """Those that everybody reads: owed or disclosed."""
        return self.exclude(state=State.WITHDRAWN)

    def counted(self) -> Self:
        """Those that figures count: disclosed at least once."""
        return self.known().filter(disclosed_on__isnull=False)

    def judged(self) -> Self:
        """With all that a judgement of them reads."""
        return self.select_related("item__text", "special__text").prefetch_related(
            "versions__obligation",
            "postings__place",
            "postings__contests",
            "contests__posting__place",
            "contests__obligation",
        )


class VersionQuerySet(models.QuerySet["Version"]):
    def due(self) -> Self:
        """Those that were not replaced before their due day."""
        rows = self.exclude(content__state=State.WITHDRAWN).filter(obligation__isnull=False)
        return rows.filter(Q(replaced_on=None) | Q(replaced_on__gt=F("obligation__due_on")))

    def ever(self) -> Self:
        """Those of `due` that were disclosed in a form owed, in time or late, by a posting that
        nobody contested rightly.
        """
        postings = apps.get_model("disclosure", "Posting").objects.unquestioned().owed_of_item()
        return self.due().filter(Exists(postings.filter(version=OuterRef("pk"))))

    def in_time(self) -> Self:
        """Those of `due` that were disclosed in the first form owed by their due day."""
        return self.due().filter(disclosed_on__lte=F("obligation__due_on"))


class Content(models.Model):
    """Something that a unit discloses under an item of the law. `title` names no person: it is
    public. `decided_on` is the day of the decision or document of its latest version.

    `special` is the item of a special law whose days, forms and places replace the general ones.
    `disclosed_on` is the first day on which any version was posted. `origin_kind` and `origin_uid`
    name the record of another room from which it arose.
    """

    journal_kind = "disclosure_content"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    item = models.ForeignKey("disclosure.Item", models.PROTECT, related_name="+")
    special = models.ForeignKey(
        "disclosure.Item", models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=180)
    decided_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OWED)
    disclosed_on = models.DateField(null=True, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.HAND)
    origin_kind = models.CharField(max_length=40, blank=True)
    origin_uid = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    illustrative = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ContentQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.CONTENT_DIGEST,
            models.UniqueConstraint(
                name="one_content_an_origin",
                fields=["origin_kind", "origin_uid", "unit"],
                condition=Q(origin_uid__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosed_content_has_a_day",
                condition=~Q(state="disclosed") | Q(disclosed_on__isnull=False),
            ),
            models.CheckConstraint(
                name="withdrawn_content_says_why", condition=~Q(state="withdrawn") | ~Q(reason="")
            ),
        ]
        indexes = [
            models.Index(name="content_of_unit", fields=["unit", "-decided_on", "-id"]),
            models.Index(name="content_latest", fields=["-decided_on", "-id"]),
            index_of_names("content_by_title", "title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def terms(self):
        """The item whose days, forms and places hold: that of a special law, or the general one."""
        return self.special or self.item


class Version(models.Model):
    """One version of a content: its decision or document, its file, and the obligation to disclose
    it. `replaced_on` is the day of the version after it. `changed` says what is new in it.
    """

    journal_kind = "disclosure_version"

    uid = models.UUIDField(unique=True)
    content = models.ForeignKey(Content, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    decided_on = models.DateField()
    document = models.CharField(max_length=120, blank=True)
    changed = models.CharField(max_length=500, blank=True)
    paper = models.ForeignKey("papers.Paper", models.PROTECT, null=True, blank=True)
    paper_name = models.CharField(max_length=200, blank=True)
    obligation = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    disclosed_on = models.DateField(null=True, blank=True)
    replaced_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.VERSION_DIGEST,
            models.UniqueConstraint(name="one_version_a_number", fields=["content", "number"]),
            models.CheckConstraint(
                name="version_says_what_changed", condition=Q(number=1) | ~Q(changed="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_id} {self.number}"
