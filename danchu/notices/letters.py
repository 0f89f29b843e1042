"""What a notice says when it leaves. Rooms complete theirs at that moment: what must not rest in
the database is put in here.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from danchu.subjects.room import rooms


@dataclass(frozen=True)
class Letter:
    """`text` with its subject line `title`; `shown` is what may stand in logs and in the
    database.
    """

    title: str
    text: str
    shown: str


def completed(notices):
    """{notice's id: Letter} of those that are still to be sent. A notice of which the room that
    completes its kind gives no letter is given up.
    """
    kinds = {}
    for notice in notices:
        kinds.setdefault(notice.subject_kind, []).append(notice)
    letters = {}
    for kind, rows in kinds.items():
        complete = _completer(kind) or _as_written
        letters |= complete(rows)
    return letters


def _completer(kind):
    return next((room.letters[kind] for room in rooms() if kind in room.letters), None)


def _as_written(rows):
    return {row.pk: Letter(_("Dân Chủ: có bước mới"), row.text, row.text) for row in rows}
