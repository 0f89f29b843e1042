"""The proof of a record: from its content over the tree of its entry to a checkpoint, for whoever
has only the checkpoint.
"""

import json
from typing import Any
from uuid import UUID

from django.db import connection

from danchu.journal import merkle
from danchu.journal.checkpoints import inclusion_proof
from danchu.journal.digest_form import LEAF, Form, digest_of, forms, leaf_hash
from danchu.journal.digests import VERSION
from danchu.journal.models import Checkpoint, Entry, RowDigest
from danchu.journal.tiles import blinded


def row_proof(kind: str, key: int, size: int = 0) -> dict[str, Any]:
    """The proof of the latest digest of a record, plain JSON with the content of the record: that
    of its entry in the tree of a checkpoint (the first that holds it, or that of `size`), and under
    "row" what leads there. LookupError where there is none, its salt was erased, or no such
    checkpoint holds the entry yet.
    """
    latest = RowDigest.objects.filter(kind=kind, subject=key).order_by("-pk").first()
    if latest is None or latest.salt is None:
        raise LookupError(f"{kind} {key}")
    if not size:
        covering = Checkpoint.objects.filter(size__gte=latest.entry).order_by("size").first()
        size = covering.size if covering else 0
    entry = Entry.objects.get(number=latest.entry)
    return {
        **inclusion_proof(latest.entry, size),
        "danchu-proof": "row 1",
        "row": {
            **tree_proof(forms()[kind], latest),
            "blinded": blinded(entry.hash, entry.signature),
        },
    }


def tree_proof(form: Form, latest: RowDigest) -> dict[str, Any]:
    """The proof that a record belongs to the tree of its entry, with the names of the `fields` in
    the canonical form from the fourth value on. LookupError when the record has gone.
    """
    canonical = form.canonical(latest.form)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT {canonical} FROM {form.table} AS r WHERE r."{form.key}" = %s', [latest.subject]
        )
        row = cursor.fetchone()
        if row is None:
            raise LookupError(f"{latest.kind} {latest.subject}")
        cursor.execute(
            f"SELECT d.id, {LEAF} FROM journal_rowdigest AS d WHERE entry = %s ORDER BY id",
            [latest.entry],
        )
        leaves = {key: bytes(leaf) for key, leaf in cursor.fetchall()}
    index = list(leaves).index(latest.pk)
    nodes = merkle.nodes_over(list(leaves.values()))
    return {
        "content": row[0],
        "fields": list(form.names(latest.form)),
        "state": latest.state,
        "salt": latest.salt.hex,
        "size": len(leaves),
        "index": index,
        "path": [node.hex() for node in merkle.inclusion_path(nodes, index, len(leaves))],
    }


def entry_rows(row: dict[str, Any]) -> str:
    """The `Entry.rows` to which a record's proof leads; ValueError for a path of another length."""
    kind, form, key = json.loads(row["content"])[:3]
    digest = digest_of(row["content"], UUID(row["salt"]))
    leaf = leaf_hash(kind, key, form, row["state"], digest)
    path = [bytes.fromhex(node) for node in row["path"]]
    root = merkle.root_of_path(leaf, row["index"], row["size"], path)
    return f"{VERSION} {row['size']} {root.hex()}"
