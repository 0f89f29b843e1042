"""The points units are drawn at. Only communes of the present have one in our sources."""

from typing import NamedTuple

from danchu.kernel.chronicle import UnitId
from danchu.units.maps import kept, map_version
from danchu.units.models import Place


class Point(NamedTuple):
    """Where a unit is drawn, in degrees (WGS 84)."""

    unit: UnitId
    lat: float
    lon: float


def points() -> dict[UnitId, Point]:
    """`{unit id: Point}` in degrees (WGS 84), for every unit that has one. Kept in memory: do
    not change it.
    """
    return kept(("points", map_version()), _points)


def _points() -> dict[UnitId, Point]:
    rows = Place.objects.order_by("unit_id").values_list("unit_id", "lat", "lon")
    return {row[0]: Point._make(row) for row in rows}
