"""Propositions on which people vote, who votes with a key of their own, and the votes."""

from django.db import models
from django.db.models import F, Q

from danchu.consultation import kept
from danchu.consultation.models.consultations import Consultation
from danchu.consultation.profiles import Profile
from danchu.consultation.proposition_life import Kind, PropositionState
from danchu.consultation.querysets import VoteQuerySet, VoterQuerySet
from danchu.consultation.voices import Way


class Voter(Profile):
    """One person who votes in a consultation, known by a key alone: `key` is the digest of a secret
    that was handed out, or of who they are as written on a paper, which is kept nowhere. `number`
    is their number among the voters, `joined_on` the day of their first vote: a key that nobody
    used counts nowhere.
    """

    journal_kind = "consultation_voter"

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="voters", db_index=False
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    way = models.CharField(max_length=10, choices=Way.choices, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = VoterQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.VOTER_DIGEST,
            models.UniqueConstraint(name="one_voter_a_key", fields=["consultation", "key"]),
            models.UniqueConstraint(name="one_voter_a_number", fields=["consultation", "number"]),
        ]

    def __str__(self):
        return f"{self.consultation_id} {self.number}"


class Proposition(models.Model):
    """A question of who asks, or what one of the people (`voter`) states, on which all vote."""

    journal_kind = "consultation_proposition"

    uid = models.UUIDField(unique=True)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="propositions", db_index=False
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=11, choices=Kind.choices)
    text = models.CharField(max_length=300)
    voter = models.ForeignKey(Voter, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(
        max_length=8, choices=PropositionState.choices, default=PropositionState.COUNTED
    )
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            kept.PROPOSITION,
            kept.PROPOSITION_DIGEST,
            models.UniqueConstraint(
                name="one_proposition_a_number", fields=["consultation", "number"]
            ),
            models.CheckConstraint(
                name="proposition_hidden_says_why", condition=~Q(state="hidden") | ~Q(reason="")
            ),
        ]

    def __str__(self):
        return self.text


class Vote(models.Model):
    """What one voter chose of one proposition: 1 agree, -1 disagree, 0 pass or another opinion. It
    may be changed while opinions are taken. `counted_as` is the choice that stands in the groups of
    opinion as they were counted last; None where that count did not know it yet.
    """

    journal_kind = "consultation_vote"

    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="votes", db_index=False
    )
    proposition = models.ForeignKey(Proposition, models.PROTECT, related_name="votes")
    voter = models.ForeignKey(Voter, models.PROTECT, related_name="votes", db_index=False)
    choice = models.SmallIntegerField()
    counted_as = models.SmallIntegerField(null=True, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.VOTE_DIGEST,
            models.UniqueConstraint(name="one_vote_a_proposition", fields=["voter", "proposition"]),
            models.CheckConstraint(name="vote_is_a_choice", condition=Q(choice__in=[-1, 0, 1])),
        ]
        indexes = [
            models.Index(name="vote_of_consultation", fields=["consultation", "id"]),
            models.Index(
                name="vote_not_counted_yet",
                fields=["consultation"],
                condition=Q(counted_as=None) | ~Q(counted_as=F("choice")),
            ),
        ]

    def __str__(self):
        return f"{self.voter_id} {self.proposition_id} {self.choice}"
