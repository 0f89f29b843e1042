"""The text of a notice at the moment of sending. Rooms complete theirs here with what must not be
stored in the database, such as a code.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from danchu.notices.models import Notice
from danchu.subjects.room import rooms


@dataclass(frozen=True)
class Letter:
    """`text` with its subject line `title`; `masked` is the text for logs and the database, without
    secrets; `key` is the same for each try of a notice, so that a gateway can tell repeats.
    """

    title: str
    text: str
    masked: str
    key: str = ""


def letters_for(notices: Iterable[Notice]) -> dict[int, Letter]:
    """{primary key: Letter} of the notices that are still to be sent. A notice for which the room
    of its kind returns no letter is not to be sent any more.
    """
    rows_of_kind: dict[str, list[Notice]] = {}
    for notice in notices:
        rows_of_kind.setdefault(notice.subject_kind, []).append(notice)
    letters: dict[int, Letter] = {}
    for kind, rows in rows_of_kind.items():
        complete = _completer(kind) or _unchanged
        letters |= complete(rows)
    return letters


def _completer(kind):
    """The function by which a room completes notices of the kind; None where none does."""
    return next((room.letters[kind] for room in rooms() if kind in room.letters), None)


def _unchanged(rows):
    return {row.pk: Letter(_("Dân Chủ: có bước mới"), row.text, row.text) for row in rows}
