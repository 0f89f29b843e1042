"""Elections of heads of villages: the days before them, the candidates, what each candidate got."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.village import kept
from danchu.village.lives import ElectionState
from danchu.village.querysets import ElectionQuerySet

LONGEST_NAME = 120


class Source(models.TextChoices):
    FRONT = "front", _("Ban công tác Mặt trận giới thiệu")
    SELF = "self", _("Tự ứng cử")
    MEETING = "meeting", _("Giới thiệu tại cuộc họp")


class HeadElection(models.Model):
    """The election of the head of the village `unit` on `planned_on`: `plan_on` is the day of the
    decision and plan of the commune's chair, `candidates_on` that on which the minutes on the
    candidates came, `team` the election team, one a line, set up on `team_on`, `posted_on` the day
    of posting. The households vote on `decision`. The term ends on `term_until`, exclusive.
    """

    journal_kind = "head_election"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    decision = models.OneToOneField("decision.HouseholdDecision", models.PROTECT, related_name="+")
    planned_on = models.DateField()
    plan_on = models.DateField()
    document = models.CharField(max_length=60)
    term_until = models.DateField()
    candidates_on = models.DateField(null=True, blank=True)
    team = models.TextField(blank=True)
    team_on = models.DateField(null=True, blank=True)
    posted_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=12, choices=ElectionState.choices, default=ElectionState.PLANNED
    )
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ElectionQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.ELECTION_DIGEST,
            models.CheckConstraint(
                name="head_election_days_in_order",
                condition=Q(plan_on__lte=F("planned_on"), term_until__gt=F("planned_on")),
            ),
        ]
        indexes = [
            models.Index(name="head_election_of_unit", fields=["unit", "planned_on"]),
            models.Index(name="head_election_latest", fields=["-planned_on", "-id"]),
        ]

    def __str__(self):
        return f"{self.unit_id} {self.planned_on}"


class Candidate(models.Model):
    """Who stands for head. The day of birth is for the age that the law asks for; it is never
    public.
    """

    journal_kind = "candidate"

    election = models.ForeignKey(HeadElection, models.PROTECT, related_name="candidates")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    born_on = models.DateField()
    source = models.CharField(max_length=8, choices=Source.choices)

    class Meta:
        constraints = [
            kept.CANDIDATE_DIGEST,
            models.UniqueConstraint(name="candidate_number", fields=["election", "number"]),
            models.UniqueConstraint(name="candidate_once", fields=["election", "name", "born_on"]),
        ]

    def __str__(self):
        return f"{self.election_id} {self.number}"


class CandidateCount(models.Model):
    """How many households chose the candidate in a vote, by the count of one person."""

    journal_kind = "candidate_count"

    vote = models.ForeignKey("decision.HouseholdVote", models.PROTECT, related_name="+")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="counts")
    chosen = models.PositiveIntegerField()
    made_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            kept.COUNT_DIGEST,
            models.UniqueConstraint(
                name="one_candidate_count_of_a_person", fields=["vote", "candidate", "made_by"]
            ),
        ]

    def __str__(self):
        return f"{self.vote_id} {self.candidate_id}"
