"""Findings and recommendations."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from danchu.inspection import kept
from danchu.inspection.moves import (
    PUBLIC,
    RECOMMENDATION,
    ROUND,
    Answer,
    Asks,
    State,
    answer_choices,
)
from danchu.kernel.actor import Acting
from danchu.subjects.order import index_of_names
from danchu.subjects.scoped import ScopedQuerySet


class RecommendationQuerySet(ScopedQuerySet):
    """Recommendations of boards."""

    viewed_as = RECOMMENDATION

    def counted(self) -> Self:
        """Those that were sent, which figures count."""
        return self.filter(state__in=PUBLIC)

    def visible_to(self, actor: Acting) -> Self:
        """Those that were sent, for everyone; others where the actor has the right to view
        recommendations.
        """
        return self.within(actor.scope("view", RECOMMENDATION), or_else=Q(state__in=PUBLIC))


class FindingQuerySet(ScopedQuerySet):
    """Violations found by boards."""

    viewed_as = ROUND

    def counted(self) -> Self:
        """Those that were not withdrawn, which figures count."""
        return self.filter(withdrawn_on=None)

    def visible_to(self, actor: Acting) -> Self:
        """Those that were recommended, for everyone; others where the actor has the right to view
        inspection rounds.
        """
        return self.within(actor.scope("view", ROUND), or_else=Q(is_recommended=True))


class Finding(models.Model):
    """A violation (vụ việc vi phạm) that a board found.

    `title` is public once it was recommended; it names the matter, never a citizen. `money` and
    `reduced`, which was taken off the settlement of a project, in đồng; `land` in m².
    """

    journal_kind = "finding"

    uid = models.UUIDField(unique=True)
    number = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    board = models.ForeignKey("units.Body", models.PROTECT, related_name="+")
    round = models.ForeignKey(
        "register.Event", models.PROTECT, null=True, blank=True, related_name="violations"
    )
    project = models.ForeignKey(
        "inspection.Project", models.PROTECT, null=True, blank=True, related_name="violations"
    )
    found_on = models.DateField()
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    is_recommended = models.BooleanField(default=False)
    resolved_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    money = models.BigIntegerField(default=0)
    reduced = models.BigIntegerField(default=0)
    land = models.IntegerField(default=0)
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    illustrative = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.FINDING_DIGEST,
            models.CheckConstraint(
                name="finding_resolved_after_found",
                condition=Q(resolved_on=None) | Q(resolved_on__gte=F("found_on")),
            ),
            models.CheckConstraint(
                name="finding_withdrawn_is_not_recommended",
                condition=Q(withdrawn_on=None) | Q(is_recommended=False),
            ),
            models.CheckConstraint(
                name="finding_withdrawn_says_why", condition=Q(withdrawn_on=None) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="finding_recovered_not_below_zero",
                condition=Q(money__gte=0, reduced__gte=0, land__gte=0),
            ),
        ]
        indexes = [
            index_of_names("finding_by_title", "title"),
            models.Index(name="finding_of_unit", fields=["unit", "found_on"]),
            models.Index(name="finding_latest", fields=["-found_on", "-id"]),
        ]

    def __str__(self):
        return self.number or str(self.uid)


class Recommendation(models.Model):
    """What `board` recommends to `answerer` about a violation. Money in đồng, land in m².

    `title` and `finding` are public once sent: they name the matter, never a citizen. `asked_on` is
    the day until which the board asks for an answer, within the time that the law sets.
    """

    journal_kind = "recommendation"

    uid = models.UUIDField(unique=True)
    number = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    board = models.ForeignKey("units.Body", models.PROTECT, related_name="+")
    answerer = models.ForeignKey("units.Body", models.PROTECT, related_name="+")
    round = models.ForeignKey(
        "register.Event", models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    violation = models.OneToOneField(
        Finding, models.PROTECT, null=True, blank=True, related_name="recommendation"
    )
    project = models.ForeignKey(
        "inspection.Project", models.PROTECT, null=True, blank=True, related_name="recommendations"
    )
    asks = models.CharField(max_length=8, choices=Asks.choices, default=Asks.REMEDY)
    title = models.CharField(max_length=200)
    finding = models.TextField()
    found_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFTED)
    sent_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    obligation = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)
    in_time = models.BooleanField(default=False)
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answer_text = models.TextField(blank=True)
    remedied_on = models.DateField(null=True, blank=True)
    remedy_text = models.TextField(blank=True)
    money = models.BigIntegerField(default=0)
    reduced = models.BigIntegerField(default=0)
    land = models.IntegerField(default=0)
    settled_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.RECOMMENDATION_DIGEST,
            kept.RECOMMENDATION,
            models.CheckConstraint(
                name="recommendation_sent_is_owed",
                # Before 2023 no rule set a time limit for some boards.
                condition=Q(obligation=None) | Q(received_on__isnull=False),
            ),
            models.CheckConstraint(
                name="recommendation_days_in_order",
                condition=(Q(sent_on=None) | Q(sent_on__gte=F("found_on")))
                & (Q(asked_on=None) | Q(asked_on__gte=F("found_on")))
                & (Q(received_on=None) | Q(received_on__gte=F("sent_on")))
                & (Q(answered_on=None) | Q(answered_on__gte=F("received_on")))
                & (Q(remedied_on=None) | Q(remedied_on__gte=F("answered_on")))
                & (Q(settled_on=None) | Q(settled_on__gte=F("remedied_on"))),
            ),
            models.CheckConstraint(
                name="recommendation_answered_says_how",
                condition=~Q(state__in=["answered", "rejected", "remedied", "settled"])
                | ~Q(answer="") & Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="suspension_is_of_a_project",
                condition=~Q(asks="suspend") | Q(project__isnull=False),
            ),
            models.CheckConstraint(
                name="recommendation_recovered_not_below_zero",
                condition=Q(money__gte=0, reduced__gte=0, land__gte=0),
            ),
        ]
        indexes = [
            index_of_names("recommendation_by_title", "title"),
            models.Index(name="recommendation_of_unit", fields=["unit", "received_on"]),
            models.Index(name="recommendation_latest", fields=["-received_on", "-id"]),
        ]

    def __str__(self):
        return self.number or str(self.uid)

    @property
    def answer_words(self):
        """The name of the answer; for a proposal to suspend, whether the project was suspended."""
        return dict(answer_choices(self)).get(self.answer, "")
