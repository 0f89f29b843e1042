"""The acts on petitions and in the reception of citizens."""

from danchu.casework.actions.answers import drop_answer_text, keep_answer_text
from danchu.casework.actions.bookings import (
    book_place,
    cancel_booking,
    change_booking,
    forget_bookings,
    note_absence,
    note_arrival,
    receive_visitor,
)
from danchu.casework.actions.calls import import_calls
from danchu.casework.actions.citizen import citizen_step, complain_again
from danchu.casework.actions.claims import claim_petition, release_petition
from danchu.casework.actions.intake import add_signers, register_petition
from danchu.casework.actions.reception import (
    change_reception_day,
    close_reception_day,
    plan_reception_day,
)
from danchu.casework.actions.refusals import issue_refusal, refuse_reception
from danchu.casework.actions.sorting import (
    seal_earlier_files,
    split_petition,
    turn_into_denunciation,
)
from danchu.casework.actions.steps import show_petition, take_in_feedback, take_step
from danchu.casework.actions.transfer import hand_over_petition, succeed_petitions
from danchu.casework.actions.visits import answer_visit, record_visit, seal_visit

__all__ = [
    "add_signers",
    "answer_visit",
    "book_place",
    "cancel_booking",
    "change_booking",
    "change_reception_day",
    "citizen_step",
    "claim_petition",
    "close_reception_day",
    "complain_again",
    "drop_answer_text",
    "forget_bookings",
    "keep_answer_text",
    "hand_over_petition",
    "import_calls",
    "issue_refusal",
    "note_absence",
    "note_arrival",
    "plan_reception_day",
    "receive_visitor",
    "record_visit",
    "refuse_reception",
    "register_petition",
    "release_petition",
    "seal_visit",
    "show_petition",
    "seal_earlier_files",
    "split_petition",
    "succeed_petitions",
    "take_in_feedback",
    "take_step",
    "turn_into_denunciation",
]
