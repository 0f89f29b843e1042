"""Events, statements from paper books, attachments, imports, and the sums of confirmed events by
month and year. Triggers keep the sums and refuse changes to what was confirmed (kept.py).
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from danchu.register import kept
from danchu.register.querysets import EventQuerySet, State, StatementQuerySet
from danchu.units.models import DAYS


class Recorded(models.Model):
    """Who recorded and confirmed a row of the register, what became of it and which row it
    corrects; `reason` is that of a correction or a withdrawal.
    """

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True


class Numbered(models.Model):
    """The whole numbers of an event, or sums of them; kinds.py says which of them a kind has. Money
    in đồng.
    """

    participants = models.IntegerField(default=0)
    people = models.IntegerField(default=0)
    opinions = models.IntegerField(default=0)
    opinions_accepted = models.IntegerField(default=0)
    recommended = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    findings = models.IntegerField(default=0)
    resolved = models.IntegerField(default=0)
    matters_first = models.IntegerField(default=0)
    matters_repeat = models.IntegerField(default=0)
    groups = models.IntegerField(default=0)
    group_people = models.IntegerField(default=0)
    eligible = models.IntegerField(default=0)
    competent = models.IntegerField(default=0)
    money = models.BigIntegerField(default=0)

    class Meta:
        abstract = True


NUMBERS = tuple(field.name for field in Numbered._meta.local_fields)


class Batch(models.Model):
    """One import that was applied: the file, who did it, `rows` written (`drafts` of them as
    drafts), and `same` that were in the register already.
    """

    journal_kind = "import"

    file_hash = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=120)
    rows = models.IntegerField()
    drafts = models.IntegerField(default=0)
    same = models.IntegerField(default=0)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.name} {self.at:%d/%m/%Y}"


class Event(Recorded, Numbered):
    """One event on `held_on`, at the unit of the body that did it.

    `reference` is its number in the books of the unit; an import recognises the row by it.
    """

    journal_kind = "event"

    uid = models.UUIDField(unique=True)
    reference = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=24)
    form = models.CharField(max_length=24, blank=True)
    held_on = models.DateField()
    # event_of_unit serves as its index: a second one misleads the planner.
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    body = models.ForeignKey("units.Body", models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=300)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    illustrative = models.BooleanField(default=False)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="events")

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.EVENT,
            kept.EVENT_DIGEST,
            models.UniqueConstraint(
                name="one_living_event_a_reference",
                fields=["unit", "reference"],
                condition=Q(state__in=["draft", "confirmed"]) & ~Q(reference=""),
            ),
            models.CheckConstraint(
                name="resolved_within_what_came",
                condition=Q(resolved__lte=F("findings"))
                | Q(kind="petition", resolved__lte=F("competent")),
            ),
            models.CheckConstraint(
                name="accepted_within_opinions", condition=Q(opinions_accepted__lte=F("opinions"))
            ),
            models.CheckConstraint(
                name="accepted_within_recommended", condition=Q(accepted__lte=F("recommended"))
            ),
            *[
                models.CheckConstraint(name=f"{n}_not_below_zero", condition=Q(**{f"{n}__gte": 0}))
                for n in NUMBERS
            ],
        ]
        indexes = [
            models.Index(
                name="event_numbered", fields=["unit", "reference"], condition=~Q(reference="")
            ),
            models.Index(name="event_latest", fields=["-held_on", "-id"]),
            models.Index(name="event_of_unit", fields=["unit", "kind", "-held_on", "-id"]),
            models.Index(name="event_of_kind", fields=["kind", "-held_on", "-id"]),
            models.Index(name="event_draft", fields=["unit", "kind"], condition=Q(state="draft")),
        ]

    def __str__(self):
        return self.reference or str(self.uid)


class Part(models.Model):
    """A unit or body that took part: a bridge point with `amount` delegates, a recipient of a
    document, a signer of a pledge.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="parts")
    role = models.CharField(max_length=16)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    body = models.ForeignKey("units.Body", models.PROTECT, null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    amount = models.IntegerField(default=1)

    class Meta:
        constraints = [
            kept.PART,
            kept.PART_DIGEST,
            models.CheckConstraint(name="part_amount_not_below_zero", condition=Q(amount__gte=0)),
        ]

    def __str__(self):
        return f"{self.role} {self.unit_id}"


class Statement(Recorded):
    """What a body with a book on paper states under signature: `amount` of an indicator from
    `since` to before `until`.

    For one body, indicator and period either events or a statement counts, never both. `is_apart`:
    records of the whole do not hold this part; None where an earlier version did not ask.
    """

    journal_kind = "statement"

    uid = models.UUIDField(unique=True)
    body = models.ForeignKey("units.Body", models.PROTECT)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    indicator = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    amount = models.BigIntegerField()
    is_apart = models.BooleanField(null=True)
    note = models.TextField(blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.STATEMENT,
            kept.STATEMENT_DIGEST,
            models.CheckConstraint(
                name="statement_ends_after_it_begins", condition=Q(until__gt=F("since"))
            ),
            models.CheckConstraint(name="statement_not_below_zero", condition=Q(amount__gte=0)),
            ExclusionConstraint(
                name="one_statement_at_a_time",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("indicator", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
                condition=Q(state="confirmed"),
            ),
        ]
        indexes = [models.Index(name="statement_of_unit", fields=["unit", "indicator", "since"])]

    def __str__(self):
        return f"{self.indicator} {self.since}"


class Attachment(models.Model):
    """A paper attached to an event or a statement, under its original file name."""

    journal_kind = "attachment"

    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="attachments")
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    statement = models.ForeignKey(
        Statement, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    name = models.CharField(max_length=120)
    added_by = models.CharField(max_length=60)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            kept.ATTACHMENT,
            kept.ATTACHMENT_DIGEST,
            models.CheckConstraint(
                name="attached_to_one_thing",
                condition=Q(event__isnull=False, statement__isnull=True)
                | Q(event__isnull=True, statement__isnull=False),
            ),
            models.UniqueConstraint(name="paper_once_an_event", fields=["event", "paper"]),
            models.UniqueConstraint(name="paper_once_a_statement", fields=["statement", "paper"]),
        ]

    def __str__(self):
        return self.name

    @property
    def subject(self):
        return self.event or self.statement


class EventTally(Numbered):
    """Sums of confirmed events of a month or year (`grain`) from `since`, by unit, kind and form.

    Written only by triggers (migration 0005). The indexes include the sums, so that a figure is an
    index-only scan.
    """

    unit = models.ForeignKey("units.Unit", models.DO_NOTHING, db_constraint=False, db_index=False)
    grain = models.CharField(max_length=5)
    since = models.DateField()
    kind = models.CharField(max_length=24)
    form = models.CharField(max_length=24)
    rows = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_tally_cell",
                fields=["kind", "grain", "since", "unit", "form"],
                include=["rows", *NUMBERS],
            )
        ]
        indexes = [
            models.Index(
                name="tally_of_unit",
                fields=["unit", "kind", "grain", "since"],
                include=["form", "rows", *NUMBERS],
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.grain} {self.since}"
