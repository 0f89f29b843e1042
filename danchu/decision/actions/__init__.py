"""Everything that can be done with the records of this room."""

from danchu.decision.actions.roll import (
    correct_household,
    enter_household,
    import_households,
    leave_roll,
    move_household,
)

__all__ = [
    "correct_household",
    "enter_household",
    "import_households",
    "leave_roll",
    "move_household",
]
