"""The points at which units are drawn. Our sources have one only for present communes."""

from typing import NamedTuple

from danchu.kernel.chronicle import UnitId
from danchu.units.maps import cached, map_version
from danchu.units.models import Place


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
