"""What is put to the households of a village, and the consents to an initiative."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.decision import kept
from danchu.decision.lives import State
from danchu.decision.models.roll import Household
from danchu.decision.querysets import DecisionQuerySet
from danchu.law.decision import FIRST_ITEM, LAST_ITEM, Form, Outcome
from danchu.subjects.order import index_of_names

LONGEST_TITLE = 180


class Proposer(models.TextChoices):
    HEAD = "head", _("Trưởng thôn, tổ trưởng, đã thống nhất với Trưởng ban công tác Mặt trận")
    INITIATIVE = "initiative", _("Đề xuất của công dân, được số hộ theo luật đồng thuận")
    FRONT = "front", _("Đề xuất của công dân, Ban công tác Mặt trận tán thành")
    COMMUNE = "commune", _("Chủ tịch Ủy ban nhân dân cấp xã, cho toàn xã")


FORM_WORDS = {
    Form.MEETING: _("Họp cộng đồng dân cư"),
    Form.BALLOT: _("Phiếu lấy ý kiến hộ gia đình"),
    Form.ONLINE: _("Biểu quyết trực tuyến"),
}
OUTCOMES = (
    (Outcome.PASSED.value, _("Được thông qua")),
    (Outcome.NOT_PASSED.value, _("Không được thông qua")),
    (Outcome.TOO_FEW_PRESENT.value, _("Không đủ người dự")),
    (Outcome.FORM_NOT_AGREED.value, _("Cộng đồng chưa đồng ý dùng biểu quyết trực tuyến")),
)
RECOGNISERS = (
    ("committee", _("Ủy ban nhân dân cấp xã")),
    ("front", _("Ủy ban Mặt trận Tổ quốc cấp xã")),
)


class HouseholdDecision(models.Model):
    """A matter of article 15 that the households of the village `unit` decide, or of the commune
    `unit` in each of its villages. `title` and `content` name nobody: they are public from the
    notice on.

    `households_then` and `consents_alive` are the numbers of an initiative on the day it was handed
    in. `settled_on`, `settled_by`, `households` and `yes` are of the vote that settled it. The sums
    from `value` on are of works: đồng, days of labour, m²; `is_contributed`: the people gave some.
    `redoes` is the decision that this one takes the place of; `reported_on` is when its execution
    was reported at the yearly conference of the village.
    """

    journal_kind = "household_decision"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    item = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    content = models.TextField()
    proposer = models.CharField(max_length=10, choices=Proposer.choices)
    proposed_on = models.DateField()
    households_then = models.PositiveIntegerField(null=True, blank=True)
    consents_alive = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.PROPOSED)
    outcome = models.CharField(max_length=24, choices=OUTCOMES, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.CharField(max_length=16, choices=FORM_WORDS.items(), blank=True)
    households = models.PositiveIntegerField(default=0)
    yes = models.PositiveIntegerField(default=0)
    recogniser = models.CharField(max_length=9, choices=RECOGNISERS, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    recognise_due = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    in_time = models.BooleanField(null=True, blank=True)
    document = models.CharField(max_length=60, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    reason = models.CharField(max_length=500, blank=True)
    options = models.PositiveSmallIntegerField(default=0)
    value = models.BigIntegerField(default=0)
    money = models.BigIntegerField(default=0)
    labour_days = models.BigIntegerField(default=0)
    land = models.BigIntegerField(default=0)
    budget = models.BigIntegerField(default=0)
    other = models.BigIntegerField(default=0)
    is_contributed = models.BooleanField(default=False)
    redoes = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="redone_by"
    )
    reported_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.DECISION_DIGEST,
            models.CheckConstraint(
                name="household_decision_of_article_15",
                condition=Q(item__gte=FIRST_ITEM, item__lte=LAST_ITEM),
            ),
            models.CheckConstraint(
                name="household_decision_settled_says_how",
                condition=Q(settled_on=None, settled_by="")
                | Q(
                    settled_on__isnull=False,
                    outcome__in=[Outcome.PASSED.value, Outcome.NOT_PASSED.value],
                    yes__lte=F("households"),
                    households__gte=1,
                )
                & ~Q(settled_by=""),
            ),
            models.CheckConstraint(
                name="household_decision_in_force_was_passed",
                condition=Q(in_force_on=None) | Q(outcome=Outcome.PASSED.value),
            ),
            models.CheckConstraint(
                name="household_decision_sums_not_negative",
                condition=Q(
                    value__gte=0,
                    money__gte=0,
                    labour_days__gte=0,
                    land__gte=0,
                    budget__gte=0,
                    other__gte=0,
                ),
            ),
        ]
        indexes = [
            models.Index(name="household_decision_of_unit", fields=["unit", "proposed_on"]),
            models.Index(name="household_decision_latest", fields=["-proposed_on", "-id"]),
            index_of_names("household_decision_by_title", "title"),
        ]

    def __str__(self):
        return self.title


class Consent(models.Model):
    """That a household agreed to an initiative on a day."""

    journal_kind = "consent"

    decision = models.ForeignKey(HouseholdDecision, models.PROTECT, related_name="consents")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    given_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="consent_once", fields=["decision", "household"])
        ]

    def __str__(self):
        return f"{self.decision_id} {self.household_id}"
