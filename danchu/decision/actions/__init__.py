"""Everything that can be done with the records of this room."""

from danchu.decision.actions.ballots import count_ballots, issue_ballots, plan_ballot
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
from danchu.decision.actions.proposals import propose_decision, withdraw_decision
from danchu.decision.actions.roll import (
    correct_household,
    enter_household,
    import_households,
    leave_roll,
    move_household,
)

__all__ = [
    "announce_meeting",
    "annul_decision",
    "attend_meeting",
    "carry_out",
    "choose_procedure",
    "close_short_meeting",
    "correct_household",
    "count_ballots",
    "enter_household",
    "import_households",
    "issue_ballots",
    "leave_roll",
    "move_household",
    "note_works",
    "open_meeting",
    "plan_ballot",
    "post_result",
    "propose_decision",
    "recognise_decision",
    "refuse_decision",
    "send_decision",
    "strike_attendance",
    "vote_in_meeting",
    "withdraw_decision",
]
