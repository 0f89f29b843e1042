"""Obligations, and the table of escalations that says which office is told before and after a due
day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import VIETNAM
from danchu.law.rule import LIMITS
from danchu.obligations import kept
from danchu.subjects.order import index_of_names
from danchu.subjects.scoped import ScopedQuerySet

# A recorded day further in the future than this was written while the system clock was wrong.
FALSE_DAYS = 7


class State(models.TextChoices):
    OPEN = "open", _("Chưa làm")
    MET = "met", _("Đúng hạn")
    LATE = "late", _("Làm muộn")
    EXCUSED = "excused", _("Được miễn")


class ObligationQuerySet(ScopedQuerySet):
    viewed_as = "obligation"

    def open(self) -> Self:
        """Those that are neither done nor excused."""
        return self.filter(state=State.OPEN)

    def overdue(self, day: date) -> Self:
        """Open, and due before the day. A rule that is a minimum duration is never overdue."""
        return self.open().filter(due_on__lt=day, rule__sense__in=LIMITS)

    def unmet_on(self, day: date) -> Self:
        """Those that were neither done nor excused at the end of the day, whatever came later.
        Obligations that were excused before the day of it was written down are taken as excused on
        the day on which that was recorded.
        """
        end = datetime.combine(day + timedelta(days=1), time(), VIETNAM)
        return (
            self.filter(Q(done_on=None) | Q(done_on__gt=day))
            .exclude(state=State.EXCUSED, excused_on__lte=day)
            .exclude(state=State.EXCUSED, excused_on=None, closed_at__lt=end)
        )

    def not_told_by(self, day: date) -> Self:
        """Not yet recorded as overdue for their present due day. A record dated more than
        FALSE_DAYS after `day` is ignored.
        """
        return self.filter(
            Q(told_overdue_on=None)
            | Q(told_overdue_on__lte=F("due_on"))
            | Q(told_overdue_on__gt=day + timedelta(days=FALSE_DAYS))
        )

    def alike(self) -> QuerySet[Obligation, tuple[int, date, date, int]]:
        """Groups of equal obligations: (rule version id, day of the event, due day, number)."""
        return (
            self.values_list("rule_id", "event_on", "due_on")
            .annotate(number=Count("pk"))
            .order_by("rule_id", "event_on", "due_on")
        )

    def judged_by(self, versions: Iterable[int]) -> dict[int, int]:
        """{rule version id: number of obligations that follow it}"""
        return dict(
            self.filter(rule__in=versions)
            .order_by()
            .values_list("rule")
            .annotate(number=Count("pk"))
        )

    def due_between(self, first: date, last: date) -> Self:
        """Open and due from `first` to `last`, both inclusive."""
        return self.open().filter(due_on__gte=first, due_on__lte=last, rule__sense__in=LIMITS)


class RevisionQuerySet(ScopedQuerySet):
    viewed_as = "obligation"


class Obligation(models.Model):
    """`body` at `unit` owes `title` by `due_on`, because of an event on `event_on` under `rule`.

    `subject_kind` and `subject` (a primary key as text) name the row of a room above that it is
    about, if any. `excused_on` is the day from which it need not be done. `calendar` is the version
    of the calendar by which `due_on` was computed. `asked_on` is the day until which whoever it is
    owed to asks for it, which never moves `due_on`. `title` contains no name of a citizen, since it
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
    asked_on = models.DateField(null=True, blank=True)
    calendar = models.IntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    done_on = models.DateField(null=True, blank=True)
    excused_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    told_overdue_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    closed_by = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.OBLIGATION_DIGEST,
            kept.OBLIGATION,
            models.CheckConstraint(
                name="obligation_closed_says_when",
                condition=Q(state="open", done_on=None, closed_at=None)
                | Q(state__in=["met", "late"], done_on__isnull=False, closed_at__isnull=False)
                | Q(state="excused", done_on=None, closed_at__isnull=False) & ~Q(note=""),
            ),
            models.CheckConstraint(
                name="obligation_excused_on_when_excused",
                condition=Q(excused_on=None) | Q(state="excused"),
            ),
            models.CheckConstraint(
                name="obligation_done_after_event",
                condition=Q(done_on=None)
                | Q(done_on__gte=F("event_on"))
                | Q(due_on__lt=F("event_on")),
            ),
        ]
        indexes = [
            index_of_names("obligation_by_title", "title"),
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
        """Whether it can be overdue; a minimum duration cannot. Reads `rule`, which the query
        should select.
        """
        return self.rule.sense in LIMITS


class Revision(models.Model):
    """A due day that was computed by a wrong or an earlier rule, row of the calendar or event, and
    the one it should have: `from_…` and `to_…`.

    An obligation that was open then got the new due day (`is_applied`); one that was closed stays
    as it was judged, in `state`, and only this row says what would be right. Rows are only added.
    """

    journal_kind = "due_revision"

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="revisions")
    unit = models.ForeignKey("units.Unit", models.PROTECT)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State.choices)
    is_applied = models.BooleanField()
    from_rule = models.ForeignKey("law.RuleVersion", models.PROTECT, related_name="+")
    from_event = models.DateField()
    from_due = models.DateField()
    to_rule = models.ForeignKey("law.RuleVersion", models.PROTECT, related_name="+")
    to_event = models.DateField()
    to_due = models.DateField()
    calendar = models.IntegerField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.REVISION,
            models.CheckConstraint(
                name="revision_changes_the_due_day",
                condition=~Q(from_due=F("to_due")),
            ),
            models.CheckConstraint(
                name="revision_applies_to_what_is_open",
                condition=Q(is_applied=True, state="open") | ~Q(state="open") & Q(is_applied=False),
            ),
        ]
        indexes = [
            models.Index(name="revision_of_unit", fields=["unit", "-made_at", "-id"]),
        ]

    def __str__(self):
        return f"{self.obligation_id} {self.from_due} → {self.to_due}"

    @property
    def uid(self):
        """That of the obligation, whose page shows this row. Reads `obligation`."""
        return self.obligation.uid


class Escalation(models.Model):
    """When the holders of `office` at the unit `above` levels up are told of obligations whose rule
    key begins with `rule_prefix`: `days` days after the due day, or with `before` as many working
    days before it.
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
        """Idempotency key of a notice: a row that is changed and changed back tells only once."""
        return f"{'-' if self.before else '+'}{self.days} {self.office} {self.above}"
