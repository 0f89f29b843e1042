"""The points at which units are drawn. Our sources have one only for present communes."""

import heapq
from math import cos, hypot, radians
from typing import NamedTuple

from danchu.kernel.chronicle import UnitId
from danchu.units.maps import cached, map_version
from danchu.units.models import Place

KM_A_DEGREE = 111


class Point(NamedTuple):
    """The point of a unit, in degrees (WGS 84)."""

    unit: UnitId
    lat: float
    lon: float


def points() -> dict[UnitId, Point]:
    """`{unit id: Point}` in degrees (WGS 84), for every unit that has one. Cached: do not
    modify it.
    """
    return cached(("points", map_version()), _points)


def _points() -> dict[UnitId, Point]:
    rows = Place.objects.order_by("unit_id").values_list("unit_id", "lat", "lon")
    return {row[0]: Point._make(row) for row in rows}


def nearest(lat: float, lon: float, most: int) -> list[tuple[UnitId, float]]:
    """At most `most` units whose points are nearest to a point in degrees (WGS 84), with the
    distance in km on a plane, the nearest first.
    """
    parallel = cos(radians(lat))  # length of a degree of longitude, in degrees of latitude
    distances = (
        (hypot(point.lat - lat, (point.lon - lon) * parallel) * KM_A_DEGREE, point.unit)
        for point in points().values()
    )
    return [(unit, km) for km, unit in heapq.nsmallest(most, distances)]
