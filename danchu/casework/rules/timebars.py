"""Time bars of complaints: about a decision, and a second time when the answer to the first is
unsatisfactory or missing (Law 02/2011/QH13 articles 9 and 33).
"""

from dataclasses import dataclass
from datetime import date

from danchu.casework.models import Petition, Step
from danchu.casework.moves import State
from danchu.casework.natures import Nature, Stage
from danchu.casework.querysets import SUBJECT
from danchu.law.book import book
from danchu.law.why import explain_due
from danchu.obligations.models import Obligation

DECIDED = (State.SENT, State.PUBLISHED, State.CLOSED)


@dataclass(frozen=True)
class Bar:
    """A time bar: its last day `due_on`, and why it is that day."""

    due_on: date
    why: str


def time_bar(petition):
    """The Bar of a complaint, counted from the day its sender knew of the decision; None for other
    natures, and where that day is not known.
    """
    if petition.nature != Nature.COMPLAINT:
        return None
    if petition.stage == Stage.FIRST:
        return _bar("complaint.time_bar", petition.known_on)
    return bar_of_second(petition.follows) if petition.follows_id else None


def bar_of_second(first):
    """The Bar of a second complaint: counted from the day the decision on the first was sent, or
    from the due day by which there was none. When it was received is not recorded.
    """
    sent_on = (
        Step.objects.filter(petition=first, act="send").values_list("on", flat=True).first()
        or first.resolved_on
    )
    since = (
        sent_on
        or Obligation.objects.filter(
            subject_kind=SUBJECT, subject=str(first.pk), rule__key__startswith="complaint.resolve"
        )
        .order_by("-due_on")
        .values_list("due_on", flat=True)
        .first()
    )
    return _bar("complaint.second.remote" if first.is_remote else "complaint.second", since)


def may_complain_again(first: Petition, on):
    """The Bar within which the sender may complain a second time on the day; None where they may
    not, not yet or no longer.
    """
    if first.nature != Nature.COMPLAINT or first.stage != Stage.FIRST or first.followed_by.exists():
        return None
    overdue_clocks = Obligation.objects.open().filter(
        subject_kind=SUBJECT,
        subject=str(first.pk),
        rule__key__startswith="complaint.resolve",
        due_on__lt=on,
    )
    if first.state not in DECIDED and not overdue_clocks.exists():
        return None
    bar = bar_of_second(first)
    return bar if bar is not None and on <= bar.due_on else None


def _bar(key, event):
    """The Bar by the rule, counted from the day `event`; None where no rule is in force then."""
    law = book()
    if event is None or not any(rule.in_force(event) for rule in law.versions(key)):
        return None
    deadline = law.due(key, event)
    return Bar(deadline.day, explain_due(deadline, law.calendar))
