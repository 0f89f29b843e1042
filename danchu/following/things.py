"""What can be followed, found by the words of an address, and what it is called where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS, full_name
from danchu.following.models import Thing, ThingKind
from danchu.journal.chain import kind_of
from danchu.kernel.addresses import number_in, uid_in
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.subjects.room import public_sections
from danchu.subjects.sections import Section
from danchu.units.models import Unit
from danchu.units.names import name_of


@dataclass(frozen=True)
class Followable:
    """A thing by its columns, whether anybody follows it or not."""

    kind: str
    key: str = ""
    unit_id: int | None = None
    subject: int | None = None


def followable_in(what: str, key: str, unit: Unit | None, row: str) -> Followable:
    """The Followable that the parameters of an address mean: `row` is the part of a record's own
    address. Refused where there is none, and for a unit that has ended.
    """
    if unit is not None and unit.until is not None:
        raise Refused(_("Nơi này không còn: hãy theo dõi nơi đã nhận nó."), "unit")
    place = unit.pk if unit else None
    if what == ThingKind.FIGURE and key in INDICATORS and place:
        return Followable(what, key, place)
    if what == ThingKind.PLACE and place:
        return Followable(what, "", place)
    if what == ThingKind.LIST and section_of_list(key):
        return Followable(what, key, place)
    if what == ThingKind.RECORD and (section := section_of_record(key)):
        value = number_in(row) if section.key == "pk" else uid_in(row)
        record = _row(section, {section.key: value}) if value else None
        if record is not None:
            return Followable(what, key, None, record.pk)
    raise Refused(_("Không có gì để theo dõi ở địa chỉ này."))


def _row(section, named):
    return section.record.rows(Actor.public()).filter(**named).first()


def followed_sections() -> Iterator[Section]:
    """The public sections whose rows can be followed by place."""
    for section in public_sections():
        if section.parent is None and "unit" in section.listing.filters:
            yield section


def section_of_list(name: str) -> Section | None:
    """The public section whose list has this name; None where there is none."""
    return next((one for one in followed_sections() if one.listing.name == name), None)


def section_of_record(one: str) -> Section | None:
    """The public section whose records are called so; None where there is none."""
    return next((row for row in followed_sections() if row.one == one and row.record), None)


def model_kind(section: Section) -> str:
    """The kind that entries of the journal about the rows of the section have."""
    return kind_of(section.listing.rows(Actor.public()).model)


def title_of(section: Section, row: Any) -> str:
    """What a row of the section is called."""
    return str(section.record.title(row)) if section.record else str(row)


def state_of(section: Section, row: Any) -> str:
    """The state of a row in the reader's language; "" where its subject has none."""
    return str(section.record.state(row)) if section.record else ""


def address_of_row(section: Section, row: Any) -> str:
    """The address of the public page of a row."""
    return reverse(section.one, kwargs=section.named(row))


@dataclass(frozen=True)
class Words:
    """What a thing is called and its address; "" where it can no longer be read in public."""

    name: str
    address: str


def words_of(thing: Thing | Followable) -> Words:
    """The Words of a thing in the reader's language."""
    where = name_of(thing.unit_id, today()) if thing.unit_id else ""
    at = f"?unit={thing.unit_id}" if thing.unit_id else ""
    if thing.kind == ThingKind.PLACE:
        return Words(where, reverse("unit", args=[thing.unit_id]))
    if thing.kind == ThingKind.FIGURE:
        indicator = INDICATORS.get(thing.key)
        if indicator is None:
            return Words(thing.key, "")
        return Words(f"{full_name(indicator)}, {where}", reverse("figure", args=[thing.key]) + at)
    if thing.kind == ThingKind.LIST:
        section = section_of_list(thing.key)
        if section is None:
            return Words(thing.key, "")
        name = str(section.listing.title)
        address = reverse(thing.key.replace("-", "_")) + at
        return Words(f"{name}, {where}" if where else name, address)
    section = section_of_record(thing.key)
    row = _row(section, {"pk": thing.subject}) if section else None
    if section is None or row is None:
        return Words(_("Hồ sơ không còn công khai"), "")
    return Words(title_of(section, row), address_of_row(section, row))
