"""What people look for at their place: how to say something, and under each of the six verbs who
receives citizens when and the newest rows of each public list there. What does not exist has no
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
from danchu.kernel.numbers import show_number
from danchu.people.actor import Actor
from danchu.portal.doors import DOORS
from danchu.portal.feedback import feedback_at
from danchu.portal.owed_by_villages import may_view_duties, owed_at
from danchu.portal.query import query_string
from danchu.portal.sections import PublicFace
from danchu.subjects.first_rows import FirstRows, first_rows, uncounted
from danchu.subjects.room import public_sections
from danchu.subjects.verbs import KNOW, SUPERVISE, VERBS
from danchu.units.choices import value_of_unit
from danchu.units.kinds import Level

MOST = 3
MOST_OWED = 10


@dataclass(frozen=True)
class Row:
    """One row of a part: its day, title and address; the word of its state and the last day for
    what is owed, where it has them; the place where it is another than the page's own.
    """

    day: date
    title: Any
    url: str
    state: Any = ""
    due_on: date | None = None
    where: str = ""


@dataclass(frozen=True)
class Part:
    """The newest rows of one subject, and the address of all of them."""

    title: Any
    url: str
    rows: FirstRows


@dataclass(frozen=True)
class Heading:
    """What there is under one verb: its parts, and the next receptions where it has them."""

    key: str
    title: Any
    parts: list[Part]
    receptions: FirstRows | None = None


def doors_at(unit):
    """[(word, address)] of what one can tell this place."""
    query = query_string(place=value_of_unit(unit.pk, today()))
    return [
        (door.title, f"{reverse('petition_send_by', args=[name])}?{query}")
        for name, door in DOORS.items()
    ]


def headings_at(unit, units, actor):
    """The Headings of the Unit, whose records are those of `units` (ids), in the order of the
    verbs, as the actor may read them.
    """
    parts = {key: [] for key in VERBS}
    for section in public_sections():
        if _is_at_place(section):
            parts[section.verb.key].append(_part(section, unit, units))
    parts[SUPERVISE.key].append(_feedback(unit))
    parts[SUPERVISE.key].append(_owed(unit, actor))
    receptions = _receptions(units)
    return [
        Heading(key, VERBS[key].title, rows, receptions if key == KNOW.key else None)
        for key, every in parts.items()
        if (rows := [part for part in every if part.rows]) or (key == KNOW.key and receptions)
    ]


def _receptions(units):
    """The next days on which somebody receives citizens at one of the units (ids)."""
    days = ReceptionDay.objects.filter(unit__among=array(units)).coming(today())
    return uncounted(lambda most: days[:most], MOST)


def _is_at_place(section):
    return section.is_at_place and section.verb and "unit" in section.listing.filters


def _part(section, unit, units):
    listing = section.listing
    place = listing.filters["unit"].field_name
    rows = listing.rows(Actor.public()).filter(**{f"{place}__among": array(units)})
    first = uncounted(partial(listing.first, listing.ordered(rows, {})), MOST)
    lines = FirstRows(listing.lines(first), first.total)
    face = PublicFace(section)
    url = f"{reverse(face.list_address)}?{query_string(unit=unit.pk)}"
    return Part(listing.title, url, lines.each(partial(_row, face, unit.pk)))


def _row(face, own, line):
    """The row of a line: what its list shows as the link, the state and the due day; and its place
    where that is not `own`, the key of the page's unit.
    """
    section = face.section
    columns = section.listing.columns
    title = next(column for column in columns if column.links)
    state = next((column for column in columns if column.is_state), None)
    due_on = next((column for column in columns if column.is_due), None)
    place, day = section.listing.placed(line.row)
    words = title.read(line)
    return Row(
        day,
        words,
        reverse(face.record_address, kwargs=section.named(line.row)),
        state.read(line) if state else "",
        due_on.read(line) if due_on else None,
        "" if place == own or line.where.casefold() in str(words).casefold() else line.where,
    )


def _feedback(unit):
    rows = feedback_at(unit).order_by("-received_on", "-pk")
    first = uncounted(lambda most: rows[:most], MOST)
    url = f"{reverse('petitions')}?{query_string(unit=unit.pk)}#shown"
    return Part(_("Phản ánh và câu trả lời"), url, first.each(_row_of_feedback))


def _row_of_feedback(row):
    url = reverse("petition_shown", args=[row.code])
    return Row(row.received_on, row.shown_title, url, row.get_state_display())


def _owed(unit, actor):
    """What the villages of the unit owe, one row a village; at a village one row a duty."""
    of_each = owed_at(unit, actor)
    is_at_desk = may_view_duties(unit, actor)
    if unit.level == Level.VILLAGE:
        rows = [_row_of_duty(one, is_at_desk) for own in of_each for one in own]
    else:
        rows = [_row_of_village(own) for own in of_each]
    query = query_string(unit=unit.pk)
    url = f"{reverse('desk_obligations')}?{query}" if is_at_desk else ""
    return Part(_("Thôn, tổ dân phố còn việc phải làm, theo hạn"), url, first_rows(rows, MOST_OWED))


def _row_of_village(own):
    first, *others = own
    more = _("và %s việc khác") % show_number(len(others)) if others else ""
    words = " ".join(filter(None, [_what(first), more]))
    return Row(first.due_on, first.place, reverse("unit", args=[first.village]), words)


def _row_of_duty(one, is_at_desk):
    url = reverse("desk_obligation", args=[one.uid]) if one.uid and is_at_desk else ""
    return Row(one.due_on, one.what, url, _("quá hạn") if one.is_late else "")


def _what(one):
    return f"{one.what} ({_('quá hạn')})" if one.is_late else one.what
