"""Polls and votes. No row with a choice has a time or a serial number, which would tell the order
of arrival.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from danchu.conference import kept
from danchu.conference.models.people import BridgePoint, Delegate
from danchu.conference.models.programme import Conference, ProgrammeItem
from danchu.conference.words import Electorate, Franchise, PollKind, PollState, Secrecy


class Poll(models.Model):
    """A question put to the hall. `options` is a list of texts; a choice is an index of the
    list, from 0.

    `quorum_rule` and `threshold_rule` are keys of the law book; `threshold_option` is the option
    that must reach the threshold. `on_roll`: only those on the roll taken at opening may vote.
    `basis` is what was frozen then (see actions/polls.py), `result` what was declared (see
    votes/count.py). `publishes_names`: the published file of a named vote contains who chose what.
    """

    journal_kind = "poll"

    uid = models.UUIDField(unique=True)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="polls")
    item = models.ForeignKey(
        ProgrammeItem, models.PROTECT, null=True, blank=True, related_name="polls"
    )
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=8, choices=PollKind.choices)
    secrecy = models.CharField(max_length=6, choices=Secrecy.choices)
    franchise = models.CharField(
        max_length=10, choices=Franchise.choices, default=Franchise.DELEGATES
    )
    electorate = models.CharField(
        max_length=8, choices=Electorate.choices, default=Electorate.PRESENT
    )
    options = models.JSONField()
    may_change = models.BooleanField(default=False)
    publishes_names = models.BooleanField(default=False)
    on_roll = models.BooleanField(default=True)
    quorum_rule = models.CharField(max_length=60, blank=True)
    threshold_rule = models.CharField(max_length=60, blank=True)
    threshold_option = models.IntegerField(default=0)
    state = models.CharField(max_length=9, choices=PollState.choices, default=PollState.DRAFTED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)
    basis = models.JSONField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            kept.POLL_DIGEST,
            models.CheckConstraint(
                name="poll_closed_after_opened",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="poll_declared_has_a_result",
                condition=~Q(state="declared") | Q(result__isnull=False),
            ),
            models.CheckConstraint(
                name="poll_secret_not_by_hands",
                condition=~Q(secrecy="secret") | Q(franchise="delegates"),
            ),
            models.CheckConstraint(
                name="poll_secret_names_nobody",
                condition=~Q(secrecy="secret") | Q(publishes_names=False),
            ),
        ]

    def __str__(self):
        return self.title


class RollEntry(models.Model):
    """Who may vote in a poll, as frozen at its opening; of a poll without a roll, who voted. `salt`
    as in votes/roll.py.
    """

    pk = models.CompositePrimaryKey("poll_id", "voter_id")
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="roll")
    voter = models.ForeignKey(Delegate, models.PROTECT, related_name="+", db_index=False)
    salt = models.UUIDField(default=uuid4)


class Vote(models.Model):
    """That a delegate has voted. A named vote holds the choice; a secret one holds it sealed
    (vault/urn.py) until the urn is opened, then neither.
    """

    pk = models.CompositePrimaryKey("poll_id", "voter_id")
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="votes")
    voter = models.ForeignKey(Delegate, models.PROTECT, related_name="+", db_index=False)
    choice = models.SmallIntegerField(null=True)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            kept.VOTE_DIGEST,
            models.CheckConstraint(
                name="vote_named_or_sealed", condition=Q(choice=None) | Q(sealed=None)
            ),
        ]


class Ballot(models.Model):
    """A secret vote taken out of the urn: a choice under a code that only its voter knows, in the
    order of the codes.
    """

    pk = models.CompositePrimaryKey("poll_id", "code")
    poll = models.ForeignKey(Poll, models.PROTECT, related_name="ballots")
    code = models.CharField(max_length=20)
    choice = models.SmallIntegerField()

    class Meta:
        constraints = [kept.BALLOT_DIGEST]


class RoomCount(models.Model):
    """Hands counted in a room for a poll, one number an option: the last valid entry of its desk
    before closing.
    """

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="room_counts")
    point = models.ForeignKey(BridgePoint, models.PROTECT, related_name="room_counts")
    counts = models.JSONField()
    heads = models.IntegerField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            kept.ROOM_COUNT_DIGEST,
            models.UniqueConstraint(name="one_count_a_room", fields=["poll", "point"]),
        ]


class Declaration(models.Model):
    """The published file of a poll, and the key and signature it was signed with
    (votes/result_file.py). Written once.
    """

    poll = models.OneToOneField(Poll, models.PROTECT, primary_key=True, related_name="declaration")
    content = models.TextField()
    size = models.IntegerField()
    root = models.CharField(max_length=64)
    public_key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [kept.DECLARATION_DIGEST]
