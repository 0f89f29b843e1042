"""Everything that can be done with the records of this room."""

from danchu.decision.actions.ballots import (
    count_ballots,
    hand_out_ballots,
    issue_ballots,
    plan_ballot,
    take_back_ballot,
)
from danchu.decision.actions.following import (
    annul_decision,
    carry_out,
    note_works,
    post_result,
    recognise_decision,
    refuse_decision,
    send_decision,
)
from danchu.decision.actions.meetings import (
    announce_meeting,
    attend_meeting,
    choose_procedure,
    close_short_meeting,
    open_meeting,
    strike_attendance,
    vote_in_meeting,
)
from danchu.decision.actions.proposals import (
    add_consents,
    propose_decision,
    submit_initiative,
    withdraw_decision,
)
from danchu.decision.actions.roll import (
    correct_household,
    enter_household,
    import_households,
    leave_roll,
    move_household,
)
from danchu.decision.actions.sheets import enter_count_sheet, enter_roll_sheet, photograph_sheet

__all__ = [
    "add_consents",
    "announce_meeting",
    "annul_decision",
    "attend_meeting",
    "carry_out",
    "choose_procedure",
    "close_short_meeting",
    "correct_household",
    "count_ballots",
    "enter_household",
    "hand_out_ballots",
    "enter_roll_sheet",
    "enter_count_sheet",
    "import_households",
    "issue_ballots",
    "leave_roll",
    "move_household",
    "note_works",
    "photograph_sheet",
    "open_meeting",
    "plan_ballot",
    "post_result",
    "propose_decision",
    "recognise_decision",
    "refuse_decision",
    "send_decision",
    "strike_attendance",
    "take_back_ballot",
    "submit_initiative",
    "vote_in_meeting",
    "withdraw_decision",
]
