"""Everything that can be done with a consultation."""

from danchu.consultation.actions.addressees import file_answers, tell_addressees
from danchu.consultation.actions.answers import answer_opinion, answer_opinions
from danchu.consultation.actions.asked import count_asked
from danchu.consultation.actions.course import (
    cancel_consultation,
    close_consultation,
    open_consultation,
)
from danchu.consultation.actions.imports import import_opinions
from danchu.consultation.actions.moderation import moderate_opinions
from danchu.consultation.actions.opinions import (
    admit_opinion,
    enter_opinion,
    hide_opinion,
    restore_opinion,
    send_opinion,
)
from danchu.consultation.actions.plans import plan_consultation, send_plan, write_content
from danchu.consultation.actions.results import (
    explain_decision,
    overrule_opinions,
    publish_summary,
    summarise_consultation,
)
from danchu.consultation.actions.votes import (
    admit_proposition,
    ask_question,
    cast_votes,
    enter_paper_votes,
    hand_out_keys,
    hide_proposition,
    state_something,
)

__all__ = [
    "admit_proposition",
    "ask_question",
    "cast_votes",
    "count_asked",
    "enter_paper_votes",
    "hand_out_keys",
    "hide_proposition",
    "import_opinions",
    "state_something",
    "admit_opinion",
    "answer_opinion",
    "answer_opinions",
    "enter_opinion",
    "hide_opinion",
    "moderate_opinions",
    "restore_opinion",
    "send_opinion",
    "cancel_consultation",
    "close_consultation",
    "explain_decision",
    "overrule_opinions",
    "file_answers",
    "open_consultation",
    "plan_consultation",
    "publish_summary",
    "send_plan",
    "summarise_consultation",
    "tell_addressees",
    "write_content",
]
