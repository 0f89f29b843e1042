"""Everything that can be done with the records of this room."""

from danchu.decision.actions.ballots import (
    count_ballots,
    hand_out_ballots,
    issue_ballots,
    plan_ballot,
    take_back_ballot,
)
from danchu.decision.actions.clusters import (
    approve_clusters,
    attend_cluster,
    choose_in_cluster,
    close_clusters,
    count_cluster,
    plan_clusters,
    refuse_clusters,
)
from danchu.decision.actions.communes import (
    add_villages,
    close_villages,
    open_villages,
    set_day,
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
    announce_again,
    announce_meeting,
    attend_meeting,
    choose_procedure,
    close_short_meeting,
    open_meeting,
    strike_attendance,
    vote_in_meeting,
)
from danchu.decision.actions.online import close_form, close_online, open_online, plan_online
from danchu.decision.actions.proposals import (
    add_consents,
    propose_decision,
    submit_initiative,
    withdraw_decision,
)
from danchu.decision.actions.redoing import (
    ask_again,
    copy_plan,
    redo_decision,
    report_execution,
)
from danchu.decision.actions.roll import (
    correct_household,
    enter_household,
    import_households,
    leave_roll,
    move_household,
)
from danchu.decision.actions.sheets import (
    SHEET_ACTS,
    enter_count_sheet,
    enter_roll_sheet,
    photograph_sheet,
)
from danchu.decision.actions.works import (
    confirm_works,
    edit_works,
    enter_works,
    withdraw_works,
)

__all__ = [
    "SHEET_ACTS",
    "withdraw_works",
    "enter_works",
    "edit_works",
    "confirm_works",
    "add_consents",
    "add_villages",
    "announce_again",
    "announce_meeting",
    "annul_decision",
    "approve_clusters",
    "ask_again",
    "attend_cluster",
    "attend_meeting",
    "carry_out",
    "choose_in_cluster",
    "choose_procedure",
    "close_clusters",
    "close_form",
    "close_online",
    "close_short_meeting",
    "close_villages",
    "copy_plan",
    "correct_household",
    "count_ballots",
    "count_cluster",
    "enter_count_sheet",
    "enter_household",
    "enter_roll_sheet",
    "hand_out_ballots",
    "import_households",
    "issue_ballots",
    "leave_roll",
    "move_household",
    "note_works",
    "open_meeting",
    "open_online",
    "open_villages",
    "photograph_sheet",
    "plan_ballot",
    "plan_clusters",
    "plan_online",
    "post_result",
    "propose_decision",
    "recognise_decision",
    "redo_decision",
    "refuse_clusters",
    "refuse_decision",
    "report_execution",
    "send_decision",
    "set_day",
    "strike_attendance",
    "submit_initiative",
    "take_back_ballot",
    "vote_in_meeting",
    "withdraw_decision",
]
