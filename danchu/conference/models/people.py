"""Who is in the hall: bridge points, delegates, their passes, arrivals and departures."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from danchu.conference.models.programme import Conference
from danchu.conference.words import DelegateState, How, Movement, Role
from danchu.kernel.text import fold
from danchu.subjects.order import index_of_names


class BridgePoint(models.Model):
    """A room of a unit where delegates sit together before one screen (điểm cầu). `technician` runs
    its desk; `capacity` 0 means places without limit.
    """

    journal_kind = "bridge_point"

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="points")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    room = models.CharField(max_length=200, blank=True)
    technician = models.CharField(max_length=120, blank=True)
    expected = models.IntegerField(default=0)
    capacity = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)
    position = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_bridge_point_a_name", fields=["conference", "name"]),
            models.CheckConstraint(
                name="bridge_point_places",
                condition=Q(expected__gte=0)
                & Q(capacity__gte=0)
                & Q(taken__gte=0)
                & (Q(capacity=0) | Q(taken__lte=models.F("capacity"))),
            ),
        ]

    def __str__(self):
        return self.name


class DelegateQuerySet(models.QuerySet):
    def matching(self, text: str) -> Self:
        """Those whose name or office contains the words in this order, ignoring diacritics."""
        return self.filter(search__contains=fold(text))


class Delegate(models.Model):
    """A person who was invited or registered; `entitled` to vote in binding votes. `search` is the
    folded name and office, for finding without diacritics. `waits_from` is the number on the
    waiting list.

    `invitation` is the last one sent to them, with the code of `invited_issue` of their pass; 0
    when the invitation is void.
    """

    journal_kind = "delegate"

    uid = models.UUIDField(unique=True)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="delegates")
    point = models.ForeignKey(
        BridgePoint, models.PROTECT, null=True, blank=True, related_name="delegates"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    account = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=120)
    office = models.CharField(max_length=200, blank=True)
    search = models.TextField(blank=True)
    contact = models.CharField(max_length=200, blank=True)
    entitled = models.BooleanField(default=True)
    state = models.CharField(
        max_length=10, choices=DelegateState.choices, default=DelegateState.INVITED
    )
    waits_from = models.BigIntegerField(null=True, blank=True)
    invitation = models.ForeignKey(
        "notices.Notice", models.PROTECT, null=True, blank=True, related_name="+"
    )
    invited_issue = models.IntegerField(default=0, db_default=0)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = DelegateQuerySet.as_manager()

    class Meta:
        indexes = [
            index_of_names("delegate_by_name", "name", "conference"),
            models.Index(name="delegate_of_conference", fields=["conference", "state"]),
            GinIndex(name="delegate_search", fields=["search"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return f"{self.conference_id} {self.uid}"


class Pass(models.Model):
    """The right of one delegate, one room's desk, the chair, … to enter the hall; only the digest
    of its code is stored.

    The codes of delegates and rooms are derived from the server's key and `issue`, so that their
    sheets can be printed again (access/codes.py). A delegate's pass is bound to the first device it
    was used on (`device`) until it is released.
    """

    journal_kind = "conference_pass"

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="passes")
    role = models.CharField(max_length=10, choices=Role.choices)
    delegate = models.OneToOneField(
        Delegate, models.PROTECT, null=True, blank=True, related_name="pass_in"
    )
    point = models.ForeignKey(
        BridgePoint, models.PROTECT, null=True, blank=True, related_name="passes"
    )
    secret = models.CharField(max_length=64)
    issue = models.IntegerField(default=1)
    device = models.CharField(max_length=16, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_pass_a_secret", fields=["secret"]),
            models.CheckConstraint(
                name="pass_is_of_its_role",
                condition=(Q(role="delegate") & Q(delegate__isnull=False))
                | (Q(role="room") & Q(point__isnull=False) & Q(delegate=None))
                | (~Q(role__in=["delegate", "room"]) & Q(delegate=None) & Q(point=None)),
            ),
        ]


class RevokedDevice(models.Model):
    """A device whose tokens are revoked, although their signature is valid."""

    device = models.CharField(max_length=16, primary_key=True)
    conference = models.ForeignKey(Conference, models.PROTECT)


class Attendance(models.Model):
    """A delegate arrived or left, recorded at an instant and in a way."""

    delegate = models.ForeignKey(Delegate, models.PROTECT, related_name="attendance")
    point = models.ForeignKey(BridgePoint, models.PROTECT, null=True, blank=True, related_name="+")
    movement = models.CharField(max_length=8, choices=Movement.choices)
    how = models.CharField(max_length=6, choices=How.choices)
    at = models.DateTimeField()
    noted_by = models.CharField(max_length=60)

    class Meta:
        indexes = [models.Index(name="attendance_of_delegate", fields=["delegate", "at", "id"])]


class HeadCount(models.Model):
    """How many people sat in a room from `at` on, as its desk counted, whether or not they are on
    the list.
    """

    point = models.ForeignKey(BridgePoint, models.PROTECT, related_name="head_counts")
    count = models.IntegerField()
    at = models.DateTimeField()
    noted_by = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="heads_not_below_nothing", condition=Q(count__gte=0) & Q(count__lte=100_000)
            )
        ]
        indexes = [models.Index(name="head_count_of_point", fields=["point", "at", "id"])]
