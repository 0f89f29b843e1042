"""The unit that a request names: by id, by name or by coordinates."""

from math import nan

from django.utils.translation import gettext as _

from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.units.find import unit_from
from danchu.units.models import Unit
from danchu.units.named import unit_typed
from danchu.units.places import nearest

FAR_KM = 30


def place_of(fields):
    """The Unit of `address_id`, of `address_string`, or nearest to `lat` and `long`, in this order.
    Raises Refused if none of them is sent or none leads to a unit.
    """
    if fields.get("address_id"):
        return unit_from(fields["address_id"])
    if fields.get("address_string"):
        return unit_typed(fields["address_string"].strip(), today(), "address_string")
    if not (fields.get("lat") or fields.get("long")):
        raise Refused(_("Hãy gửi lat và long, address_string hoặc address_id."), "address_string")
    with all_refusals() as rule:
        with rule():
            lat = _degrees(fields, "lat", 90)
        with rule():
            lon = _degrees(fields, "long", 180)
    return _nearest(lat, lon)


def _degrees(fields, name, most):
    """A coordinate; Refused where it is no number of degrees from -`most` to `most`."""
    try:
        degrees = float(fields.get(name, ""))
    except ValueError:
        degrees = nan
    if not -most <= degrees <= most:
        raise Refused(
            _("%(name)s phải là số độ từ -%(most)s đến %(most)s.") % {"name": name, "most": most},
            name,
        )
    return degrees


def _nearest(lat, lon):
    """The commune whose point is nearest, at most FAR_KM away: the map has points, not borders."""
    rows = nearest(lat, lon, 1)
    if not rows or rows[0][1] > FAR_KM:
        raise Refused(
            _(
                "Tọa độ này không ở gần xã, phường nào. Hãy kiểm tra lat và long, hoặc gửi "
                "tên xã, phường."
            ),
            "lat",
        )
    return Unit.objects.get(pk=rows[0][0])
