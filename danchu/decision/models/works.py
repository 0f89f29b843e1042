"""Works to which the people contributed without a decision of the households here."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.decision import kept
from danchu.decision.lives import WorksState
from danchu.decision.querysets import WorksQuerySet
from danchu.subjects.order import index_of_names

LONGEST_TITLE = 180


class Why(models.TextChoices):
    GIFT = "gift", _("Người dân, tổ chức tự nguyện đóng góp, không phải huy động")
    EARLIER = "earlier", _("Đã quyết định trước khi ghi vào hệ thống này")
    PROGRAMME = "programme", _("Thuộc chương trình của Nhà nước, dân chỉ góp ngày công, hiến đất")


class Works(models.Model):
    """Works at `unit`, a village or a commune, that no decision of households is recorded for;
    `why` says why there was none. `finished_on` is when they were done; the sums are as in
    HouseholdDecision. `title` names nobody: it is public once confirmed.
    """

    journal_kind = "works"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    title = models.CharField(max_length=LONGEST_TITLE)
    why = models.CharField(max_length=9, choices=Why.choices)
    finished_on = models.DateField()
    state = models.CharField(max_length=9, choices=WorksState.choices, default=WorksState.DRAFT)
    reason = models.CharField(max_length=500, blank=True)
    value = models.BigIntegerField(default=0)
    money = models.BigIntegerField(default=0)
    labour_days = models.BigIntegerField(default=0)
    land = models.BigIntegerField(default=0)
    budget = models.BigIntegerField(default=0)
    other = models.BigIntegerField(default=0)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = WorksQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.WORKS_DIGEST,
            models.CheckConstraint(
                name="works_sums",
                condition=Q(
                    money__gte=0,
                    labour_days__gte=0,
                    land__gte=0,
                    budget__gte=0,
                    other__gte=0,
                    value__gte=F("money") + F("budget") + F("other"),
                ),
            ),
        ]
        indexes = [
            models.Index(name="works_of_unit", fields=["unit", "finished_on"]),
            models.Index(name="works_latest", fields=["-finished_on", "-id"]),
            index_of_names("works_by_title", "title"),
        ]

    def __str__(self):
        return self.title
