"""What somebody may begin to record at the desk: kinds of events, and records of other subjects."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.desk.events import EVENTS
from danchu.desk.sections import Face
from danchu.kernel.words import local_name
from danchu.register.kinds import KINDS
from danchu.subjects.room import sections


@dataclass(frozen=True)
class Beginning:
    """One kind of record: its name, the address of its form, the law it rests on or the list in
    which it will stand.
    """

    name: str
    url: str
    note: str


def beginnings(actor: Any) -> list[Beginning]:
    """All that the actor may begin, events first."""
    url = reverse("desk_new")
    rows = [
        Beginning(local_name(kind), f"{url}?kind={key}", _(kind.law) if kind.law else "")
        for key, kind in KINDS.items()
        if actor.scope("draft", key) != frozenset()
    ]
    for section in sections():
        new = section.new
        is_other = new and new.word and section.parent is None and section.one != EVENTS.one
        if is_other and new.allows(actor):
            address = reverse(Face(section).new_address)
            rows.append(Beginning(str(new.title), address, str(section.listing.title)))
    return rows
