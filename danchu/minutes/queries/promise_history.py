"""A promise as its readers are told of it: its life step by step with the proof, the days that
were promised, where it was made.
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
    """One line of its life; `papers` are those this reader may open."""

    on: date
    word: str
    state: str
    text: str
    is_citizen: bool
    papers: tuple


def life_of(found, every_paper=False):
    """What a page of one promise shows; papers that are not public only where `every_paper`."""
    papers = {}
    for paper in found.papers.select_related("paper"):
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
        for step in found.steps.all()
    ]
    return {
        "owner": found.owner.name_on(found.made_on) if found.owner_id else "",
        "asker": found.asker.name_on(found.made_on) if found.asker_id else "",
        "steps": steps,
        "terms": list(found.terms.all()),
        "over": days_over(found),
        "why": _why(found),
        "passage": passage_of(found),
    }


def passage_of(found):
    """The passage of the minutes in force that it was made in, with its minutes; None where it
    was made elsewhere.
    """
    if found.mark is None:
        return None
    rows = (
        Passage.objects.filter(mark=found.mark)
        .exclude(minutes__state=MinutesState.DRAFTED)
        .select_related("minutes")
    )
    return rows.order_by("-minutes__version").first()


def shown_minutes(passage, actor):
    """Whether the actor may read the minutes of a passage."""
    return (
        passage is not None
        and Minutes.objects.visible_to(actor).filter(pk=passage.minutes_id).exists()
    )


def _why(found):
    owed = found.obligation
    calendar = calendar_at(owed.calendar)
    return explain_due(due(owed.rule.rule, owed.event_on, calendar), calendar)
