"""Who follows what. An address stands in two columns only: of who follows, and, until it is
confirmed or its time is over, of who asked. Both rows are deleted, not marked, when they end.
"""

from django.db import models
from django.db.models import Q

from danchu.following.querysets import ConfirmationQuerySet, FollowerQuerySet

# An address that is longer could not be a notice's.
LONGEST_ADDRESS = 200


class ThingKind(models.TextChoices):
    FIGURE = "figure"
    PLACE = "place"
    LIST = "list"
    RECORD = "record"


class Thing(models.Model):
    """Something that is followed: an indicator (`key`) at a `unit`; a place, which stands for every
    public list at it; one public list (`key` is its name), at a place or everywhere; one public
    record (`key` is the name of its subject, `subject` its primary key).

    `values` of a figure are {year: [value as a fraction, number of the last entry of the journal
    when the value was first read]}; one that was read when it was first followed has the number 0.
    """

    kind = models.CharField(max_length=6, choices=ThingKind.choices)
    key = models.CharField(max_length=80, blank=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    subject = models.BigIntegerField(null=True)
    values = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_thing", fields=["kind", "key", "unit", "subject"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="thing_says_what",
                condition=Q(kind="figure", key__gt="", unit__isnull=False, subject=None)
                | Q(kind="place", key="", unit__isnull=False, subject=None)
                | Q(kind="list", key__gt="", subject=None)
                | Q(kind="record", key__gt="", unit=None, subject__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"


class Confirmation(models.Model):
    """Somebody asked to follow a thing by mail to an address, and has not confirmed that it is
    theirs. The code is derived (codes.py) and stored nowhere.
    """

    journal_kind = "follow_confirmation"

    uid = models.UUIDField(unique=True)
    email = models.CharField(max_length=LONGEST_ADDRESS)
    language = models.CharField(max_length=5)
    thing = models.ForeignKey(Thing, models.CASCADE, related_name="confirmations")
    made_at = models.DateTimeField(db_index=True)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_confirmation_waits", fields=["email", "thing"])
        ]

    def __str__(self):
        return str(self.pk)


class Follower(models.Model):
    """An address that was confirmed. `written_on` is the last day whose changes were put together
    for it, whether there were any or not.
    """

    uid = models.UUIDField(unique=True)
    email = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    language = models.CharField(max_length=5)
    written_on = models.DateField(null=True)

    objects = FollowerQuerySet.as_manager()

    def __str__(self):
        return str(self.pk)


class Following(models.Model):
    """That a follower follows a thing. `beyond`: of what changed up to this entry of the journal
    they were told, or it was before they followed.
    """

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="followings")
    thing = models.ForeignKey(Thing, models.PROTECT, related_name="followings")
    beyond = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="followed_once", fields=["follower", "thing"])]

    def __str__(self):
        return str(self.pk)


class DailyLetter(models.Model):
    """The letter of a day to a follower; deleted once it was sent or given up."""

    journal_kind = "follow_letter"

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="letters")
    on = models.DateField()
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_letter_a_day", fields=["follower", "on"])]

    def __str__(self):
        return str(self.pk)


class PublicState(models.Model):
    """The state in which the public last saw a record, by the kind of its journal entries; `number`
    is the entry that led to it, 0 for what was there before anybody could follow.
    """

    kind = models.CharField(max_length=80)
    subject = models.BigIntegerField()
    state = models.CharField(max_length=120)
    number = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="one_public_state", fields=["kind", "subject"])]
        indexes = [models.Index(name="public_state_since", fields=["number"])]

    def __str__(self):
        return f"{self.kind} {self.subject}"


class Reading(models.Model):
    """How far changes were read: up to the entry `number`, on the day `on`. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="one_reading", condition=Q(id=1))]

    def __str__(self):
        return str(self.on)
