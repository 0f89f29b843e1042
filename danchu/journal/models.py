"""The table of the journal, the head that reveals a truncated one, the tree over the entries."""

from typing import Self

from django.contrib.postgres.indexes import BrinIndex
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
    # What it says of the records that it changed: "rows/1 SIZE ROOT", see digests.py.
    rows = models.CharField(max_length=100, blank=True, db_default="", default="")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    # Ed25519 in hex, by a key outside the database (signing.py); "" for entries of before.
    signature = models.CharField(max_length=128, blank=True, db_default="", default="")

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


class Tile(models.Model):
    """The hashes of up to 256 perfect subtrees of 256^level leaves each, from left to right, as in
    c2sp.org/tlog-tiles: the tree over the entries. Grows at its right edge when a checkpoint is
    published; `danchu verify` computes it again from the entries.
    """

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        db_table = "journal_tile"
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="tile_once")]

    def __str__(self):
        return f"{self.level} {self.index}"


class Checkpoint(models.Model):
    """A published head of the tree: `text` is origin, size and root, `signatures` are the lines of
    the log's own keys (c2sp.org/tlog-checkpoint).
    """

    journal_kind = "checkpoint"

    size = models.BigIntegerField(primary_key=True)
    text = models.TextField()
    signatures = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "journal_checkpoint"
        constraints = [kept.CHECKPOINT]

    def __str__(self):
        return f"{self.size}"

    @property
    def note(self):
        """The signed note with the cosignatures of witnesses."""
        witnesses = "".join(row.line for row in self.cosignatures.order_by("pk"))
        return f"{self.text}\n{self.signatures}{witnesses}"


class Cosignature(models.Model):
    """A witness's signature line under a checkpoint."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    vkey = models.CharField(max_length=2200)
    line = models.CharField(max_length=4000)
    at = models.DateTimeField()

    class Meta:
        db_table = "journal_cosignature"
        constraints = [
            kept.COSIGNATURE,
            models.UniqueConstraint(fields=["checkpoint", "vkey"], name="cosigned_once"),
        ]

    def __str__(self):
        return f"{self.checkpoint_id} {self.vkey[:60]}"


class RowDigest(models.Model):
    """That the entry proves the content of the record `subject` of a kind, in a canonical form
    (digest_form.py). The latest of a record is in force; `digest` is None when the record no
    longer counts. Without its `salt` a digest tells nothing of the content.
    """

    entry = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    subject = models.BigIntegerField()
    form = models.SmallIntegerField()
    state = models.CharField(max_length=20, blank=True)
    salt = models.UUIDField(null=True)
    digest = models.BinaryField(null=True)

    class Meta:
        db_table = "journal_rowdigest"
        constraints = [kept.ROW_DIGEST]
        indexes = [
            models.Index(fields=["kind", "subject", "id"], name="rowdigest_of_row"),
            # Entries come in the order of the rows, so a few pages hold those of an entry.
            BrinIndex(fields=["entry"], name="rowdigest_of_entry", autosummarize=True),
        ]

    def __str__(self):
        return f"{self.entry} {self.kind} {self.subject}"


class Change(models.Model):
    """A record that the running transaction changed, noted by triggers until an entry digests it.
    `recorded` is the last entry of the transaction before the change, 0 for none. No committed
    transaction leaves one.
    """

    pk = models.CompositePrimaryKey("transaction", "recorded", "kind", "subject")
    transaction = models.BigIntegerField()
    recorded = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    subject = models.BigIntegerField()

    class Meta:
        db_table = "journal_change"


class Founding(models.Model):
    """That the records of a kind which existed are in the tree of `entry`; since then the database
    refuses a change that no entry digests.
    """

    kind = models.CharField(max_length=40, primary_key=True)
    entry = models.BigIntegerField()

    class Meta:
        db_table = "journal_founding"
        constraints = [kept.FOUNDING]

    def __str__(self):
        return self.kind
