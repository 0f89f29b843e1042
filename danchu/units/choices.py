"""Places to choose from: units of a day by what was typed so far, also under the names of units
that have since become part of them, and those near a point.
"""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from danchu.kernel.boundaries import Boundaries
from danchu.kernel.chronicle import UnitId
from danchu.kernel.days import today
from danchu.kernel.text import clean, identity_key
from danchu.units.find import find_units
from danchu.units.maps import atlas, boundaries, cached, map_version
from danchu.units.models import Standing
from danchu.units.names import Name, names_on
from danchu.units.places import nearest

MOST = 8
# How many matches are read: several may lead to one unit of the day.
MOST_READ = 30
# A unit that was divided among more is named by too many successors to be of help.
MOST_SUCCESSORS = 4
MOST_NEAR = 5
# The longest value that a form takes: two long names and a code, or what a person types.
LONGEST_VALUE = 200
_VALUE = re.compile(r"(?P<name>.+?)(?: [–-] (?P<under>.+))? \((?P<code>[^()\s]{1,12})\)")


@dataclass(frozen=True)
class PlaceChoice:
    """One place that may be chosen, with the name of what is above it. `former` is the name that
    was searched, where the unit no longer has it or another unit had it that became part of it.
    """

    unit: UnitId
    name: str
    under: str
    code: str
    former: str = ""

    @property
    def value(self) -> str:
        """What a form is given: it means this unit only, and a person can read it."""
        if self.code:
            under = f" – {self.under}" if self.under else ""
            return f"{self.name}{under} ({self.code})"
        return f"{self.name}, {self.under}" if self.under else self.name

    @property
    def label(self) -> str:
        """What a person reads."""
        where = f"{self.name} – {self.under}" if self.under else self.name
        if not self.former:
            return where
        return _("%(place)s (trước là %(former)s)") % {"place": where, "former": self.former}

    def as_json(self) -> dict[str, Any]:
        """The choice for programs."""
        return {
            "id": self.unit,
            "code": self.code,
            "name": self.name,
            "under": self.under,
            "former": self.former,
            "value": self.value,
        }


def place_choices(text: object, day: date | None = None, level: str = "") -> list[PlaceChoice]:
    """At most MOST units of the day (today by default) that the text may mean, the best first; with
    `level` only those of it. One query beside the version of the map, where a name has the words.
    """
    day = day or today()
    chart = boundaries(day)
    names = names_on(day)
    units = find_units(text, limit=MOST_READ)
    choices: dict[UnitId, PlaceChoice] = {}
    for unit in sorted(units, key=lambda one: (one.rank, one.id not in chart)):
        is_present = unit.id in chart
        for successor in [unit.id] if is_present else successors_on(chart, unit.id):
            if not level or names[successor].level == level:
                former = unit.matched if is_present else unit.name
                choices.setdefault(successor, choice_of(successor, names, former))
    return list(choices.values())[:MOST]


def near_choices(lat: float, lon: float) -> list[PlaceChoice]:
    """The MOST_NEAR units of today whose points are nearest, in degrees of WGS 84. A unit has one
    point and no border here, so that the nearest alone may be the wrong one.
    """
    names = names_on(today())
    units = [unit for unit, _km in nearest(lat, lon, MOST_NEAR)]
    return [choice_of(unit, names) for unit in units if names[unit].present]


def choice_of(unit: UnitId, names: dict[UnitId, Name], former: str = "") -> PlaceChoice:
    """The choice of a unit, by the names of a day."""
    name = names[unit]
    under = names[name.parent_id].name if name.parent_id else ""
    return PlaceChoice(unit, name.name, under, name.code, "" if former == name.name else former)


def value_of_unit(unit: UnitId, day: date) -> str:
    """The value of the choice of a unit, by its names on the day: what a form begins with."""
    return choice_of(unit, names_on(day)).value


def typed_of_unit(unit: UnitId, day: date) -> str:
    """What a form begins with where a person would type the unit's name: the name, or the value of
    its choice where another unit of the day has the same name.
    """
    name = names_on(day)[unit]
    return value_of_unit(unit, day) if name.name in _shared_names(day) else name.name


def _shared_names(day: date) -> frozenset[str]:
    """The names that several units of the day have."""
    key = ("shared names", map_version(), atlas().era(day))
    return cached(key, lambda: _names_of_several(day))


def _names_of_several(day: date) -> frozenset[str]:
    counts = Counter(name.name for name in names_on(day).values() if name.present)
    return frozenset(name for name, number in counts.items() if number > 1)


def successors_on(chart: Boundaries, unit: UnitId) -> list[UnitId]:
    """The units of the map that an ended unit became, wholly or partly; none where there are more
    than MOST_SUCCESSORS. A district was dissolved into its province, and whoever names it means a
    place in it: those that its communes became, at most MOST.
    """
    if chart.level_of(unit) == "district":
        return _within_district(chart, unit)
    units = _became(chart, unit)
    return units if len(units) <= MOST_SUCCESSORS else []


def _within_district(chart: Boundaries, district: UnitId) -> list[UnitId]:
    until = atlas().spans[district][1]
    if until is None:
        return []
    communes = boundaries(until - timedelta(days=1)).children(district)
    units = dict.fromkeys(
        after for one in communes for after in ([one] if one in chart else _became(chart, one))
    )
    return list(units)[:MOST]


def _became(chart: Boundaries, unit: UnitId) -> list[UnitId]:
    return [after for after, share in chart.place(unit).items() if share != 0 and after in chart]


def unit_of_value(text: object, day: date) -> UnitId | None:
    """The unit that the value of a choice names; None for any other text. Codes are reused, so the
    name decides among the units that had the code; of those the one of the day, else the latest.
    """
    match = _VALUE.fullmatch(clean(text))
    if match is None:
        return None
    key = identity_key(match["name"])
    rows = Standing.objects.filter(code=match["code"]).order_by("-since", "-pk")
    units = [
        (not (since <= day and (until is None or day < until)), place, unit)
        for place, (unit, name, since, until) in enumerate(
            rows.values_list("unit_id", "name", "since", "until")
        )
        if identity_key(name) == key
    ]
    return min(units)[2] if units else None
