"""Investment projects under community supervision, and what their owners disclosed."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.inspection import kept
from danchu.inspection.moves import BOARD
from danchu.subjects.order import index_of_names
from danchu.subjects.scoped import ScopedQuerySet


class Capital(models.TextChoices):
    PUBLIC = "public", _("Đầu tư công")
    PPP = "ppp", _("Đối tác công tư")
    COMMUNITY = "community", _("Nhân dân đóng góp")
    SPONSORED = "sponsored", _("Tài trợ trực tiếp cho xã")


class Item(models.TextChoices):
    """What the owner must disclose (Law 10/2022 articles 11, 41–45)."""

    DECISION = "decision", _("Quyết định đầu tư, quy mô, tổng mức đầu tư")
    PARTIES = "parties", _("Chủ đầu tư, tư vấn, nhà thầu, đơn vị giám sát")
    PLAN = "plan", _("Kế hoạch đầu tư, tiến độ thực hiện")
    LAND = "land", _("Chỉ giới đất và quy hoạch sử dụng đất")
    ENVIRONMENT = "environment", _("Xử lý chất thải, bảo vệ môi trường")
    COMPENSATION = "compensation", _("Bồi thường, hỗ trợ, tái định cư")
    TECHNIQUE = "technique", _("Quy trình, quy phạm kỹ thuật, vật tư")
    SETTLEMENT = "settlement", _("Nghiệm thu, quyết toán công trình")


# The items of every project, and those of projects paid by the people or by sponsors.
ALWAYS = (Item.DECISION, Item.PARTIES, Item.PLAN, Item.LAND, Item.ENVIRONMENT)
OF_THE_PEOPLE = (Item.TECHNIQUE, Item.SETTLEMENT)


class ProjectQuerySet(ScopedQuerySet):
    """Investment projects."""

    viewed_as = BOARD

    def running_on(self, day: date) -> Self:
        """Those that have begun by the day and not ended."""
        return self.filter(begun_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


class Project(models.Model):
    """An investment that a Community Investment Supervision Board supervises; `budget` in đồng.

    `items` are the keys of what its owner must disclose, `disclosure` is the obligation to do so,
    counted from `decided_on`.
    """

    journal_kind = "investment_project"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    board = models.ForeignKey("units.Body", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    owner = models.CharField(max_length=200)
    capital = models.CharField(max_length=10, choices=Capital.choices)
    budget = models.BigIntegerField(default=0)
    decided_on = models.DateField(null=True, blank=True)
    begun_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    items = models.JSONField(default=list)
    disclosure = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    disclosed_on = models.DateField(null=True, blank=True)
    supervised_from = models.DateField(null=True, blank=True)
    notice = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    illustrative = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.PROJECT_DIGEST,
            models.CheckConstraint(
                name="project_days_in_order",
                condition=(Q(ended_on=None) | Q(ended_on__gte=F("begun_on"))) & Q(budget__gte=0),
            ),
        ]
        indexes = [
            models.Index(name="project_of_unit", fields=["unit", "-id"]),
            index_of_names("project_by_name", "name"),
        ]

    def __str__(self):
        return self.name


class Disclosure(models.Model):
    """One item that the owner disclosed: on which day, and where it can be read."""

    journal_kind = "project_disclosure"

    project = models.ForeignKey(Project, models.PROTECT, related_name="disclosures")
    item = models.CharField(max_length=14, choices=Item.choices)
    disclosed_on = models.DateField()
    where = models.CharField(max_length=200)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            kept.DISCLOSURE_DIGEST,
            models.UniqueConstraint(name="one_disclosure_an_item", fields=["project", "item"]),
        ]

    def __str__(self):
        return f"{self.project_id} {self.item}"
