"""How decisions of communes are written among the decrees of the whole country."""

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.units.names import name_of

LONGEST_DECREE = 60


def decree_of(commune, number, day):
    """How a decision of a commune is written among all decrees: numbers begin anew in each commune
    and year. "" without a number; Refused, on its field, where it has a day only or is too long.
    """
    number = clean(number)
    if not number:
        if day is not None:
            raise Refused(_("Hãy ghi số của văn bản, hoặc bỏ trống cả ngày ban hành."), "decision")
        return ""
    parts = [number, show_day(day) if day else "", name_of(commune, day) if day else ""]
    decree = ", ".join(part for part in parts if part)
    if len(decree) > LONGEST_DECREE:
        raise Refused(_("Số văn bản dài quá. Hãy chỉ ghi số và ký hiệu."), "decision")
    return decree
