"""What pages show of the records of this room beside their own fields."""

from dataclasses import dataclass
from typing import Any

from danchu.decision.models import HouseholdDecision
from danchu.decision.votes_shown import votes_of
from danchu.law.book import book
from danchu.law.thresholds import explain_judgement
from danchu.village.rules.counting import candidates_chosen
from danchu.village.rules.days import last_day
from danchu.village.rules.steps import STEPS
from danchu.village.writes.conventions import attendance_of


@dataclass(frozen=True)
class ShownDay:
    """One day before an election: what is due `by` it under which `rule`, when it was `done`."""

    rule: Any
    by: Any
    done: Any

    @property
    def is_late(self) -> bool:
        return self.done is not None and self.done > self.by


def days_of(election: Any) -> list[ShownDay]:
    """The days before the election, in the order of the law; none where no rule was in force."""
    done = {
        "election.plan": election.plan_on,
        "election.candidates": election.candidates_on,
        "election.team": election.team_on,
        "election.posting": election.posted_on,
    }
    days = []
    for key, day in done.items():
        last = last_day(key, election.planned_on)
        if last is not None:
            days.append(ShownDay(book().rule(key, election.planned_on), last, day))
    return days


def candidates_of(election: Any) -> list[tuple[Any, int | None]]:
    """[(candidate, how many households chose them)], the number None before there is a result."""
    chosen = candidates_chosen(election, election.decision)
    rows = list(election.candidates.order_by("number"))
    return [(one, chosen.get(one.pk)) for one in rows]


def election_facts(election: Any) -> dict[str, Any]:
    """The context of the page of an election, for everybody."""
    return {
        "days": days_of(election),
        "candidates": candidates_of(election),
        "votes": votes_of(election.decision, is_public=True),
        "head": getattr(election, "head", None),
    }


def convention_facts(convention: Any) -> dict[str, Any]:
    """The context of the page of a convention, for everybody."""
    votes = votes_of(convention.decision, is_public=True) if convention.decision_id else []
    judgements = [attendance_of(one.vote) for one in votes]
    texts = list(convention.texts.order_by("-number"))
    matter = convention.decision
    return {
        "reason": convention.reason or (matter.reason if matter else ""),
        "latest": texts[0],
        "earlier": texts[1:],
        "votes": votes,
        "attendance": [explain_judgement(one) for one in judgements if one is not None],
        "posted_until": convention.posted_on
        and last_day("convention.posting", convention.posted_on),
    }


def steps_of(conference: Any) -> list[tuple[int, Any, str]]:
    """[(number, words, what was said)] of the nine steps of a conference."""
    texts = dict(conference.steps.values_list("number", "text"))
    return [(number, words, texts.get(number, "")) for number, words in STEPS]


def decisions_of_year(conference: Any) -> list[HouseholdDecision]:
    """What the households of the village decided in the year of the conference."""
    rows = HouseholdDecision.objects.public().filter(
        unit=conference.unit_id, settled_on__year=conference.year
    )
    return list(rows.order_by("settled_on", "pk"))


def conference_facts(conference: Any) -> dict[str, Any]:
    """The context of the page of a conference, for everybody."""
    elected = conference.elected.select_related("member", "decision").order_by("pk")
    return {
        "steps": steps_of(conference),
        "decided": decisions_of_year(conference),
        "elected": list(elected),
    }
