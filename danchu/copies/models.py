"""What changed lately, and the pages kept in all processes."""

from django.db import models


class Change(models.Model):
    """That a transaction changed rows of a table: of a kind and a unit, or of all ("", 0). Written
    by triggers in that transaction; `transaction` is its number. Taken away after an hour.
    """

    pk = models.CompositePrimaryKey("transaction", "table", "kind", "unit")
    transaction = models.BigIntegerField()
    table = models.CharField(max_length=63)
    kind = models.CharField(max_length=60)
    unit = models.BigIntegerField()

    class Meta:
        db_table = "copies_change"


class Horizon(models.Model):
    """How far back changes are known. One row: those of transactions before `forgotten` were taken
    away; those before `next_number`, noted at `at`, are taken away next.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    forgotten = models.BigIntegerField(default=0)
    next_number = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        db_table = "copies_horizon"
        constraints = [
            models.CheckConstraint(name="copies_horizon_is_one", condition=models.Q(id=1))
        ]


class PageCopy(models.Model):
    """A page as everybody was shown it, under a digest of all that it was asked with. `seen` is the
    snapshot from before it was worked out, `rows` what it depends on. Unlogged: after a crash it
    is worked out anew.
    """

    key = models.BinaryField(primary_key=True)
    seen = models.TextField()
    rows = models.JSONField()
    headers = models.JSONField()
    body = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "copies_pagecopy"
