"""The acts on units and bodies."""

from danchu.units.actions.bodies import (
    close_body,
    code_body,
    open_bodies,
    open_body,
    rename_body,
    succeed_body,
)
from danchu.units.actions.corrections import correct_loaded_units
from danchu.units.actions.reorganise import reorganise_units
from danchu.units.actions.villages import (
    close_village,
    divide_village,
    merge_villages,
    open_village,
    rename_village,
)

__all__ = [
    "close_body",
    "close_village",
    "code_body",
    "correct_loaded_units",
    "divide_village",
    "merge_villages",
    "open_bodies",
    "open_body",
    "open_village",
    "rename_body",
    "rename_village",
    "reorganise_units",
    "succeed_body",
]
