"""All that can be done with what is disclosed."""

from danchu.disclosure.actions.arising import arise_contents
from danchu.disclosure.actions.catalogue import amend_item
from danchu.disclosure.actions.contents import (
    open_content,
    renew_content,
    specialise_content,
    withdraw_content,
)
from danchu.disclosure.actions.contests import (
    contest_posting,
    dismiss_contest,
    lapse_contests,
    uphold_contest,
)
from danchu.disclosure.actions.council import (
    send_council_report,
    write_council_report,
    write_council_reports,
)
from danchu.disclosure.actions.forgetting import forget_requesters
from danchu.disclosure.actions.places import close_place, open_place
from danchu.disclosure.actions.plans import (
    add_line,
    adopt_plan,
    begin_plan,
    repeat_plan,
    strike_line,
    withdraw_plan,
)
from danchu.disclosure.actions.postings import post_content, take_down
from danchu.disclosure.actions.requests import (
    answer_request,
    ask_information,
    prolong_request,
    refuse_request,
    sort_request,
)
from danchu.disclosure.actions.yearly import arise_by_calendar

__all__ = [
    "add_line",
    "adopt_plan",
    "amend_item",
    "answer_request",
    "arise_by_calendar",
    "arise_contents",
    "ask_information",
    "begin_plan",
    "close_place",
    "contest_posting",
    "dismiss_contest",
    "forget_requesters",
    "lapse_contests",
    "open_content",
    "open_place",
    "post_content",
    "prolong_request",
    "refuse_request",
    "renew_content",
    "repeat_plan",
    "send_council_report",
    "sort_request",
    "specialise_content",
    "strike_line",
    "take_down",
    "uphold_contest",
    "withdraw_content",
    "withdraw_plan",
    "write_council_report",
    "write_council_reports",
]
