"""Promises for everyone: who promised what until when, and what became of it."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from danchu.figures.catalogue import indicator
from danchu.minutes.models import Commitment
from danchu.minutes.moves import State
from danchu.minutes.sections.commitments import LISTING as AT_DESK
from danchu.subjects.filters import Choice, Place
from danchu.subjects.sections import Section

# What only the desk's table has: how a promise was kept is on its own page.
NOT_SHOWN = ("in_time", "postponed")


def _rows(actor):
    rows = Commitment.objects.counted().select_related("owner")
    return rows.prefetch_related("owner__standings")


def _beside(actor, rows):
    return {"kept_rate": indicator("commitments_kept_rate").key}


LISTING = replace(
    AT_DESK,
    rows=_rows,
    columns=tuple(column for column in AT_DESK.columns if column.name not in NOT_SHOWN),
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
    beside=_beside,
    in_navigation=True,
)
