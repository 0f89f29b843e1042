"""The floor: requests to speak and speeches, questions and their up-votes."""

from django.db import models
from django.db.models import F, Q

from danchu.conference.models.people import BridgePoint, Delegate
from danchu.conference.models.programme import Conference, ProgrammeItem
from danchu.conference.words import FloorKind, FloorState, QuestionState


class FloorRequest(models.Model):
    """A request to speak, of a delegate or, entered by its desk, of somebody in a room (`speaker`
    is their name). `said` is a summary of the speech.
    """

    journal_kind = "floor_request"

    uid = models.UUIDField(unique=True)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="floor")
    item = models.ForeignKey(
        ProgrammeItem, models.PROTECT, null=True, blank=True, related_name="floor"
    )
    delegate = models.ForeignKey(
        Delegate, models.PROTECT, null=True, blank=True, related_name="floor"
    )
    point = models.ForeignKey(
        BridgePoint, models.PROTECT, null=True, blank=True, related_name="floor"
    )
    speaker = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=6, choices=FloorKind.choices, default=FloorKind.SPEAK)
    state = models.CharField(max_length=10, choices=FloorState.choices, default=FloorState.WAITING)
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    seconds = models.IntegerField(default=180)
    said = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_speaker_at_a_time", fields=["conference"], condition=Q(state="speaking")
            ),
            models.UniqueConstraint(
                name="one_waiting_request_a_delegate",
                fields=["conference", "delegate"],
                condition=Q(state="waiting"),
            ),
            models.CheckConstraint(
                name="floor_times_in_order",
                condition=Q(ended_at=None) | Q(began_at=None) | Q(ended_at__gte=F("began_at")),
            ),
            models.CheckConstraint(
                name="floor_request_is_of_somebody",
                condition=Q(delegate__isnull=False) | Q(point__isnull=False),
            ),
        ]
        indexes = [models.Index(name="floor_of_conference", fields=["conference", "state"])]


class Question(models.Model):
    """A question of a delegate or of a room; it is on the screen once a moderator has shown it.
    `into` is the question it was grouped into.
    """

    journal_kind = "conference_question"

    uid = models.UUIDField(unique=True)
    conference = models.ForeignKey(Conference, models.PROTECT, related_name="questions")
    item = models.ForeignKey(
        ProgrammeItem, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    delegate = models.ForeignKey(
        Delegate, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    point = models.ForeignKey(
        BridgePoint, models.PROTECT, null=True, blank=True, related_name="questions"
    )
    asker = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    state = models.CharField(
        max_length=10, choices=QuestionState.choices, default=QuestionState.SUBMITTED
    )
    into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="grouped")
    reason = models.CharField(max_length=300, blank=True)
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="question_grouped_into_another",
                condition=(Q(state="grouped") & Q(into__isnull=False))
                | (~Q(state="grouped") & Q(into=None)),
            ),
            models.CheckConstraint(name="question_not_into_itself", condition=~Q(into=F("id"))),
        ]
        indexes = [models.Index(name="question_of_conference", fields=["conference", "state"])]


class Upvote(models.Model):
    """A delegate wants this question answered too; once each."""

    pk = models.CompositePrimaryKey("question_id", "delegate_id")
    question = models.ForeignKey(Question, models.PROTECT, related_name="upvotes")
    delegate = models.ForeignKey(Delegate, models.PROTECT, related_name="+", db_index=False)
