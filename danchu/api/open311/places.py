"""The place a program names: by the number or words of a unit, or by a point."""

from math import cos, radians

from django.utils.translation import gettext as _

from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.units.find import find_units, unit_from
from danchu.units.models import Unit
from danchu.units.places import points

FAR_KM = 30


def place_of(given):
    """The unit of `address_id`, of `address_string` or nearest to `lat`, `long`; Refused when
    none is given or found.
    """
    if given.get("address_id"):
        return unit_from(given["address_id"])
    if given.get("address_string"):
        found = find_units(given["address_string"], day=today(), limit=1) or find_units(
            given["address_string"], limit=1
        )
        if not found:
            raise Refused(
                _("Không tìm thấy nơi này. Hãy ghi tên phường, xã, tỉnh trong address_string."),
                "address_string",
            )
        return Unit.objects.get(pk=found[0].id)
    try:
        lat = float(given["lat"])
        lon = float(given["long"])
    except (KeyError, ValueError):
        raise Refused(_("Hãy gửi lat và long, address_string hoặc address_id."), "lat") from None
    return _nearest(lat, lon)


def _nearest(lat, lon):
    """The commune whose point is nearest; our maps have points, not borders."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Refused(_("Tọa độ không đúng."), "lat")
    shrink = cos(radians(lat))
    near = min(
        points().values(),
        key=lambda p: (float(p.lat) - lat) ** 2 + ((float(p.lon) - lon) * shrink) ** 2,
        default=None,
    )
    if (
        near is None
        or ((float(near.lat) - lat) ** 2 + ((float(near.lon) - lon) * shrink) ** 2) ** 0.5 * 111
        > FAR_KM
    ):
        raise Refused(_("Tọa độ này không ở gần xã, phường nào."), "lat")
    return Unit.objects.get(pk=near.unit)
