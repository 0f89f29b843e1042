"""What a plan speaks of, looked up on the map: units in being by their ids, units that begin by
their keys.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, show_day
from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries
from danchu.units.names import names_on
from danchu.units.plan_file import Plan


@dataclass
class Resolved:
    """A plan whose references are units: ids of those in being, keys (str) of those that begin."""

    plan: Plan
    ends: dict = field(default_factory=dict)  # unit: Ending
    begins: dict = field(default_factory=dict)  # key: (Beginning, parent)
    standings: dict = field(default_factory=dict)  # unit: new values of the columns
    successions: list = field(default_factory=list)  # (before, after, share, Passing)
    bodies: list = field(default_factory=list)  # (unit, NewBody, units of origin)
    problems: list = field(default_factory=list)

    @property
    def touched(self):
        """Ids of the units in being whose life, standing or children the plan changes."""
        parents = {parent for _, parent in self.begins.values() if isinstance(parent, int)}
        hung = {row["parent"] for row in self.standings.values() if isinstance(row["parent"], int)}
        return set(self.ends) | set(self.standings) | parents | hung


class References:
    """The units a plan speaks of, found on the map of the eve of its day; every miss is a
    problem told.
    """

    def __init__(self, plan):
        self.plan, self.out = plan, Resolved(plan)
        eve = plan.on - timedelta(days=1)
        self.eve, self.chart, self.names = eve, boundaries(eve), names_on(eve)
        self.keys = Counter(entry.key for entry in plan.begins)
        self.codes = {}

    def no(self, line, message, **words):
        self.out.problems.append(
            f"{line}: {message.format(**words)}" if line else message.format(**words)
        )

    def unit(self, line, text):
        """The id, or the key of a unit that begins; None, and a problem, when it is neither."""
        if text in self.keys:
            return text
        code, at, day = text.partition("@")
        if at:
            try:
                found = self.codes_on(parse_day(day)).get(code)
            except Refused as refusal:
                self.no(line, "{why}", why=refusal.message)
                return None
        else:
            found = int(text) if text.isdecimal() and int(text) in self.names else None
        if found is None:
            self.no(line, _("không có đơn vị “{text}”."), text=text)
        return found

    def codes_on(self, day):
        if day not in self.codes:
            self.codes[day] = {
                name.code: unit
                for unit, name in names_on(day).items()
                if name.present and name.code
            }
        return self.codes[day]

    def lasting(self, line, unit):
        """Whether the unit is in being on the eve, under a standing that may be closed on the
        day.
        """
        told = self.names[unit]
        if unit not in self.chart:
            self.no(
                line,
                _("{name} không tồn tại vào ngày {day}."),
                name=told.name,
                day=show_day(self.eve),
            )
        elif told.until is not None:
            self.no(
                line,
                _("{name} đã có thay đổi từ ngày {day}."),
                name=told.name,
                day=show_day(told.until),
            )
        else:
            return True
        return False

    def level(self, unit):
        return (
            self.out.begins[unit][0].level if isinstance(unit, str) else self.chart.level_of(unit)
        )

    def called(self, unit):
        return self.out.begins[unit][0].name if isinstance(unit, str) else self.names[unit].name
