"""Time bars of complaints: about a decision, and a second time when the answer to the first is
unsatisfactory or missing (Law 02/2011/QH13 articles 9 and 33).
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

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
    """A time bar: its last day `due_on` (None where the day it counts from is not known yet), and
    why it is that day.
    """

    due_on: date | None
    why: str


def time_bar(petition):
    """The Bar of a complaint, counted from the day its sender knew of the decision; None for other
    natures, and where that day is not known.
    """
    if petition.nature != Nature.COMPLAINT:
        return None
    if petition.stage == Stage.FIRST:
        return bar_of_first(petition.known_on)
    if petition.follows_id:
        return bar_of_second(petition.follows, petition.known_on)
    if petition.stage == Stage.SECOND:
        return _bar(_rule_of_second(petition), petition.known_on)
    return None


def bar_of_first(known_on):
    """The Bar of a first complaint about what its sender knew of on that day."""
    return _bar("complaint.time_bar", known_on)


def bar_of_second(first, received_on=None):
    """The Bar of a second complaint (article 33.1): counted from the day on which the decision on
    the first was received, or from the due day by which there was none.

    `received_on` is that day as its receiver states it. Without it, or where it lies before the day
    of sending, the bar counts from the day of sending, which no receipt can precede.
    """
    sent_on = decision_sent_on(first)
    if sent_on is not None:
        since = max(sent_on, received_on or sent_on)
    else:
        since = (
            Obligation.objects.filter(
                subject_kind=SUBJECT,
                subject=str(first.pk),
                rule__key__startswith="complaint.resolve",
            )
            .order_by("-due_on")
            .values_list("due_on", flat=True)
            .first()
        )
    return _bar(_rule_of_second(first), since)


def decision_sent_on(first):
    """The day on which the decision on the complaint was sent, or made where it was not sent yet;
    None where there is no decision.
    """
    return (
        Step.objects.filter(petition=first, act="send").values_list("on", flat=True).first()
        or first.resolved_on
    )


def may_complain_again(first: Petition, on, received_on=None):
    """The Bar within which the sender may complain a second time on the day; None where they may
    not, not yet or no longer.

    A decision that was sent longer ago may have been received later: as long as its receiver has
    not stated that day (`received_on`), the Bar has no last day.
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
    bar = bar_of_second(first, received_on)
    if bar is None or on <= bar.due_on:
        return bar
    if received_on is None and decision_sent_on(first) is not None:
        unknown = _(
            "Thời hiệu tính từ ngày nhận được quyết định, không phải ngày gửi. Nếu nhận đúng "
            "ngày gửi: %s Nhận muộn hơn thì ghi ngày nhận."
        )
        return Bar(None, unknown % bar.why)
    return None


def _rule_of_second(petition):
    return "complaint.second.remote" if petition.is_remote else "complaint.second"


def _bar(key, event):
    """The Bar by the rule, counted from the day `event`; None where no rule is in force then."""
    law = book()
    if event is None or not law.is_in_force(key, event):
        return None
    deadline = law.due(key, event)
    return Bar(deadline.day, explain_due(deadline, law.calendar))
