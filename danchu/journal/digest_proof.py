"""The proof of a record: from its content over the tree of its entry to a checkpoint, for whoever
has only the checkpoint.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from danchu.journal import merkle
from danchu.journal.checkpoints import inclusion_proof
from danchu.journal.digest_form import LEAF, Form, canonical_text, digest_of, forms, leaf_hash
from danchu.journal.digests import VERSION
from danchu.journal.models import Checkpoint, Entry, RowDigest
from danchu.journal.tiles import blinded

CHUNK = 5_000


@dataclass(frozen=True)
class DigestedRow:
    """A record beside its latest digest: the canonical form as the record is now, its closed half
    (None where the form has none), and in hex the salt under which the canonical form is digested.
    `is_unchanged`: the record is what was digested.
    """

    latest: RowDigest
    content: str
    closed: str | None
    salt: str
    is_unchanged: bool

    @property
    def form(self) -> Form:
        return forms()[self.latest.kind]

    @property
    def fields(self) -> list[str]:
        """The names of the values in `content` from the fourth on; parts follow."""
        return list(self.form.public_names(self.latest.form))

    def whole(self) -> dict[str, Any]:
        """What the digest is computed of, for whoever may read all of the record."""
        row = {"content": self.content, "fields": self.fields, "salt": self.salt}
        if self.closed is None or self.latest.salt is None:
            return row
        names = [name for name in self.form.names(self.latest.form) if name not in self.fields]
        closed = {"content": self.closed, "fields": names, "salt": self.latest.salt.hex}
        return {**row, "closed": closed}

    def public(self) -> dict[str, Any]:
        """What says nothing beside the public fields: their half of the content, or of a form
        without halves the digest alone, which nobody can guess from without its salt. LookupError
        where such a digest is not that of the record as it is now.
        """
        if self.closed is not None:
            return {"content": self.content, "fields": self.fields, "salt": self.salt}
        latest = self.latest
        if not self.is_unchanged or latest.digest is None:
            raise LookupError(f"{latest.kind} {latest.subject}")
        name = canonical_text([latest.kind, latest.form, latest.subject])
        return {"content": name, "fields": [], "salt": "", "digest": bytes(latest.digest).hex()}


def digested_row(kind: str, key: int) -> DigestedRow:
    """The record of a kind beside its latest digest. LookupError where there is no such record, or
    no digest or salt of it.
    """
    latest = RowDigest.objects.filter(kind=kind, subject=key).order_by("-pk").first()
    if latest is None or latest.salt is None:
        raise LookupError(f"{kind} {key}")
    form = forms()[kind]
    closed = form.closed(latest.form) if form.is_halved(latest.form) else "NULL"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {form.canonical(latest.form, 'd.salt')}, {closed}, "
            f"encode({form.salt(latest.form, 'd.salt')}, 'hex'), "
            f"d.digest = {form.digest('d.salt', str(latest.form))} AND {form.counts} "
            f"AND d.state = coalesce({form.state}, '') "
            f'FROM {form.table} AS r, journal_rowdigest AS d WHERE r."{form.key}" = %s '
            f"AND d.id = %s",
            [latest.subject, latest.pk],
        )
        row = cursor.fetchone()
    if row is None:
        raise LookupError(f"{kind} {key}")
    return DigestedRow(latest, *row)


def row_proof(kind: str, key: int, size: int = 0) -> dict[str, Any]:
    """The proof of the latest digest of a record, plain JSON with the content of the record: that
    of its entry in the tree of a checkpoint (the first that holds it, or that of `size`), and under
    "row" what leads there. LookupError where there is none, its salt was erased, or no such
    checkpoint holds the entry yet.
    """
    row = digested_row(kind, key)
    if not size:
        covering = Checkpoint.objects.filter(size__gte=row.latest.entry).order_by("size").first()
        size = covering.size if covering else 0
    return _proof(row, row.whole(), size)


def public_row_proof(row: DigestedRow, size: int) -> dict[str, Any]:
    """The proof of a record in the tree of the checkpoint of `size`, as everybody may have it who
    may open the page of the record. LookupError as `row_proof` and `DigestedRow.public`.
    """
    return _proof(row, row.public(), size)


def _proof(row: DigestedRow, content: dict[str, Any], size: int) -> dict[str, Any]:
    entry = Entry.objects.get(number=row.latest.entry)
    return {
        **inclusion_proof(entry.number, size),
        "danchu-proof": "row 1",
        "row": {
            **content,
            **tree_proof(row.latest),
            "blinded": blinded(entry.hash, entry.signature),
        },
    }


def tree_size(entry: int) -> int:
    """How many records the entry digests."""
    rows = Entry.objects.filter(number=entry).values_list("rows", flat=True).first()
    return int(rows.split()[1]) if rows else 0


def tree_proof(latest: RowDigest) -> dict[str, Any]:
    """The proof that a digest belongs to the tree of its entry. Reads each digest of the entry
    once, in constant memory.
    """
    size = tree_size(latest.entry)
    index = RowDigest.objects.filter(entry=latest.entry, pk__lt=latest.pk).count()
    path = merkle.streamed_path(_leaves(latest.entry), index, size)
    return {
        "state": latest.state,
        "size": size,
        "index": index,
        "path": [node.hex() for node in path],
    }


def _leaves(entry: int) -> Iterator[bytes]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {LEAF} FROM journal_rowdigest AS d WHERE entry = %s ORDER BY id", [entry]
        )
        while rows := cursor.fetchmany(CHUNK):
            yield from (bytes(leaf) for (leaf,) in rows)


def entry_rows(row: dict[str, Any]) -> str:
    """The `Entry.rows` to which a record's proof leads; ValueError for a path of another length."""
    kind, form, key, *values = json.loads(row["content"])
    digest = (
        digest_of(row["content"], UUID(row["salt"])) if values else bytes.fromhex(row["digest"])
    )
    leaf = leaf_hash(kind, key, form, row["state"], digest)
    path = [bytes.fromhex(node) for node in row["path"]]
    root = merkle.root_of_path(leaf, row["index"], row["size"], path)
    return f"{VERSION} {row['size']} {root.hex()}"
