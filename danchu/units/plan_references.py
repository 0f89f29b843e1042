"""The units a plan names, looked up on the map: units in being by their ids, units that begin by
their keys.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import parse_day, show_day
from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries
from danchu.units.names import names_on
from danchu.units.plan_entries import Beginning, Ending, Line, NewBody, Passing, Plan

# A unit in being by its id, one that begins by its key.
Reference = UnitId | str


@dataclass
class NewStanding:
    """What a unit in being is called from the plan's day on, and where it hangs."""

    name: str
    code: str
    kind: str
    parent: Reference | None
    line: Line


@dataclass
class Resolved:
    """A plan whose references are looked up. `parent` and `origins` are None for a reference that
    is one of the `problems`.
    """

    plan: Plan
    ends: dict[UnitId, Ending] = field(default_factory=dict)
    # {key: (entry, parent)}
    begins: dict[str, tuple[Beginning, Reference | None]] = field(default_factory=dict)
    standings: dict[UnitId, NewStanding] = field(default_factory=dict)
    # (before, after, share, entry)
    successions: list[tuple[UnitId, Reference, Fraction | None, Passing]] = field(
        default_factory=list
    )
    # (unit, entry, units of origin)
    bodies: list[tuple[Reference, NewBody, list[Reference | None]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def touched(self) -> set[UnitId]:
        """Ids of the units in being whose life, standing or children the plan changes."""
        parents = [parent for _entry, parent in self.begins.values()]
        parents += [standing.parent for standing in self.standings.values()]
        in_being = {parent for parent in parents if isinstance(parent, int)}
        return set(self.ends) | set(self.standings) | in_being


class References:
    """Looks the units of a plan up on the map of the eve of its day; one that is not there is
    added to the problems.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.out = Resolved(plan)
        self.eve = plan.on - timedelta(days=1)
        self.chart = boundaries(self.eve)
        self.names = names_on(self.eve)
        self.keys = Counter(entry.key for entry in plan.begins)
        self.codes: dict[date, dict[str, UnitId]] = {}

    def no(self, line: Line | None, message: str, **words: object) -> None:
        """Add a problem, of the entry on the line or (None) of the whole file."""
        self.out.problems.append(
            f"{line}: {message.format(**words)}" if line else message.format(**words)
        )

    def unit(self, line: Line, text: str) -> Reference | None:
        """The id, or the key of a unit that begins; None, and a problem, when it is neither."""
        if text in self.keys:
            return text
        code, at, day = text.partition("@")
        unit: UnitId | None
        if at:
            try:
                unit = self.codes_on(parse_day(day)).get(code)
            except Refused as refusal:
                self.no(line, "{why}", why=refusal.message)
                return None
        else:
            unit = int(text) if text.isdecimal() and int(text) in self.names else None
        if unit is None:
            self.no(line, _("không có đơn vị “{text}”."), text=text)
        return unit

    def codes_on(self, day: date) -> dict[str, UnitId]:
        """`{code: unit}` of the units in being on the day."""
        if day not in self.codes:
            self.codes[day] = {
                name.code: unit
                for unit, name in names_on(day).items()
                if name.present and name.code
            }
        return self.codes[day]

    def lasting(self, line: Line, unit: UnitId) -> bool:
        """Whether the unit is in being on the eve, under a standing that may be closed on the
        day.
        """
        name = self.names[unit]
        if unit not in self.chart:
            self.no(
                line,
                _("{name} không tồn tại vào ngày {day}."),
                name=name.name,
                day=show_day(self.eve),
            )
        elif name.until is not None:
            self.no(
                line,
                _("{name} đã có thay đổi từ ngày {day}."),
                name=name.name,
                day=show_day(name.until),
            )
        else:
            return True
        return False

    def level(self, unit: Reference) -> str:
        """The level of a unit in being or of one that begins."""
        if isinstance(unit, str):
            return self.out.begins[unit][0].level
        return self.chart.level_of(unit)

    def called(self, unit: Reference) -> str:
        """The name of a unit in being or of one that begins."""
        return self.out.begins[unit][0].name if isinstance(unit, str) else self.names[unit].name
