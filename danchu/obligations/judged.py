"""An obligation's due day as the engine says it: for judging, for the reason, for checking years later."""

from danchu.law.deadline import Due


def judged(obligation):
    """The Due the obligation was written with; its rule and the rule's text must be selected."""
    return Due(obligation.due_on, obligation.rule.rule, obligation.event_on, obligation.calendar, complete=True)
