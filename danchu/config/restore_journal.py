"""What a restore does with the key of the journal and the heads that this machine wrote down."""

from django.utils.translation import gettext as _

from danchu.config.backup import journal_head
from danchu.config.pg_tools import connect
from danchu.journal.chain import BEGINNING
from danchu.journal.heads import checkpoints_in_files, heads_in_file, start_anew, write_head
from danchu.journal.signing import existing_ring, found_ring


def take_over_journal(name):
    """Bring the files beside the database in step with the journal of the database `name`, which
    was just restored; a line to show, "" for nothing.

    Heads written down after the backup was made are put aside, with the log's name renewed: that
    the journal was shortened is then a restore, not a cut. Entries that the key of this machine did
    not sign are covered by a new founding signature.
    """
    with connect(name) as connection:
        number, entry_hash = journal_head(connection)
        noted = {(head.number, head.hash) for head in heads_in_file()}
        is_longer = _has_all(connection, noted) and all(
            head.size <= number for head, _name in checkpoints_in_files()
        )
        is_signed = _is_signed(connection, number, entry_hash)
    if is_longer:
        write_head("restore", number, entry_hash)
    else:
        start_anew(number, entry_hash)
    if is_signed:
        return ""
    found_ring(number, entry_hash or BEGINNING, anew=True)
    return _(
        "Nhật ký này không do khóa của máy này ký: chữ ký mới bắt đầu từ dòng %s. Muốn kiểm cả "
        "chữ ký cũ, hãy mang thư mục khóa của máy cũ sang (docs/operate.md)."
    ) % (number + 1)


def _has_all(connection, noted):
    """Whether the journal has each (number, hash)."""
    return all(
        connection.execute(
            "SELECT 1 FROM journal_entry WHERE number = %s AND hash = %s", [number, entry_hash]
        ).fetchone()
        for number, entry_hash in noted
    )


def _is_signed(connection, number, entry_hash):
    """Whether the founding of this machine's key lies in the journal and its last entry is signed
    by an accepted key.
    """
    ring = existing_ring()
    if ring is None or ring.number > number:
        return False
    if ring.number and not _has_all(connection, {(ring.number, ring.hash)}):
        return False
    if ring.number == number:
        return True
    row = connection.execute(
        "SELECT signature FROM journal_entry WHERE number = %s", [number]
    ).fetchone()
    return ring.accepts(number, entry_hash, row[0])
