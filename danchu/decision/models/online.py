"""Votes on line: whether to vote on line at all, then on the matter."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from danchu.decision import kept
from danchu.decision.models.votes import HouseholdVote, RollEntry
from danchu.decision.querysets import OnlinePollQuerySet


class Step(models.TextChoices):
    FORM = "form", _("Có dùng biểu quyết trực tuyến không")
    MATTER = "matter", _("Biểu quyết về việc này")


class OnlinePoll(models.Model):
    """One of the two polls of a vote on line, until the end of the day `until`. It was reported to
    the commune on `reported_on`. While it is open each choice is sealed with the key of its urn
    (danchu/vault/urn.py); when it closes the numbers and the signed file are written and the key is
    destroyed. One whose matter was withdrawn is closed uncounted, without a file.
    """

    journal_kind = "online_poll"

    uid = models.UUIDField(unique=True)
    vote = models.ForeignKey(HouseholdVote, models.PROTECT, related_name="polls")
    step = models.CharField(max_length=6, choices=Step.choices)
    reported_on = models.DateField()
    until = models.DateField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cast = models.PositiveIntegerField(default=0)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    other = models.PositiveIntegerField(default=0)
    content = models.TextField(blank=True)
    size = models.PositiveIntegerField(default=0)
    root = models.CharField(max_length=64, blank=True)
    public_key = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128, blank=True)

    objects = OnlinePollQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.ONLINE_POLL_DIGEST,
            kept.ONLINE_POLL,
            models.UniqueConstraint(name="online_poll_of_a_step", fields=["vote", "step"]),
            models.CheckConstraint(
                name="online_poll_adds_up", condition=Q(cast=F("yes") + F("no") + F("other"))
            ),
        ]

    def __str__(self):
        return f"{self.vote_id} {self.step}"


class OnlineChoice(models.Model):
    """That a household took part in a poll, once. `sealed` is its choice until the poll closes;
    after that nothing links the household to a choice.
    """

    journal_kind = "online_choice"

    poll = models.ForeignKey(OnlinePoll, models.PROTECT, related_name="choices")
    entry = models.ForeignKey(RollEntry, models.PROTECT, related_name="+")
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            kept.ONLINE_CHOICE,
            models.UniqueConstraint(name="one_household_one_choice", fields=["poll", "entry"]),
        ]

    def __str__(self):
        return f"{self.poll_id} {self.entry_id}"


class OnlineOpinion(models.Model):
    """Another opinion that a household wrote, in the order of the alphabet and of no household."""

    journal_kind = "online_opinion"

    poll = models.ForeignKey(OnlinePoll, models.PROTECT, related_name="opinions")
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [kept.ONLINE_OPINION_DIGEST, kept.ONLINE_OPINION]

    def __str__(self):
        return self.text[:40]
