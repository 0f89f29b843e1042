"""The life of a question as a table: from which states an act starts, in which states of the
conference, by whom.
"""

from danchu.conference.rules import may_moderate
from danchu.conference.words import QuestionState, State

SUBMITTED, SHOWN, REFUSED, GROUPED, ANSWERED, OWED = QuestionState
# act: states it starts from
MOVES = {
    "show": (SUBMITTED, REFUSED, GROUPED),
    "refuse": (SUBMITTED, SHOWN, GROUPED),
    "group": (SUBMITTED, SHOWN, REFUSED),
    "answer": (SHOWN, OWED),
    "owe": (SHOWN,),
}
# Questions are still answered and owed after the hall has closed, never screened anew.
WHEN = {"answer": (State.OPEN, State.CLOSED), "owe": (State.OPEN, State.CLOSED)}


def acts_of(question, by):
    """The acts that may follow now, by this actor."""
    if not may_moderate(by, question.conference):
        return []
    return [
        act
        for act, sources in MOVES.items()
        if question.state in sources and question.conference.state in WHEN.get(act, (State.OPEN,))
    ]
