"""Promises for everyone: who promised what until when, and what became of it."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from danchu.minutes.models import Commitment
from danchu.minutes.moves import State
from danchu.minutes.sections.commitments import LISTING as AT_DESK
from danchu.subjects.filters import Choice, Place
from danchu.subjects.sections import Section

# Columns of the desk that everyone may read; a new one there is not public by itself.
PUBLIC = ("code", "title", "place", "owner", "made_on", "due_on", "state", "over")


def _rows(actor):
    rows = Commitment.objects.counted().select_related("owner")
    return rows.prefetch_related("owner__standings")


LISTING = replace(
    AT_DESK,
    rows=_rows,
    columns=tuple(column for column in AT_DESK.columns if column.name in PUBLIC),
    filters={
        **AT_DESK.filters,
        "unit": Place(by_number=True),
        "state": Choice(
            [(key, name) for key, name in State.choices if key != State.WITHDRAWN],
            _("Trạng thái"),
            "state",
        ),
    },
)

PUBLIC_COMMITMENTS = Section(
    one="commitment",
    listing=LISTING,
    template="minutes/public_commitments.html",
    in_navigation=True,
)
