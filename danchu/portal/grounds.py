"""Points at which a unit is drawn on a map. The sources have points for communes of the present
only, so a unit of the past is drawn at the communes that its communes became.
"""

from collections import defaultdict
from datetime import timedelta
from functools import lru_cache
from hashlib import sha256

from django.urls import reverse

from danchu.kernel.days import today
from danchu.look.map import country_picture as picture_of
from danchu.units.maps import boundaries, map_version
from danchu.units.places import points

# East of this meridian there are only the two archipelagos; the middle of a province is computed
# from its mainland.
OPEN_SEA = 110.2


class Ground(tuple):
    """((lat, lon), …), thousands of them: hashed once, since maps are cached by them."""

    def __hash__(self):
        if not hasattr(self, "_hash"):
            self._hash = super().__hash__()
        return self._hash


def country():
    """The Ground of every commune."""
    return _country(map_version())


@lru_cache(maxsize=2)
def _country(version):
    return Ground((point.lat, point.lon) for point in points().values())


def country_picture():
    """(SVG file, its digest) of the whole country, which maps draw by reference."""
    return _picture(country())


@lru_cache(maxsize=2)
def _picture(places):
    text = picture_of(places)
    return text, sha256(text.encode()).hexdigest()[:16]


def picture_address():
    """The address of that file, another one whenever it changes."""
    return reverse("ground", args=[country_picture()[1]])


def ground_of(unit):
    """((lat, lon), …) of the communes of today that are in the unit or succeeded it."""
    return _ground(map_version(), unit.pk, unit.until)


def middles(day):
    """{unit id: (lat, lon)} of the units on the map of the day: the mean of the points of their
    communes. Units without points are missing.
    """
    return _middles(map_version(), boundaries(day).day)


@lru_cache(maxsize=16)
def _middles(version, day):
    chart = boundaries(day)
    here = boundaries(today())
    point_of = points()
    points_of_unit = defaultdict(list)
    for commune in chart.units_at("commune"):
        for spot in [commune] if commune in point_of else here.place(commune, "commune"):
            if spot in point_of:
                for unit in (commune, *chart.ancestors(commune)):
                    points_of_unit[unit].append((point_of[spot].lat, point_of[spot].lon))
    return {unit: _middle(pairs) for unit, pairs in points_of_unit.items()}


def _middle(pairs):
    land = [point for point in pairs if point[1] < OPEN_SEA] or pairs
    return sum(point[0] for point in land) / len(land), sum(point[1] for point in land) / len(land)


@lru_cache(maxsize=512)
def _ground(version, pk, until):
    here = boundaries(today())
    if until is None:
        units = here.subtree(pk)
    else:
        last = boundaries(until - timedelta(days=1))
        units = {new for old in last.subtree(pk) for new in here.place(old, "commune")}
    point_of = points()
    return Ground((point_of[i].lat, point_of[i].lon) for i in units if i in point_of)
