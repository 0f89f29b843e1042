"""The entries of a reorganisation file, one for each change, and the plan that they make up."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Line:
    """The place of an entry in the file; as text "dòng 12, [[ends]] thứ 2"."""

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
    """A unit that begins; other entries refer to it by its `key`."""

    line: Line
    key: str
    level: str
    kind: str
    name: str
    code: str
    parent: str


@dataclass(frozen=True)
class StandingChange:
    """A new name, code, kind or parent of an existing unit; "" leaves the value unchanged."""

    line: Line
    unit: str
    kind: str
    name: str
    code: str
    parent: str


@dataclass(frozen=True)
class SuccessionEntry:
    """A succession. `share` is None where none was agreed; in the only succession of a unit None
    means the whole.
    """

    line: Line
    before: str
    after: str
    share: Fraction | None
    basis: str


@dataclass(frozen=True)
class NewBody:
    """A body that begins. It succeeds the bodies of its kind at the units `origins` (None: at all
    units from which its own unit was made).
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
    standings: list[StandingChange] = field(default_factory=list)
    successions: list[SuccessionEntry] = field(default_factory=list)
    bodies: list[NewBody] = field(default_factory=list)
    text: str = ""

    @property
    def file_hash(self) -> str:
        """The SHA-256 of the file's text, in hex; it prevents a second application."""
        return hashlib.sha256(self.text.encode()).hexdigest()
