"""Looks up the units that a plan refers to: existing units by their ids or codes, units that begin
by their keys.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.kernel.addresses import number_in
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import parse_day, show_day
from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries
from danchu.units.names import names_on
from danchu.units.plan_entries import Beginning, Ending, Line, NewBody, Plan, SuccessionEntry

# The id of an existing unit, or the key of one that begins.
Reference = UnitId | str


@dataclass
class NewStanding:
    """The name, code, kind and parent of an existing unit from the plan's day on."""

    name: str
    code: str
    kind: str
    parent: Reference | None
    line: Line


@dataclass
class ResolvedPlan:
    """A plan after its references were looked up. A parent or origin is None when its reference is
    among the `problems`.
    """

    plan: Plan
    ends: dict[UnitId, Ending] = field(default_factory=dict)
    # {key: (entry, parent)}
    begins: dict[str, tuple[Beginning, Reference | None]] = field(default_factory=dict)
    standings: dict[UnitId, NewStanding] = field(default_factory=dict)
    # (before, after, share, entry)
    successions: list[tuple[UnitId, Reference, Fraction | None, SuccessionEntry]] = field(
        default_factory=list
    )
    # (unit, entry, units of origin)
    bodies: list[tuple[Reference, NewBody, list[Reference | None]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def touched(self) -> set[UnitId]:
        """Ids of the existing units that the plan ends, changes or gives new children or bodies."""
        parents = [parent for _entry, parent in self.begins.values()]
        parents += [standing.parent for standing in self.standings.values()]
        existing = {parent for parent in parents if isinstance(parent, int)}
        existing |= {unit for unit, _entry, _origins in self.bodies if isinstance(unit, int)}
        return set(self.ends) | set(self.standings) | existing


class References:
    """Looks up the units of a plan on the map of the day before it applies (`eve`), and adds a
    problem for each that does not exist.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.result = ResolvedPlan(plan)
        self.eve = plan.on - timedelta(days=1)
        self.chart = boundaries(self.eve)
        self.names = names_on(self.eve)
        self.keys = Counter(entry.key for entry in plan.begins)
        self.codes: dict[date, dict[str, UnitId]] = {}

    def add_problem(self, line: Line | None, message: str, **words: object) -> None:
        """Add a problem of the entry on `line`, or of the whole file if it is None."""
        self.result.problems.append(
            f"{line}: {message.format(**words)}" if line else message.format(**words)
        )

    def find_unit(self, line: Line, text: str) -> Reference | None:
        """The id or key that `text` refers to; None, and a problem, when there is no such unit."""
        if text in self.keys:
            return text
        code, separator, day = text.partition("@")
        unit: UnitId | None
        if separator:
            try:
                unit = self.codes_on(parse_day(day)).get(code)
            except Refused as refusal:
                self.add_problem(line, "{why}", why=refusal.message)
                return None
        else:
            number = number_in(text)
            unit = number if number in self.names else None
        if unit is None:
            self.add_problem(line, _("không có đơn vị “{text}”."), text=text)
        return unit

    def codes_on(self, day: date) -> dict[str, UnitId]:
        """`{code: unit}` of the units that exist on the day."""
        if day not in self.codes:
            self.codes[day] = {
                name.code: unit
                for unit, name in names_on(day).items()
                if name.present and name.code
            }
        return self.codes[day]

    def can_change(self, line: Line, unit: UnitId) -> bool:
        """Whether the unit exists on the eve and its standing has no end yet; else adds a
        problem.
        """
        name = self.names[unit]
        if unit not in self.chart:
            self.add_problem(
                line,
                _("{name} không tồn tại vào ngày {day}."),
                name=name.name,
                day=show_day(self.eve),
            )
        elif name.until is not None:
            self.add_problem(
                line,
                _("{name} đã có thay đổi từ ngày {day}."),
                name=name.name,
                day=show_day(name.until),
            )
        else:
            return True
        return False

    def level_of(self, unit: Reference) -> str:
        """The level of an existing unit or of one that begins."""
        if isinstance(unit, str):
            return self.result.begins[unit][0].level
        return self.chart.level_of(unit)

    def name_of(self, unit: Reference) -> str:
        """The name of an existing unit or of one that begins."""
        return self.result.begins[unit][0].name if isinstance(unit, str) else self.names[unit].name
