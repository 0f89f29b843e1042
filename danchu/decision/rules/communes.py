"""Matters of a whole commune: its villages on a day, and the outcome from how many agreed."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from danchu.decision.lives import State
from danchu.decision.models import CommunePart, CommuneVote, Household, HouseholdVote
from danchu.law.book import book
from danchu.law.decision import Decision, Outcome, decide_commune
from danchu.units.maps import boundaries
from danchu.units.models import Standing


def villages_on(commune: int, day: date) -> list[int]:
    """The ids of the villages of a commune on the map of a day."""
    inside = boundaries(day).subtree(commune)
    rows = Standing.objects.on(day).filter(unit__in=inside, unit__level="village")
    return list(rows.order_by("unit").values_list("unit", flat=True))


@dataclass(frozen=True)
class Tally:
    """What the villages of the last day decided; `households` are all of those villages, also of
    those that did not report, whose households count as not in favour.
    """

    villages: int
    reported: int
    agreed: int
    households: int
    yes: int


def tally_of(whole: CommuneVote) -> Tally:
    """The tally of a vote of a commune, by the map of its last day."""
    commune = whole.decision.unit_id
    villages = villages_on(commune, whole.until)
    parts = {
        part.unit_id: part.decision
        for part in CommunePart.objects.filter(whole=whole).select_related("decision")
    }
    reported = {
        unit: decision
        for unit in villages
        if (decision := parts.get(unit)) is not None and has_reported(decision, whole.until)
    }
    agreed = [one for one in reported.values() if one.outcome == Outcome.PASSED]
    households = sum(
        reported[unit].households
        if unit in reported
        else Household.objects.on_roll(unit, whole.until).count()
        for unit in villages
    )
    yes = sum(one.yes for one in reported.values())
    return Tally(len(villages), len(reported), len(agreed), households, yes)


def has_reported(decision: Any, until: date) -> bool:
    """Whether a village settled the matter by the last day and, where it agreed, sent its decision
    by then.
    """
    if decision.settled_on is None or decision.settled_on > until:
        return False
    if decision.state == State.REPORTED:
        return bool(decision.sent_on <= until)
    return bool(decision.state == State.NOT_PASSED)


def judged_commune(whole: CommuneVote, villages: int, agreed: int) -> Decision:
    """The Decision of the law of the last day on the matter."""
    return decide_commune(
        whole.decision.item, villages, agreed, partial(book().rule, day=whole.until)
    )


def latest_votes(decisions: list[Any]) -> dict[int, HouseholdVote]:
    """The latest vote of each of the decisions, {id of the decision: vote}."""
    rows = HouseholdVote.objects.filter(decision__in=decisions).order_by("number")
    return {vote.decision_id: vote for vote in rows}
