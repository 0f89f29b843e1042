"""The unit that a request names: by id, by name or by coordinates."""

from math import cos, hypot, radians

from django.utils.translation import gettext as _

from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.units.find import unit_from
from danchu.units.models import Unit
from danchu.units.named import unit_typed
from danchu.units.places import points

FAR_KM = 30
KM_A_DEGREE = 111


def place_of(fields):
    """The Unit of `address_id`, of `address_string`, or nearest to `lat` and `long`, in this order.
    Raises Refused if none of them is sent or none leads to a unit.
    """
    if fields.get("address_id"):
        return unit_from(fields["address_id"])
    if fields.get("address_string"):
        return unit_typed(fields["address_string"].strip(), today(), "address_string")
    try:
        lat = float(fields["lat"])
        lon = float(fields["long"])
    except (KeyError, ValueError):
        raise Refused(_("Hãy gửi lat và long, address_string hoặc address_id."), "lat") from None
    return _nearest(lat, lon)


def _nearest(lat, lon):
    """The commune whose point is nearest, at most FAR_KM away: the map has points, not borders."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Refused(_("Tọa độ không đúng."), "lat")
    parallel = cos(radians(lat))  # length of a degree of longitude, in degrees of latitude

    def degrees(point):
        return hypot(float(point.lat) - lat, (float(point.lon) - lon) * parallel)

    nearest = min(points().values(), key=degrees, default=None)
    if nearest is None or degrees(nearest) * KM_A_DEGREE > FAR_KM:
        raise Refused(_("Tọa độ này không ở gần xã, phường nào."), "lat")
    return Unit.objects.get(pk=nearest.unit)
