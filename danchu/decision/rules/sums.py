"""The sums of works must agree with one another."""

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused


def check_total(value: int, money: int, budget: int, other: int) -> None:
    """Refused, on `value`, where the parts in đồng are more than the total."""
    if money + budget + other > value:
        raise Refused(_("Tổng giá trị nhỏ hơn các phần tiền cộng lại."), "value")
