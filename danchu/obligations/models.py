"""One table of obligations, and who is told when one is overdue, as rows."""

from datetime import timedelta

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from danchu.law.rule import LIMITS
from danchu.obligations import kept
from danchu.subjects.scoped import ScopedQuerySet

# A day that lies further ahead of the present was written under a clock that ran wrong.
FALSE_DAYS = 7


class State(models.TextChoices):
    OPEN = "open", _("Chưa làm")
    MET = "met", _("Đúng hạn")
    LATE = "late", _("Làm muộn")
    EXCUSED = "excused", _("Được miễn")


class ObligationQuerySet(ScopedQuerySet):
    viewed_as = "obligation"

    def open(self):
        return self.filter(state=State.OPEN)

    def overdue(self, day):
        """Open on the day though due before it; a duration that may have ended is not overdue."""
        return self.open().filter(due_on__lt=day, rule__sense__in=LIMITS)

    def not_told_by(self, day):
        """Not told to be overdue since the present due day ran out. A day far ahead is one that
        a wrong clock invented.
        """
        return self.filter(
            Q(told_overdue_on=None)
            | Q(told_overdue_on__lte=F("due_on"))
            | Q(told_overdue_on__gt=day + timedelta(days=FALSE_DAYS))
        )

    def alike(self):
        """(rule, event, due day, how many) of those that share them."""
        return (
            self.values_list("rule_id", "event_on", "due_on")
            .annotate(number=Count("pk"))
            .order_by("rule_id", "event_on", "due_on")
        )

    def judged_by(self, versions):
        """{version pk: how many}"""
        return dict(
            self.filter(rule__in=versions)
            .order_by()
            .values_list("rule")
            .annotate(number=Count("pk"))
        )

    def due_between(self, first, last):
        """Open and due within the days, both inclusive."""
        return self.open().filter(due_on__gte=first, due_on__lte=last, rule__sense__in=LIMITS)


class Obligation(models.Model):
    """`body` at `unit` owes `title` by `due_on`, because of what happened on `event_on` under
    `rule`.

    `subject_kind` and `subject` name the row it is about in a room above, if any. `calendar` is the
    version of the calendar the day was worked out under. No name of a citizen stands in `title`: it
    is shown to whoever may view the unit.
    """

    journal_kind = "obligation"

    uid = models.UUIDField(unique=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    body = models.ForeignKey("units.Body", models.PROTECT, null=True, blank=True)
    title = models.CharField(max_length=200)
    owed_to = models.CharField(max_length=120, blank=True)
    subject_kind = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=40, blank=True)
    rule = models.ForeignKey("law.RuleVersion", models.PROTECT)
    event_on = models.DateField()
    due_on = models.DateField()
    calendar = models.IntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    told_overdue_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    closed_by = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.OBLIGATION,
            models.CheckConstraint(
                name="obligation_closed_says_when",
                condition=Q(state="open", done_on=None, closed_at=None)
                | Q(state__in=["met", "late"], done_on__isnull=False, closed_at__isnull=False)
                | Q(state="excused", done_on=None, closed_at__isnull=False) & ~Q(note=""),
            ),
            models.CheckConstraint(
                name="obligation_done_after_event",
                condition=Q(done_on=None)
                | Q(done_on__gte=F("event_on"))
                | Q(due_on__lt=F("event_on")),
            ),
        ]
        indexes = [
            models.Index(
                name="obligation_open", fields=["due_on", "id"], condition=Q(state="open")
            ),
            models.Index(name="obligation_of_unit", fields=["unit", "state", "due_on", "id"]),
            models.Index(name="obligation_subject", fields=["subject_kind", "subject"]),
        ]

    def __str__(self):
        return self.title

    @property
    def is_limit(self):
        """Whether it can be overdue; a duration can only be ended too soon. The rule must be
        selected.
        """
        return self.rule.sense in LIMITS


class Escalation(models.Model):
    """When the holders of `office` at the unit `above` levels up are told. Rows, not code.

    `days` after the due day, of what is overdue; with `before` so many working days before it, of
    what is still open.
    """

    journal_kind = "escalation"

    rule_prefix = models.CharField(max_length=60, blank=True)
    days = models.IntegerField()
    office = models.CharField(max_length=40)
    above = models.IntegerField(default=0)
    before = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_escalation", fields=["rule_prefix", "days", "office", "above", "before"]
            ),
            models.CheckConstraint(
                name="escalation_not_before_due",
                condition=Q(days__gte=0, above__gte=0, above__lte=3),
            ),
        ]

    def __str__(self):
        return f"{self.rule_prefix} {self.step}"

    @property
    def step(self):
        """What a telling is known by: a row changed and changed back does not tell twice."""
        return f"{'-' if self.before else '+'}{self.days} {self.office} {self.above}"
