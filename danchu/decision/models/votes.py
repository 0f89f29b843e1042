"""Each vote of the households on what was put to them, and who counts in that vote."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.decision import kept
from danchu.decision.models.decisions import FORM_WORDS, OUTCOMES, HouseholdDecision
from danchu.decision.models.roll import Household
from danchu.decision.querysets import VoteQuerySet
from danchu.law.decision import Form


class Way(models.TextChoices):
    HANDS = "hands", _("Giơ tay")
    SECRET = "secret", _("Bỏ phiếu kín")


class HouseholdVote(models.Model):
    """One vote of the households of a village: a meeting, or ballots that are handed out.

    `planned_on` is the day of the meeting, or the first on which ballots are handed out; `until`
    the last on which they come back; `held_on` the day on which it began. From `frozen_at` on
    `households` is the denominator, whatever becomes of the roll; `unrepresented` are those of
    them without a representative.

    `team` are the three to five who count, one a line. Of ballots: `returned` are those of this
    vote in the box in time, each of which is one of the six kinds; `foreign` sheets and those that
    came `late` are beside them.
    """

    journal_kind = "household_vote"

    decision = models.ForeignKey(HouseholdDecision, models.PROTECT, related_name="votes")
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    number = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=16, choices=FORM_WORDS.items())
    noticed_on = models.DateField()
    papers_on = models.DateField(null=True, blank=True)
    planned_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    households = models.PositiveIntegerField(default=0)
    unrepresented = models.PositiveIntegerField(default=0)
    attending = models.PositiveIntegerField(default=0)
    chair = models.CharField(max_length=120, blank=True)
    team = models.TextField(blank=True)
    secretary = models.CharField(max_length=120, blank=True)
    secretary_yes = models.PositiveIntegerField(default=0)
    way = models.CharField(max_length=6, choices=Way.choices, blank=True)
    way_yes = models.PositiveIntegerField(default=0)
    team_yes = models.PositiveIntegerField(default=0)
    witnesses = models.TextField(blank=True)
    issued = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    other = models.PositiveIntegerField(default=0)
    blank = models.PositiveIntegerField(default=0)
    unreadable = models.PositiveIntegerField(default=0)
    double = models.PositiveIntegerField(default=0)
    foreign = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=24, choices=OUTCOMES, blank=True)
    counted_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.VOTE_DIGEST,
            kept.VOTE,
            models.UniqueConstraint(name="household_vote_number", fields=["decision", "number"]),
            models.CheckConstraint(
                name="household_vote_inequality",
                condition=Q(
                    returned__gte=F("yes") + F("no") + F("other") + F("blank"),
                    issued__gte=F("returned"),
                    households__gte=F("issued"),
                ),
            ),
            models.CheckConstraint(
                name="household_vote_attending_of_all",
                condition=Q(attending__lte=F("households"), unrepresented__lte=F("households")),
            ),
            models.CheckConstraint(
                name="household_vote_result_of_frozen",
                condition=Q(outcome="")
                | Q(
                    frozen_at__isnull=False,
                    held_on__isnull=False,
                    counted_on__isnull=False,
                    households__gte=1,
                ),
            ),
        ]
        indexes = [models.Index(name="household_vote_of_unit", fields=["unit", "held_on"])]

    def __str__(self):
        return f"{self.decision_id}/{self.number}"

    @property
    def is_meeting(self):
        return self.form == Form.MEETING


class RollEntry(models.Model):
    """A household of the roll as it was frozen for a vote: it counts once, whatever becomes of it.
    It takes part in one way: `present_at` is when its representative came to the meeting,
    `issued_at` when it was handed a ballot, `is_online` whether the vote is on line, so
    that the database lets it take part in no other way. Where the meeting has clusters it came to
    one `cluster`. No row says how it voted.
    """

    journal_kind = "roll_entry"

    vote = models.ForeignKey(HouseholdVote, models.PROTECT, related_name="entries")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    is_represented = models.BooleanField()
    present_at = models.DateTimeField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    is_online = models.BooleanField(default=False)
    cluster = models.ForeignKey(
        "decision.Cluster", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            kept.ENTRY,
            models.CheckConstraint(
                name="roll_entry_cluster_of_present",
                condition=Q(cluster=None) | Q(present_at__isnull=False),
            ),
            models.UniqueConstraint(name="one_household_one_vote", fields=["vote", "household"]),
            models.CheckConstraint(
                name="one_household_one_way",
                condition=Q(present_at=None, issued_at=None)
                | Q(present_at=None, is_online=False)
                | Q(issued_at=None, is_online=False),
            ),
        ]

    def __str__(self):
        return f"{self.vote_id} {self.household_id}"


class BallotCount(models.Model):
    """The count of the ballots of a vote by one person. Two people who do it apart and come to the
    same numbers settle the vote; the sheets that they count carry no code.
    """

    journal_kind = "ballot_count"

    vote = models.ForeignKey(HouseholdVote, models.PROTECT, related_name="ballot_counts")
    households = models.PositiveIntegerField()
    issued = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    other = models.PositiveIntegerField()
    blank = models.PositiveIntegerField()
    unreadable = models.PositiveIntegerField()
    double = models.PositiveIntegerField()
    foreign = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            kept.BALLOT_COUNT_DIGEST,
            models.UniqueConstraint(name="one_count_of_a_person", fields=["vote", "made_by"]),
            models.CheckConstraint(
                name="ballot_count_adds_up",
                condition=Q(
                    returned=F("yes")
                    + F("no")
                    + F("other")
                    + F("blank")
                    + F("unreadable")
                    + F("double"),
                    issued__gte=F("returned"),
                    households__gte=F("issued"),
                ),
            ),
        ]

    def __str__(self):
        return f"{self.vote_id} {self.made_by}"


SHEETS = ("yes", "no", "other", "blank", "unreadable", "double")
COUNTED = ("issued", "returned", *SHEETS, "foreign", "late")
