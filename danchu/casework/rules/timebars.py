"""Until when one may complain: of a decision, and again when the first answer does not satisfy
or does not come.
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
    """The last day (`due_on`) and why it is that one."""

    due_on: date
    why: str


def time_bar(petition):
    """The Bar of a complaint, seen from what it complains of; None where nothing says when that
    was known.
    """
    if petition.nature != Nature.COMPLAINT:
        return None
    if petition.stage == Stage.FIRST:
        return _bar("complaint.time_bar", petition.known_on)
    return bar_of_second(petition.follows) if petition.follows_id else None


def bar_of_second(first):
    """Until when one may complain again of a first complaint: from its decision, or from the day by
    which there was none.

    The day a decision was received is not known here: it counts from the day it was sent.
    """
    sent = (
        Step.objects.filter(petition=first, act="send").values_list("on", flat=True).first()
        or first.resolved_on
    )
    since = (
        sent
        or Obligation.objects.filter(
            subject_kind=SUBJECT, subject=str(first.pk), rule__key__startswith="complaint.resolve"
        )
        .order_by("-due_on")
        .values_list("due_on", flat=True)
        .first()
    )
    return _bar("complaint.second.remote" if first.is_remote else "complaint.second", since)


def may_complain_again(first: Petition, on):
    """The Bar within which the sender may complain a second time on the day; None where he may
    not (yet, or any more).
    """
    if first.nature != Nature.COMPLAINT or first.stage != Stage.FIRST or first.followed_by.exists():
        return None
    resolving = Obligation.objects.open().filter(
        subject_kind=SUBJECT,
        subject=str(first.pk),
        rule__key__startswith="complaint.resolve",
        due_on__lt=on,
    )
    if first.state not in DECIDED and not resolving.exists():
        return None
    bar = bar_of_second(first)
    return bar if bar is not None and on <= bar.due_on else None


def _bar(key, event):
    law = book()
    if event is None or not any(rule.in_force(event) for rule in law.versions(key)):
        return None
    found = law.due(key, event)
    return Bar(found.day, explain_due(found, law.calendar))
