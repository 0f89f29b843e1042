"""Recoveries: money, and what was taken off a settlement, in đồng; land in m²."""

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused

MOST = {"money": 10**15, "reduced": 10**15, "land": 10**9}


def check_recovered(**numbers):
    """{name: number} as given; Refused by field unless each is a whole number from 0 to MOST."""
    for name, number in numbers.items():
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= MOST[name]:
            raise Refused(_("Số thu hồi phải là số nguyên từ 0 trở lên."), name)
    return numbers
