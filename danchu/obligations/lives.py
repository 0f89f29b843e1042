"""The life of an obligation as a table: open until it is done, in time or late, or excused."""

from django.utils.translation import gettext_lazy as _

from danchu.law.deadline import is_late
from danchu.obligations.models import State
from danchu.subjects.life import Life, Move, Right


def _met_or_late(obligation):
    """MET or LATE for what was done on `done_on`, by its version of the rule."""
    late = is_late(obligation.rule.sense, obligation.due_on, obligation.done_on)
    return State.LATE if late else State.MET


OBLIGATION_LIFE = Life(
    Move(
        "meet",
        (State.OPEN,),
        _met_or_late,
        Right("draft", "obligation"),
        no_right=_("Ông/bà không có quyền ghi việc phải làm của đơn vị này."),
    ),
    Move(
        "excuse",
        (State.OPEN,),
        State.EXCUSED,
        Right("confirm", "obligation"),
        no_right=_("Ông/bà không có quyền miễn việc phải làm này."),
    ),
    moved_on=_("Việc này đã khép lại, không sửa được nữa."),
)
