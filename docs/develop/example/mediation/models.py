"""One row a matter that was brought to mediation."""

from django.db import models
from django.db.models import F, Q

from danchu.mediation import kept
from danchu.mediation.lives import OPEN, State
from danchu.mediation.querysets import MediationQuerySet
from danchu.subjects.order import index_of_names


class Mediation(models.Model):
    """`title` names the matter, never a person: it is public once the matter was heard to its
    end, and `outcome` with it. `ended_on` is the day on which it was settled or given up.
    """

    journal_kind = "mediation"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    title = models.CharField(max_length=180)
    received_on = models.DateField()
    meets_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    outcome = models.TextField(blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = MediationQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.MEDIATION_DIGEST,
            models.CheckConstraint(
                name="mediation_ended_says_how",
                condition=Q(state__in=OPEN, ended_on=None)
                | ~Q(state__in=OPEN) & Q(ended_on__isnull=False) & ~Q(outcome=""),
            ),
            models.CheckConstraint(
                name="mediation_ended_after_received",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("received_on")),
            ),
            models.CheckConstraint(
                name="mediation_scheduled_has_day",
                condition=~Q(state__in=["scheduled", "settled", "unsettled"])
                | Q(meets_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="mediation_of_unit", fields=["unit", "received_on"]),
            models.Index(name="mediation_latest", fields=["-received_on", "-id"]),
            index_of_names("mediation_by_title", "title"),
        ]

    def __str__(self):
        return self.title
