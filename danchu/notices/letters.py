"""The text of a notice at the moment of sending. Rooms complete theirs here with what must not be
stored in the database, such as a code.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from danchu.journal.models import Checkpoint
from danchu.notices.models import Notice
from danchu.subjects.room import rooms

DIGEST = "digest"  # the kind of subject of the daily mail


@dataclass(frozen=True)
class Letter:
    """`text` with its subject line `title`; `masked` is the text for logs and the database, without
    secrets; `key` is the same for each try of a notice, so that a gateway can tell repeats.
    `headers` are further lines of the head of an e-mail.
    """

    title: str
    text: str
    masked: str
    key: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def letters_for(notices: Iterable[Notice]) -> dict[int, Letter]:
    """{primary key: Letter} of the notices that are still to be sent. A notice for which the room
    of its kind returns no letter is not to be sent any more.
    """
    rows_of_kind: dict[str, list[Notice]] = {}
    for notice in notices:
        rows_of_kind.setdefault(notice.subject_kind, []).append(notice)
    letters: dict[int, Letter] = {}
    for kind, rows in rows_of_kind.items():
        complete = _completer(kind) or _letters_of_texts
        letters |= complete(rows)
    return letters


def _completer(kind):
    """The function by which a room completes notices of the kind; None where none does."""
    if kind == Checkpoint.journal_kind:
        return _checkpoint_letters
    if kind == DIGEST:
        return _digest_letters
    return next((room.letters[kind] for room in rooms() if kind in room.letters), None)


def _letters_of_texts(rows):
    return {row.pk: Letter(_("Dân Chủ: có bước mới"), row.text, row.text) for row in rows}


def _digest_letters(rows):
    return {row.pk: Letter(_("Dân Chủ: việc ở bàn làm việc"), row.text, row.text) for row in rows}


def _checkpoint_letters(rows):
    """The signed note of each checkpoint: more than a notice has room for."""
    checkpoints = Checkpoint.objects.in_bulk([row.subject for row in rows])
    return {
        row.pk: Letter(
            _("Dân Chủ: dấu kiểm của sổ nhật ký, %s dòng") % row.subject,
            checkpoints[row.subject].note,
            row.text,
        )
        for row in rows
        if row.subject in checkpoints
    }
