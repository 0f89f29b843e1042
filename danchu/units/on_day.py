"""Whether a unit or a body stood on a day, and under which unit: what happened on a day belongs to
the units of that day, so every act that sets or moves the day of something counted asks here.
"""

from datetime import date

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.units.maps import boundaries
from danchu.units.models import Body, Unit


def check_unit_on(unit: Unit, day: date, field: str = "unit") -> None:
    """Refused, on `field`, unless the unit existed on the day."""
    if not _stood(unit, day):
        raise Refused(_("Đơn vị không tồn tại trong ngày này. Hãy chọn đơn vị của ngày đó."), field)


def check_body_on(body: Body, day: date, field: str = "body") -> None:
    """Refused, on `field`, unless the body worked on the day."""
    if not _stood(body, day):
        raise Refused(
            _("Tổ chức này không hoạt động trong ngày %s. Hãy chọn tổ chức của ngày đó.")
            % show_day(day),
            field,
        )


def unit_above(unit: Unit, day: date) -> Unit | None:
    """The unit of which this one is a part on the day; None for the country's own and for one that
    is not on the map of the day.
    """
    above = boundaries(day).parent(unit.pk)
    return None if above is None else Unit.objects.get(pk=above)


def _stood(row: Unit | Body, day: date) -> bool:
    return row.since <= day and (row.until is None or day < row.until)
