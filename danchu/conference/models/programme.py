"""The conference itself and its programme."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Func, Q

from danchu.conference import kept
from danchu.conference.words import Entry, ItemKind, ItemState, State
from danchu.kernel.actor import Acting
from danchu.kernel.text import fold
from danchu.subjects.order import index_of_names
from danchu.subjects.scoped import ScopedQuerySet

HALL = "conference_hall"


class ConferenceQuerySet(ScopedQuerySet):
    viewed_as = HALL

    def visible_to(self, actor: Acting) -> Self:
        """Those that were convened, for everyone; drafts where the actor may view them."""
        return self.within(actor.scope("view", HALL), or_else=~Q(state=State.DRAFTED))

    def matching(self, text: str) -> Self:
        """Those whose title contains the words in this order, ignoring diacritics."""
        return self.annotate(
            words=Func("title", function="register_fold", output_field=models.TextField())
        ).filter(words__contains=fold(text))

    def running(self) -> Self:
        """Those whose hall is open."""
        return self.filter(state=State.OPEN)

    def due_for_full_state(self, since: datetime) -> Self:
        """Those whose devices are due a full comparison of the state: open ones, those closed after
        `since`, those without any frame.
        """
        return self.exclude(state=State.DRAFTED).filter(
            Q(state=State.OPEN) | Q(closed_at__gte=since) | Q(hall_state=None)
        )


class Conference(models.Model):
    """One conference of `body` at `unit`, at bridge points or in one hall; `capacity` 0 means
    places without limit.

    `video` is an address to open beside the hall or, with `video_embedded`, within it; nothing
    depends on it. `entry_code` is the shared code by which anyone registers, as printed on posters;
    empty where there is none. `notice_rule` is the rule of the law that sets the period of notice,
    if any. `waited` counts everyone who was ever put on the waiting list. `said` is the
    announcement to the hall, or the reason of the cancellation.
    """

    journal_kind = "conference_hall"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    body = models.ForeignKey("units.Body", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=250)
    subject = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFTED)
    starts_at = models.DateTimeField()
    planned_minutes = models.IntegerField(default=120)
    entry = models.CharField(max_length=8, choices=Entry.choices, default=Entry.LIST)
    entry_code = models.CharField(max_length=20, blank=True)
    capacity = models.IntegerField(default=0)
    taken = models.IntegerField(default=0)
    waited = models.BigIntegerField(default=0)
    keeps_waiting_list = models.BooleanField(default=True)
    video = models.URLField(max_length=500, blank=True)
    video_embedded = models.BooleanField(default=False)
    said = models.CharField(max_length=300, blank=True)
    notice_rule = models.CharField(max_length=60, blank=True)
    convened_on = models.DateField(null=True, blank=True)
    notice = models.OneToOneField(
        "obligations.Obligation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    event = models.OneToOneField(
        "register.Event", models.PROTECT, null=True, blank=True, related_name="hall"
    )
    illustrative = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conference_places", condition=Q(capacity=0) | Q(taken__lte=F("capacity"))
            ),
            models.CheckConstraint(
                name="conference_taken_not_below_nothing",
                condition=Q(taken__gte=0) & Q(capacity__gte=0),
            ),
            models.UniqueConstraint(
                name="one_conference_a_code", fields=["entry_code"], condition=~Q(entry_code="")
            ),
            models.CheckConstraint(
                name="conference_opened_before_closed",
                condition=Q(closed_at=None)
                | (Q(opened_at__isnull=False) & Q(closed_at__gte=F("opened_at"))),
            ),
        ]
        indexes = [
            models.Index(name="conference_of_unit", fields=["unit", "-starts_at"]),
            index_of_names("conference_by_title", "title"),
        ]

    def __str__(self):
        return self.title


class ProgrammeItem(models.Model):
    """A line of the programme: a session (no parent), or an item within one. `began_at` and
    `ended_at` are the actual times.
    """

    journal_kind = "programme_item"

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="items")
    position = models.IntegerField()
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=ItemKind.choices, default=ItemKind.REPORT)
    speaker = models.CharField(max_length=200, blank=True)
    planned_minutes = models.IntegerField(default=10)
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.PLANNED)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_item_a_position",
                fields=["conference", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                name="one_current_item", fields=["conference"], condition=Q(state="current")
            ),
        ]

    def __str__(self):
        return self.title


class ItemPaper(models.Model):
    """A document to be read before an item."""

    item = models.ForeignKey(ProgrammeItem, models.PROTECT, related_name="papers")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    added_by = models.CharField(max_length=60)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            kept.ITEM_PAPER_DIGEST,
            models.UniqueConstraint(name="one_paper_an_item", fields=["item", "paper"]),
        ]
