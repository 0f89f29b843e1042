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

# {kind of event: the section in which one is written down with all that belongs to it}. Whoever may
# begin there is not led to the short form of the register as well, which writes it a second time.
OWN_SECTIONS = {"inspection_round": "round", "petition": "petition", "reception": "visit"}


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
    others = [section for section in sections() if _is_begun_in(section, actor)]
    names = {section.one for section in others}
    url = reverse("desk_new")
    rows = [
        Beginning(local_name(kind), f"{url}?kind={key}", _(kind.law) if kind.law else "")
        for key, kind in KINDS.items()
        if actor.scope("draft", key) != frozenset() and OWN_SECTIONS.get(key) not in names
    ]
    for section in others:
        address = reverse(Face(section).new_address)
        rows.append(Beginning(str(section.new.title), address, str(section.listing.title)))
    return rows


def _is_begun_in(section: Any, actor: Any) -> bool:
    """Whether the actor may begin a record in this section, which is not that of the events."""
    new = section.new
    is_other = new and new.word and section.parent is None and section.one != EVENTS.one
    return bool(is_other and new.allows(actor))
