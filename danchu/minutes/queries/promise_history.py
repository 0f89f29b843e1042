"""The history of a commitment for its page: its steps with papers, its due days, the passage of
minutes it was made in.
"""

from dataclasses import dataclass
from datetime import date

from danchu.law.book import calendar_at
from danchu.law.deadline import due
from danchu.law.why import explain_due
from danchu.minutes.models import Minutes, MinutesState, Passage
from danchu.minutes.queries.lists import days_over
from danchu.minutes.words import STEP_WORDS


@dataclass(frozen=True)
class Step:
    """One step of the history; `papers` are those this reader may open."""

    on: date
    word: str
    state: str
    text: str
    is_citizen: bool
    papers: tuple


def life_of(commitment, every_paper=False):
    """The context of a commitment's page: owner, asker, steps, terms, over (days overdue),
    why (the reckoning of the due day), passage. Papers that are not public only with `every_paper`.
    """
    papers = {}
    for paper in commitment.papers.select_related("paper"):
        if every_paper or paper.is_public:
            papers.setdefault(paper.step_id, []).append(paper)
    steps = [
        Step(
            step.on,
            STEP_WORDS.get(step.act, step.act),
            step.get_state_display(),
            step.text,
            step.is_citizen,
            tuple(papers.get(step.pk, ())),
        )
        for step in commitment.steps.all()
    ]
    return {
        "owner": commitment.owner.name_on(commitment.made_on) if commitment.owner_id else "",
        "asker": commitment.asker.name_on(commitment.made_on) if commitment.asker_id else "",
        "steps": steps,
        "terms": list(commitment.terms.all()),
        "over": days_over(commitment),
        "why": _reason_of_day(commitment),
        "passage": passage_of(commitment),
    }


def passage_of(commitment):
    """The passage it was made in, of the latest approved version of the minutes; None where it was
    not made in minutes.
    """
    if commitment.mark is None:
        return None
    rows = (
        Passage.objects.filter(mark=commitment.mark)
        .exclude(minutes__state=MinutesState.DRAFTED)
        .select_related("minutes")
    )
    return rows.order_by("-minutes__version").first()


def may_read_minutes(passage, actor):
    """Whether the actor may read the minutes of a passage."""
    return (
        passage is not None
        and Minutes.objects.visible_to(actor).filter(pk=passage.minutes_id).exists()
    )


def _reason_of_day(commitment):
    obligation = commitment.obligation
    calendar = calendar_at(obligation.calendar)
    return explain_due(due(obligation.rule.rule, obligation.event_on, calendar), calendar)
