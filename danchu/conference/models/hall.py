"""The hall as devices see it: its numbered state, the frames that led to it, open lines, entries of
rooms.
"""

from django.db import models
from django.db.models import F, Q

from danchu.conference.models.people import BridgePoint, Pass
from danchu.conference.models.programme import Conference
from danchu.conference.words import Outcome


class HallState(models.Model):
    """The whole state of a hall after frame `v`: {key: value}, which every new device receives."""

    conference = models.OneToOneField(
        Conference, models.PROTECT, primary_key=True, related_name="hall_state"
    )
    v = models.BigIntegerField(default=0)
    state = models.JSONField(default=dict)


class Frame(models.Model):
    """A change, with absolute values: {"v": number, "changes": {key: value or null}}. Numbered by
    the sequencer alone.
    """

    pk = models.CompositePrimaryKey("conference_id", "v")
    conference = models.ForeignKey(
        Conference, models.PROTECT, related_name="frames", db_index=False
    )
    v = models.BigIntegerField()
    body = models.TextField()
    at = models.DateTimeField()


class Hub(models.Model):
    """A process that holds lines; `seen_at` is its last heartbeat. When it dies its open lines
    count as ended then.
    """

    uid = models.UUIDField(primary_key=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class Line(models.Model):
    """A device was connected from `opened_at` until `closed_at`, or until its hub was last seen."""

    pk = models.CompositePrimaryKey("hub_id", "number")
    hub = models.ForeignKey(Hub, models.PROTECT, related_name="lines", db_index=False)
    number = models.BigIntegerField()
    pass_in = models.ForeignKey(Pass, models.PROTECT, related_name="lines")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="line_closed_after_opened",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
            )
        ]


class RoomEntry(models.Model):
    """One entry of a room's desk, perhaps made offline: identified by the desk's own `uid`, applied
    once, in the desk's order.

    `made_at` is by the desk's clock, `received_at` by the server's; `at` is the corrected time:
    between the entries of the same desk with the numbers before and after it, whatever its clock
    says. `told` is the answer to the desk, in words.
    """

    uid = models.UUIDField(primary_key=True)
    point = models.ForeignKey(BridgePoint, models.PROTECT, related_name="entries")
    desk = models.CharField(max_length=40, blank=True, db_default="")
    number = models.BigIntegerField()
    act = models.CharField(max_length=10)
    content = models.JSONField()
    made_at = models.DateTimeField()
    received_at = models.DateTimeField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    told = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(name="room_entry_of_point", fields=["point", "desk", "number"])]
