"""The bodies that a unit of a level usually has on a day, from usual_bodies.toml."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from danchu.kernel.chronicle import LEVELS
from danchu.kernel.days import DAWN, today
from danchu.law.rule import MARKS, mark_words
from danchu.units.bodies_at import BodiesAt
from danchu.units.kinds import KINDS_OF, BodyKind
from danchu.units.names import names_on
from danchu.units.spelling import kind_and_bare

SOURCE = Path(__file__).with_name("usual_bodies.toml")


@dataclass(frozen=True)
class UsualBody:
    """One row of the file; `mark` says how well its source was compared with the law (law/rule.py),
    not at all by default.
    """

    level: str
    kind: str
    name: str
    since: date
    source: str
    until: date | None = None
    mark: str = "memory_med"
    unit_kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProposedBody:
    """A body that a unit lacks; `key` names it in a form."""

    key: str
    kind: str
    name: str
    source: str
    mark: str

    @property
    def source_words(self):
        """The source, and how well it was compared with the text of the law."""
        return f"{self.source} ({mark_words(self.mark)})"


@cache
def usual_bodies():
    """The UsualBody of every row of the file; ValueError where a row names what there is not."""
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["usual"]
    bodies = [UsualBody(**{**row, "unit_kinds": tuple(row.get("unit_kinds", ()))}) for row in rows]
    for body in bodies:
        unit_kinds = {kind.value for kind in KINDS_OF.get(body.level, ())}
        if (
            body.level not in LEVELS
            or body.kind not in BodyKind.values
            or not set(body.unit_kinds) <= unit_kinds
            or not ("{place}" in body.name or "{bare}" in body.name)
            or not body.source
            or body.mark not in MARKS
        ):
            raise ValueError(f"{SOURCE.name}: {body}")
    return tuple(bodies)


def first_day(unit):
    """The day since when bodies of the unit are proposed: its own first day, today where it is from
    before our sources, its last day where it has ended.
    """
    if unit.since != DAWN:
        return unit.since
    return unit.until - timedelta(days=1) if unit.until else today()


def proposed_bodies(unit, since):
    """[ProposedBody] of what the unit usually has, by the rules and its name on the day, and lacks
    from that day on.
    """
    name = names_on(since).get(unit.pk)
    if name is None:
        return []
    bodies_at = BodiesAt([unit.pk])
    proposals = []
    for number, row in enumerate(usual_bodies()):
        if row.level != unit.level or not _is_valid(row, since, name.kind):
            continue
        words = row.name.format(place=place_name(name.name), bare=bare_name(name.name, row.level))
        is_there = bodies_at.same_kind(unit.pk, row.kind, since, unit.until)
        if not is_there and not bodies_at.same_name(unit.pk, words, since, unit.until):
            proposals.append(ProposedBody(str(number), row.kind, words, row.source, row.mark))
    return proposals


def place_name(name):
    """The name of a unit within a sentence: "phường Trúc Bạch"."""
    return name[:1].lower() + name[1:]


def bare_name(name, level):
    """The name of a unit without the word of its kind: "Hà Nội"."""
    try:
        return kind_and_bare(name, level)[1]
    except ValueError:  # it begins with none
        return name


def _is_valid(row, day, unit_kind):
    is_of_kind = not row.unit_kinds or unit_kind in row.unit_kinds
    return is_of_kind and row.since <= day and (row.until is None or day < row.until)
