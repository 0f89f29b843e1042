"""What people look for at their place: how to say something, who receives citizens when, and of
each public list its newest rows there, in the order of the six verbs. What does not exist has no
heading.
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.casework.models import ReceptionDay
from danchu.figures.among import array
from danchu.kernel.days import today
from danchu.people.actor import Actor
from danchu.portal.doors import DOORS
from danchu.portal.feedback import feedback_at
from danchu.portal.query import query_string
from danchu.portal.sections import PublicFace
from danchu.subjects.first_rows import FirstRows, uncounted
from danchu.subjects.room import public_sections
from danchu.subjects.verbs import VERBS
from danchu.units.choices import value_of_unit

MOST = 3


@dataclass(frozen=True)
class Row:
    """One row of a part: its day, title and address; the word of its state and the last day for
    what is owed, where it has them.
    """

    day: date
    title: Any
    url: str
    state: Any = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Part:
    """The newest rows of one subject, and the address of all of them."""

    title: Any
    url: str
    rows: FirstRows


def doors_at(unit):
    """[(word, address)] of what one can tell this place."""
    query = query_string(place=value_of_unit(unit.pk, today()))
    return [
        (door.title, f"{reverse('petition_send_by', args=[name])}?{query}")
        for name, door in DOORS.items()
    ]


def receptions_at(units):
    """The next days on which somebody receives citizens at one of the units (ids)."""
    days = ReceptionDay.objects.filter(unit__among=array(units)).coming(today())
    return uncounted(lambda most: days[:most], MOST)


def parts_at(unit, units):
    """The Parts of the Unit, whose records are those of `units` (ids)."""
    order = list(VERBS.values())
    sections = [section for section in public_sections() if _is_at_place(section)]
    parts = [_part(section, unit, units) for section in sorted(sections, key=_order(order))]
    return [part for part in [*parts, _feedback(unit)] if part.rows]


def _order(verbs):
    return lambda section: verbs.index(section.verb) if section.verb in verbs else len(verbs)


def _is_at_place(section):
    return section.is_at_place and "unit" in section.listing.filters


def _part(section, unit, units):
    listing = section.listing
    place = listing.filters["unit"].field_name
    rows = listing.rows(Actor.public()).filter(**{f"{place}__among": array(units)})
    first = uncounted(partial(listing.first, listing.ordered(rows, {})), MOST)
    lines = FirstRows(listing.lines(first), first.total)
    face = PublicFace(section)
    url = f"{reverse(face.list_address)}?{query_string(unit=unit.pk)}"
    return Part(listing.title, url, lines.each(partial(_row, face)))


def _row(face, line):
    """The row of a line: what its list shows as the link, the state and the due day."""
    section = face.section
    columns = section.listing.columns
    title = next(column for column in columns if column.links)
    state = next((column for column in columns if column.is_state), None)
    due_on = next((column for column in columns if column.is_due), None)
    return Row(
        section.listing.placed(line.row)[1],
        title.read(line),
        reverse(face.record_address, kwargs=section.named(line.row)),
        state.read(line) if state else "",
        due_on.read(line) if due_on else None,
    )


def _feedback(unit):
    rows = feedback_at(unit).order_by("-received_on", "-pk")
    first = uncounted(lambda most: rows[:most], MOST)
    url = f"{reverse('petitions')}?{query_string(unit=unit.pk)}#shown"
    return Part(_("Phản ánh và câu trả lời"), url, first.each(_row_of_feedback))


def _row_of_feedback(row):
    url = reverse("petition_shown", args=[row.code])
    return Row(row.received_on, row.shown_title, url, row.get_state_display())
