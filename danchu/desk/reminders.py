"""What the calendar asks the reader to do, from what rooms declare."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.desk.inbox import MOST_COUNTED, SHOWN, Group, Item
from danchu.desk.sections import Face
from danchu.subjects.reminding import Reminded
from danchu.subjects.room import rooms, sections
from danchu.subjects.waiting import names_at
from danchu.units.names import names_on


@dataclass(frozen=True)
class Row:
    """A Reminded with the address of its record, the name of its unit and who may do it."""

    reminded: Reminded
    url: str
    unit_name: str
    owners: tuple[str, ...]
    is_late: bool


def reminded_for(actor: Any, on: date) -> list[Reminded]:
    """All that rooms have to tell the actor on the day, the nearest first."""
    rows = [row for room in rooms() for tell in room.reminders for row in tell(actor, on)]
    return sorted(rows, key=lambda row: row.day or date.max)


def number_due(actor: Any, on: date) -> int:
    """How many things are to be done on the day or soon."""
    return sum(row.is_due(on) for row in reminded_for(actor, on))


def due_group(actor: Any, on: date) -> Group | None:
    """The Group of what is to be done on the day or soon; None for nothing."""
    due = [row for row in reminded_for(actor, on) if row.is_due(on)]
    if not due:
        return None
    items = [
        Item(
            title=row.reminded.title,
            url=row.url,
            where=", ".join(filter(None, (row.reminded.where, row.unit_name))),
            state=row.reminded.words,
        )
        for row in rows_of(due[:SHOWN], on)
    ]
    number = min(len(due), MOST_COUNTED)
    url = reverse("desk_reminders")
    return Group(_("Theo lịch, trong 7 ngày"), url, items, number, len(due) > MOST_COUNTED)


def rows_of(reminded: list[Reminded], on: date) -> list[Row]:
    """The rows of a page; who may do what is looked up once for each unit."""
    names = names_on(on)
    faces = {section.one: Face(section) for section in sections()}
    owners: dict[Any, tuple[str, ...]] = {}
    rows = []
    for one in reminded:
        face = faces[one.one]
        right = (*one.right, one.unit)
        if right not in owners:
            owners[right] = names_at(*right)
        rows.append(
            Row(
                one,
                reverse(face.record_address, kwargs={"uid": one.uid}),
                names[one.unit].name if one.unit in names else "",
                owners[right],
                one.is_owed and one.day is not None and one.day < on,
            )
        )
    return rows
