"""Points to draw a unit at. Our sources have points for communes of the present only, so a unit of
the past is drawn at the communes its own became.
"""

from collections import defaultdict
from datetime import timedelta
from functools import lru_cache

from danchu.kernel.days import today
from danchu.units.maps import boundaries, map_version
from danchu.units.places import points

OPEN_SEA = 110.2  # east of it lie only the two archipelagos: a province's middle is on its mainland


def country():
    """(lat, lon) of every commune."""
    return tuple((point.lat, point.lon) for point in points().values())


def ground_of(unit):
    """(lat, lon) of the communes of today that lie in the unit or came out of it."""
    return _ground(map_version(), unit.pk, unit.until)


def middles(day):
    """{unit id: (lat, lon)} of every unit of the day's map that can be drawn: the middle of its
    communes.
    """
    return _middles(map_version(), boundaries(day).day)


@lru_cache(maxsize=16)
def _middles(version, day):
    chart = boundaries(day)
    here = boundaries(today())
    known = points()
    heaps = defaultdict(list)
    for commune in chart.units_at("commune"):
        for spot in [commune] if commune in known else here.place(commune, "commune"):
            if spot in known:
                for unit in (commune, *chart.ancestors(commune)):
                    heaps[unit].append((known[spot].lat, known[spot].lon))
    return {unit: _middle(heap) for unit, heap in heaps.items()}


def _middle(heap):
    land = [point for point in heap if point[1] < OPEN_SEA] or heap
    return sum(point[0] for point in land) / len(land), sum(point[1] for point in land) / len(land)


@lru_cache(maxsize=512)
def _ground(version, pk, until):
    here = boundaries(today())
    if until is None:
        found = here.subtree(pk)
    else:
        last = boundaries(until - timedelta(days=1))
        found = {new for old in last.subtree(pk) for new in here.place(old, "commune")}
    known = points()
    return tuple((known[i].lat, known[i].lon) for i in found if i in known)
