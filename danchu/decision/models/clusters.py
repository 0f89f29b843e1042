"""A meeting that is held in several places: the clusters of a village, each with its own count."""

from django.db import models
from django.db.models import F, Q

from danchu.decision import kept
from danchu.decision.models.votes import HouseholdVote, Way


class ClusterPlan(models.Model):
    """The plan of a meeting by clusters: who adds up, and by which paper the People's Committee
    decided. `ground` says how the houses are scattered where the village is too small otherwise.
    """

    journal_kind = "cluster_plan"

    vote = models.OneToOneField(HouseholdVote, models.PROTECT, related_name="cluster_plan")
    households = models.PositiveIntegerField()
    ground = models.CharField(max_length=200, blank=True)
    aggregator = models.CharField(max_length=120)
    sent_on = models.DateField()
    approved_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [kept.CLUSTER_PLAN_DIGEST]

    def __str__(self):
        return f"{self.vote_id} {self.document}"


class Cluster(models.Model):
    """One place of a meeting: `attending` of the households of the one frozen roll came here, each
    of them here and nowhere else. Nothing is voted until `counted_on`.
    """

    journal_kind = "cluster"

    vote = models.ForeignKey(HouseholdVote, models.PROTECT, related_name="clusters")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    chair = models.CharField(max_length=120)
    place = models.CharField(max_length=200)
    meets_on = models.DateField()
    attending = models.PositiveIntegerField(default=0)
    way = models.CharField(max_length=6, choices=Way.choices, blank=True)
    way_yes = models.PositiveIntegerField(default=0)
    secretary = models.CharField(max_length=120, blank=True)
    secretary_yes = models.PositiveIntegerField(default=0)
    team = models.TextField(blank=True)
    team_yes = models.PositiveIntegerField(default=0)
    witnesses = models.TextField(blank=True)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    other = models.PositiveIntegerField(default=0)
    blank = models.PositiveIntegerField(default=0)
    counted_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            kept.CLUSTER_DIGEST,
            kept.CLUSTER,
            models.UniqueConstraint(name="cluster_number", fields=["vote", "number"]),
            models.CheckConstraint(
                name="cluster_votes_of_attending",
                condition=Q(attending__gte=F("yes") + F("no") + F("other") + F("blank")),
            ),
            models.CheckConstraint(
                name="cluster_votes_once_counted",
                condition=Q(counted_on__isnull=False) | Q(yes=0, no=0, other=0, blank=0),
            ),
        ]

    def __str__(self):
        return self.name
