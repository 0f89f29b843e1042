"""What a notice says when it leaves. Rooms above complete theirs at that moment: what must not
rest in the database is put in here.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Letter:
    """`text` with its subject line `title`; `shown` is what may stand in logs and in the
    database.
    """

    title: str
    text: str
    shown: str


# {kind of a notice's subject: function of Notices that gives {notice's id: Letter}}; one that is
# not in its answer is given up.
COMPLETERS = {}


def completed(notices):
    """{notice's id: Letter} of those that are still to be sent."""
    found, kinds = {}, {}
    for notice in notices:
        kinds.setdefault(notice.subject_kind, []).append(notice)
    for kind, rows in kinds.items():
        found |= (
            COMPLETERS[kind](rows)
            if kind in COMPLETERS
            else {row.pk: Letter(_("Dân Chủ: có bước mới"), row.text, row.text) for row in rows}
        )
    return found
