"""The life of a question as a table: which act starts from which states, by whom, and in which
state of the conference.
"""

from django.utils.translation import gettext as _

from danchu.conference.rules import NO_RIGHT, may_moderate, refusal_in_state
from danchu.conference.words import QuestionState, State
from danchu.subjects.life import Life, Move, Rule

SUBMITTED, SHOWN, REFUSED, GROUPED, ANSWERED, OWED = QuestionState


def _hall_is_not_open(question):
    """Questions are screened while the conference is open."""
    conference = question.conference
    return "" if conference.state == State.OPEN else refusal_in_state(conference)


def _hall_was_not_open(question):
    """Questions are still answered and owed after the hall has closed."""
    conference = question.conference
    return "" if conference.state in (State.OPEN, State.CLOSED) else refusal_in_state(conference)


def _moved_on(question):
    state = question.get_state_display() if question else "–"
    return (
        _("Câu hỏi đang ở trạng thái “%s”: một thiết bị khác có thể vừa xử lý. Hãy xem lại.")
        % state
    )


_MODERATES = Rule(lambda by, question: may_moderate(by, question.conference))
QUESTION_LIFE = Life(
    Move("show", (SUBMITTED, REFUSED, GROUPED), SHOWN, _MODERATES, blocked=_hall_is_not_open),
    Move("refuse", (SUBMITTED, SHOWN, GROUPED), REFUSED, _MODERATES, blocked=_hall_is_not_open),
    Move("group", (SUBMITTED, SHOWN, REFUSED), GROUPED, _MODERATES, blocked=_hall_is_not_open),
    Move("answer", (SHOWN, OWED), ANSWERED, _MODERATES, blocked=_hall_was_not_open),
    Move("owe", (SHOWN,), OWED, _MODERATES, blocked=_hall_was_not_open),
    no_right=NO_RIGHT,
    moved_on=_moved_on,
)
