"""The only function that writes to the journal, and the acts that publish its checkpoints."""

from datetime import UTC, datetime
from typing import Protocol

from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.chain import BEGINNING, digest, kind_of, plain
from danchu.journal.checkpoints import (
    first_inconsistent,
    own_signatures,
    witness_lines,
)
from danchu.journal.digests import digest_changes
from danchu.journal.heads import keep_checkpoint, write_head
from danchu.journal.models import Checkpoint, Cosignature, Entry
from danchu.journal.notes import Head, NoteKey, head_of, split_note
from danchu.journal.signing import log_name, sign_entry
from danchu.journal.tiles import stored_root
from danchu.journal.writes import grow_tree
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require

NO_RIGHT = gettext_lazy("Ông/bà không có quyền công bố dấu kiểm của sổ nhật ký.")

# The end of the chain, locked until the transaction ends, the kinds of the records that this
# transaction has changed since its last entry with digests, and the number of that.
_LAST = """SELECT last.number, last.hash, changes.kinds, journal_recorded()
    FROM (SELECT array_agg(DISTINCT kind) AS kinds FROM journal_change
        WHERE transaction = txid_current() AND recorded = journal_recorded() AND kind <> ''
    ) AS changes
    LEFT JOIN journal_last() AS last ON TRUE"""


# A published size is a multiple of BATCH, and at least FILLERS entries of a batch say nothing: so a
# day with no act of some kind looks like one with several of them (decision 0019).
BATCH = 64
FILLERS = 16


class Signing(Protocol):
    """Who an entry names: `key` identifies the actor, `name` is for readers."""

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...


def record(
    by: Signing, act: str, subject: Model | None = None, unit: object = None, **data: object
) -> Entry:
    """Write one entry inside the transaction of the act and return it.

    `by` has `.key`, `.name` and may have `.signature`, the name together with that of the person
    it acts for; `act` is "noun.verbed"; `subject` a saved row or None; `unit` a Unit or its id.
    The entry digests every record that the transaction has changed so far (digested.py), so call it
    after the last change: what is changed later needs an entry of its own.
    It takes a lock that other writers wait for until the transaction ends, which is another reason
    to call it last. ValueError when a key of `data` names personal data; RuntimeError outside a
    transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of the act it records")
    entry = Entry(
        actor=by.key,
        actor_name=getattr(by, "signature", by.name) or "",
        act=act,
        kind=kind_of(subject) if subject is not None else "",
        subject=str(subject.pk) if subject is not None else "",
        unit_id=getattr(unit, "pk", unit),
        data=plain(data),
    )
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        last, previous, changed_kinds, recorded = cursor.fetchone()
    # The time is taken after the lock, so that times run the same way as numbers.
    entry.number = (last or 0) + 1
    entry.previous = previous or BEGINNING
    if changed_kinds:
        entry.rows = digest_changes(changed_kinds, recorded, entry.number)
    entry.at = datetime.now(UTC)
    entry.hash = digest(entry)
    entry.signature = sign_entry(entry.number, entry.hash, entry.previous)
    entry.save(force_insert=True)
    return entry


@transaction.atomic
def publish_checkpoint(*, by: Acting) -> Checkpoint:
    """Sign the head of the tree over all entries that were committed and store it, in the database
    and beside it. Denied without the right; Refused when there is no entry, or when the tree does
    not extend one that was signed before: such a head is never signed.
    """
    require(by.account_id is None and by.may("verify", "journal", None), NO_RIGHT)
    last = Entry.objects.order_by("-number").first()
    if last is None:
        raise Refused(_("Sổ nhật ký còn trống: chưa có gì để công bố."))
    last = _fill_batch(last, by)
    grow_tree(last.number)
    earlier = first_inconsistent(last.number)
    if earlier is not None:
        raise Refused(
            _(
                "Sổ nhật ký không nối tiếp dấu kiểm đã ký ở dòng %s: không ký dấu mới. Hãy chạy "
                "danchu verify."
            )
            % earlier
        )
    tree_head = Head(log_name(), last.number, stored_root(last.number))
    checkpoint = Checkpoint.objects.create(
        size=tree_head.size, text=tree_head.text, signatures=own_signatures(tree_head), at=now()
    )
    record(by, "checkpoint.published", checkpoint, size=tree_head.size, root=tree_head.root.hex())
    transaction.on_commit(lambda: _write_beside(checkpoint, last))
    return checkpoint


def _fill_batch(last: Entry, by: Acting) -> Entry:
    """Write entries that say nothing, FILLERS or more, until the last one ends a full batch; that
    one is returned.
    """
    fillers = 0
    while fillers < FILLERS or last.number % BATCH:
        last = record(by, "batch.filled")
        fillers += 1
    return last


def _write_beside(checkpoint: Checkpoint, last: Entry) -> None:
    keep_checkpoint(checkpoint.size, checkpoint.note)
    write_head("checkpoint", last.number, last.hash)


@transaction.atomic
def add_cosignatures(note: str, *, by: Acting) -> list[str]:
    """Add the signature lines of witnesses under a published checkpoint. Returns the names of those
    that are new. `note` is the checkpoint with their lines.

    The right of a witness is its key (DANCHU_WITNESS_KEYS): lines of other keys are ignored.
    Refused when the note is no checkpoint of ours or a line of a witness is wrong; Denied when no
    line is that of a witness.
    """
    checkpoint, lines = _checkpoint_and_lines(note)
    require(bool(lines), _("Không có chữ ký của bên chứng kiến nào đã đăng ký."))
    names = []
    for key, line in lines:
        _row, is_new = Cosignature.objects.get_or_create(
            checkpoint=checkpoint, vkey=key.vkey, defaults={"line": line, "at": now()}
        )
        if is_new:
            names.append(key.name)
    if names:
        record(by, "checkpoint.cosigned", checkpoint, witnesses=names)
    return names


def _checkpoint_and_lines(note: str) -> tuple[Checkpoint, list[tuple[NoteKey, str]]]:
    """The checkpoint of a note and the lines of witnesses under it; Refused as above."""
    try:
        text, signatures = split_note(note)
        size = head_of(text).size
    except ValueError as error:
        raise Refused(_("Đây không phải là một dấu kiểm có chữ ký.")) from error
    checkpoint = Checkpoint.objects.filter(pk=size, text=text).first()
    if checkpoint is None:
        raise Refused(_("Dấu kiểm này không phải của sổ nhật ký này."))
    try:
        return checkpoint, witness_lines(text, signatures)
    except ValueError as error:
        raise Refused(_("Chữ ký của bên chứng kiến %s không đúng.") % error) from error
