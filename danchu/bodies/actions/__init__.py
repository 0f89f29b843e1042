"""The acts on members of bodies, on bodies with what belongs to them, and on many bodies."""

from danchu.bodies.actions.ending import end_body, merge_body
from danchu.bodies.actions.members import change_role, join_body, leave_body
from danchu.bodies.actions.opening import import_bodies, import_villages, open_usual_bodies

__all__ = [
    "change_role",
    "end_body",
    "import_bodies",
    "import_villages",
    "join_body",
    "leave_body",
    "merge_body",
    "open_usual_bodies",
]
