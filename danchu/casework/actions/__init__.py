"""Everything that can be done with petitions and in the reception of citizens."""

from danchu.casework.actions.citizen import citizen_step
from danchu.casework.actions.claims import claim_petition, release_petition
from danchu.casework.actions.intake import register_petition
from danchu.casework.actions.reception import close_reception_day, plan_reception_day, record_visit
from danchu.casework.actions.sorting import split_petition, turn_into_denunciation
from danchu.casework.actions.steps import show_petition, take_step
from danchu.casework.actions.transfer import hand_over_petition, succeed_petitions

__all__ = [
    "citizen_step", "claim_petition", "close_reception_day", "hand_over_petition", "plan_reception_day", "record_visit", "register_petition",
    "release_petition", "show_petition", "split_petition", "succeed_petitions", "take_step", "turn_into_denunciation",
]  # fmt: skip
