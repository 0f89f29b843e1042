"""What came back through a board: money and what was taken off a settlement in đồng, land in m²."""

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused

MOST = {"money": 10**15, "reduced": 10**15, "land": 10**9}


def check_recovered(**numbers):
    """The numbers by name; Refused by field when one is no whole number from nought."""
    for name, number in numbers.items():
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST[name]:
            raise Refused(_("Số thu hồi phải là số nguyên từ 0 trở lên."), name)
    return numbers
