"""The table of the journal, and the head that reveals a truncated one."""

from typing import Self

from django.db import models

from danchu.journal import kept
from danchu.journal.chain import kind_of


class EntryQuerySet(models.QuerySet):
    def about(self, subject: models.Model) -> Self:
        """The entries whose subject is this row."""
        return self.filter(kind=kind_of(subject), subject=str(subject.pk))


class Entry(models.Model):
    """One act. Triggers refuse to change or delete a row (`kept.ENTRY`)."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=80, db_index=True)
    actor_name = models.TextField(blank=True)
    act = models.CharField(max_length=80)
    kind = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    # No foreign key: an entry outlives the unit it is about.
    unit_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        db_table = "journal_entry"
        constraints = [
            kept.ENTRY,
            models.CheckConstraint(condition=models.Q(number__gte=1), name="journal_begins_at_one"),
        ]
        indexes = [
            models.Index(fields=["kind", "subject"], name="journal_subject"),
            models.Index(fields=["unit_id", "-number"], name="journal_unit"),
        ]

    def __str__(self):
        return f"{self.number} {self.act}"


class Head(models.Model):
    """Number and hash of the last entry, so that a deleted tail is detected. One row, written by a
    trigger.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "journal_head"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="journal_head_is_one")]
