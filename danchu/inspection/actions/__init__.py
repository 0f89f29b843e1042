"""The acts of and on inspection boards."""

from danchu.inspection.actions.answers import (
    answer_recommendation,
    dispute_remedy,
    report_remedy,
    settle_recommendation,
)
from danchu.inspection.actions.boards import (
    declare_interest,
    elect_member,
    leave_board,
)
from danchu.inspection.actions.findings import record_finding, resolve_finding, withdraw_finding
from danchu.inspection.actions.following import follow_round, leave_round
from danchu.inspection.actions.photos import drop_photo, receive_photo
from danchu.inspection.actions.plans import cancel_plan, notify_round, plan_round
from danchu.inspection.actions.projects import (
    announce_supervision,
    disclose_project,
    finish_project,
    found_board,
    register_project,
)
from danchu.inspection.actions.recommendations import (
    ANSWER_RULES,
    confirm_recommendation,
    draft_recommendation,
    edit_recommendation,
    return_recommendation,
    send_recommendation,
    withdraw_recommendation,
)
from danchu.inspection.actions.reports import open_report, owe_reports, send_report
from danchu.inspection.actions.rounds import (
    confirm_round,
    discard_round,
    edit_round,
    write_round,
)
from danchu.inspection.actions.terms import change_days, open_term, recognise_term
from danchu.inspection.actions.verifications import (
    ask_verification,
    decline_verification,
    tell_result,
    withdraw_verification,
)

__all__ = [
    "ANSWER_RULES",
    "announce_supervision",
    "answer_recommendation",
    "ask_verification",
    "cancel_plan",
    "change_days",
    "confirm_recommendation",
    "confirm_round",
    "declare_interest",
    "decline_verification",
    "discard_round",
    "disclose_project",
    "dispute_remedy",
    "draft_recommendation",
    "drop_photo",
    "edit_recommendation",
    "edit_round",
    "elect_member",
    "finish_project",
    "follow_round",
    "found_board",
    "leave_board",
    "leave_round",
    "notify_round",
    "open_report",
    "open_term",
    "owe_reports",
    "plan_round",
    "receive_photo",
    "recognise_term",
    "record_finding",
    "register_project",
    "report_remedy",
    "resolve_finding",
    "return_recommendation",
    "send_recommendation",
    "send_report",
    "settle_recommendation",
    "withdraw_finding",
    "tell_result",
    "withdraw_recommendation",
    "withdraw_verification",
    "write_round",
]
