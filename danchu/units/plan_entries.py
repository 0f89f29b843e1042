"""What stands in a reorganisation file: one entry for each change, and the plan they make up."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Line:
    """Where an entry stands in the file: as text "dòng 12, [[ends]] thứ 2"."""

    number: int
    table: str
    at: int

    def __str__(self) -> str:
        place = f"[[{self.table}]]"
        return _("dòng {line}, {place} thứ {at}").format(line=self.number, place=place, at=self.at)


@dataclass(frozen=True)
class Ending:
    """A unit that ends."""

    line: Line
    unit: str


@dataclass(frozen=True)
class Beginning:
    """A unit that begins; other entries name it by its `key`."""

    line: Line
    key: str
    level: str
    kind: str
    name: str
    code: str
    parent: str


@dataclass(frozen=True)
class Restanding:
    """A new name, code, kind or parent of the same unit; an empty one stays as it is."""

    line: Line
    unit: str
    kind: str
    name: str
    code: str
    parent: str


@dataclass(frozen=True)
class Passing:
    """A succession. `share` is None where none was agreed; the only succession of a unit is then
    of the whole.
    """

    line: Line
    before: str
    after: str
    share: Fraction | None
    basis: str


@dataclass(frozen=True)
class NewBody:
    """A body that begins. It succeeds those of its kind at the units `origins`; None: at all units
    that its own unit was made of.
    """

    line: Line
    unit: str
    kind: str
    name: str
    origins: tuple[str, ...] | None


@dataclass(frozen=True)
class Plan:
    """One reorganisation under one decree, in force from the day `on`."""

    number: str
    title: str
    issued_on: date | None
    source: str
    on: date
    ends: list[Ending] = field(default_factory=list)
    begins: list[Beginning] = field(default_factory=list)
    standings: list[Restanding] = field(default_factory=list)
    successions: list[Passing] = field(default_factory=list)
    bodies: list[NewBody] = field(default_factory=list)
    text: str = ""

    @property
    def file_hash(self) -> str:
        """The SHA-256 of the file's text, in hex: by it a second application is refused."""
        return hashlib.sha256(self.text.encode()).hexdigest()
