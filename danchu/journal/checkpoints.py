"""Checkpoints as published: their signatures, whether they extend each other, and proofs."""

import struct
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings

from danchu.journal import merkle
from danchu.journal.heads import checkpoints_in_files
from danchu.journal.models import Checkpoint
from danchu.journal.notes import ED25519, Head, NoteKey, cosigned_message, head_of, key_of
from danchu.journal.signing import checkpoint_keys, log_name
from danchu.journal.tiles import stored_nodes, stored_root
from danchu.kernel.days import day_of, now


def own_signatures(head: Head) -> str:
    """The lines of the log under a checkpoint: an Ed25519 signature, and its own ML-DSA-44
    cosignature where the installed `cryptography` has it.
    """
    lines = []
    for key, private in checkpoint_keys(head.origin):
        if key.kind == ED25519:
            lines.append(key.line(private.sign(head.text.encode())))
        else:
            seconds = int(now().timestamp())
            signature = private.sign(cosigned_message(key, head, seconds))
            lines.append(key.line(struct.pack(">Q", seconds) + signature))
    return "".join(lines)


def published_keys() -> list[str]:
    """The verifier keys of the log's checkpoints; none before the first was published."""
    if not Checkpoint.objects.exists():
        return []
    return [key.vkey for key, _private in checkpoint_keys(log_name())]


def witness_keys() -> list[NoteKey]:
    """The keys of the witnesses that the operator chose; ValueError for one that is none."""
    return [key_of(vkey) for vkey in settings.JOURNAL_WITNESS_KEYS]


def witness_lines(
    text: str, signatures: Iterable[tuple[str, bytes, bytes]]
) -> list[tuple[NoteKey, str]]:
    """[(key, signature line)] of the witnesses among the signatures of a note. ValueError, with the
    name of the witness, for one whose signature is wrong.
    """
    known_keys = {(key.name, key.key_id): key for key in witness_keys()}
    lines = []
    for name, key_id, signature in signatures:
        key = known_keys.get((name, key_id))
        if key is None:
            continue
        if not key.verifies(text, signature):
            raise ValueError(name)
        lines.append((key, key.line(signature)))
    return lines


def first_inconsistent(size: int) -> int | None:
    """The size of the latest checkpoint, of the database or beside it, that the stored tree of
    `size` leaves does not extend; None when all is well.
    """
    heads = [head for head, _name in checkpoints_in_files()]
    latest = Checkpoint.objects.order_by("-size").first()
    if latest:
        heads.append(head_of(latest.text))
    for head in sorted(heads, key=lambda one: -one.size)[:2]:
        if head.size > size or head.size > 0 and stored_root(head.size) != head.root:
            return head.size
    return None


def is_due(day: date) -> bool:
    """Whether the latest checkpoint is of another day (in Vietnam); of a later one where the clock
    ran ahead when it was published, which is no reason to publish none until then.
    """
    latest = Checkpoint.objects.order_by("-size").first()
    return latest is None or day_of(latest.at) != day


def inclusion_proof(number: int, size: int) -> dict[str, Any]:
    """The proof that an entry is in the tree of a checkpoint, plain JSON without any of its
    content. LookupError when there is no such entry in it.
    """
    if not 0 < number <= size or not Checkpoint.objects.filter(pk=size).exists():
        raise LookupError(f"{number} {size}")
    nodes = stored_nodes()
    path = merkle.inclusion_path(nodes, number - 1, size)
    return {
        "danchu-proof": "inclusion 1",
        "entry": number,
        "size": size,
        "leaf_hash": nodes(0, number - 1).hex(),
        "path": [node.hex() for node in path],
    }


def consistency_proof(earlier: int, size: int) -> dict[str, Any]:
    """The proof that the tree of a checkpoint extends that of an earlier one, plain JSON.
    LookupError when there are no such checkpoints.
    """
    sizes = set(Checkpoint.objects.filter(pk__in=[earlier, size]).values_list("pk", flat=True))
    if not 0 < earlier <= size or sizes != {earlier, size}:
        raise LookupError(f"{earlier} {size}")
    path = merkle.consistency_path(stored_nodes(), earlier, size)
    return {
        "danchu-proof": "consistency 1",
        "earlier": earlier,
        "size": size,
        "path": [node.hex() for node in path],
    }
