"""What works cost and what was given for them: the same sums of works that households decided and
of those that they did not.
"""

from django.utils.translation import gettext_lazy as _

from danchu.subjects.fields import CountField
from danchu.subjects.forms import RefusingForm
from danchu.subjects.listing import Column

AMOUNTS = {
    "value": _("Tổng giá trị (đồng)"),
    "money": _("Nhân dân đóng góp bằng tiền (đồng)"),
    "labour_days": _("Nhân dân đóng góp ngày công"),
    "land": _("Nhân dân hiến đất (m²)"),
    "budget": _("Ngân sách nhà nước (đồng)"),
    "other": _("Nguồn khác (đồng)"),
}
AMOUNT_COLUMNS = tuple(
    Column(name, label, on_page=False, is_number=True) for name, label in AMOUNTS.items()
)


class AmountFields(RefusingForm):
    """One field for each sum."""

    value = CountField(label=AMOUNTS["value"])
    money = CountField(label=AMOUNTS["money"])
    labour_days = CountField(label=AMOUNTS["labour_days"])
    land = CountField(label=AMOUNTS["land"])
    budget = CountField(label=AMOUNTS["budget"])
    other = CountField(label=AMOUNTS["other"])
