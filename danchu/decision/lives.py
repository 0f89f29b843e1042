"""The lives of the records of this room as tables: which act may follow which state, by whose
right.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import today
from danchu.subjects.life import STAYS, Life, Move, Right

# The kinds of record that rights name. The roll has names and addresses of citizens: nobody holds a
# right over it by "*".
ROLL = "household_roll"


class HouseholdState(models.TextChoices):
    COUNTED = "counted", _("Đang tính")
    ENDED = "ended", _("Đã thôi tính")


def household_state(household):
    """Whether the household counts today or later."""
    is_counted = household.until is None or household.until > today()
    return HouseholdState.COUNTED if is_counted else HouseholdState.ENDED


_COUNTED = (HouseholdState.COUNTED,)
HOUSEHOLD_LIFE = Life(
    Move("correct", _COUNTED, STAYS, Right("draft", ROLL)),
    Move("move", _COUNTED, STAYS, Right("draft", ROLL)),
    Move("leave", _COUNTED, STAYS, Right("draft", ROLL)),
    state=household_state,
    no_right=_("Ông/bà không có quyền ghi danh sách hộ gia đình của thôn, tổ dân phố này."),
    moved_on=_("Hộ này đã thôi tính trong danh sách. Hãy tải lại trang để xem."),
)
