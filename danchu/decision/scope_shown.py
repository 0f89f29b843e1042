"""What the page of a decision shows of the commune it belongs to, and of what it redoes."""

from dataclasses import dataclass
from typing import Any

from danchu.decision.lives import COMMUNE, PART, PUBLIC, scope_of
from danchu.decision.models import CommunePart, CommuneVote, HouseholdDecision, HouseholdVote
from danchu.decision.rules.communes import judged_commune, latest_votes
from danchu.decision.rules.outcomes import judged
from danchu.kernel.text import sort_key
from danchu.units.names import names_of


@dataclass(frozen=True)
class ShownVillage:
    """What one village decided on the matter of its commune; `why` as in ShownVote."""

    decision: HouseholdDecision
    vote: HouseholdVote | None
    where: str
    why: str
    is_public: bool


def scope_facts(decision: HouseholdDecision) -> dict[str, Any]:
    """The context of the page, beside the votes of the decision itself; `redone` only once
    everybody may read it.
    """
    redone = decision.redone_by.filter(state__in=PUBLIC).first()
    facts: dict[str, Any] = {"redoes": decision.redoes, "redone": redone}
    scope = scope_of(decision)
    if scope == COMMUNE:
        whole = CommuneVote.objects.filter(decision=decision).first()
        if whole is not None:
            facts |= {"whole": whole, "villages": villages_of(whole), "why": _why(whole)}
    if scope == PART:
        part = CommunePart.objects.select_related("whole__decision").get(decision=decision)
        facts["part_of"] = part.whole.decision
    return facts


def villages_of(whole: CommuneVote) -> list[ShownVillage]:
    """The villages of a commune's vote by their names, each with its own result and why."""
    parts = CommunePart.objects.filter(whole=whole).select_related("decision__unit")
    decisions = [part.decision for part in parts]
    votes = latest_votes(decisions)
    names = names_of((one.unit_id, whole.opened_on) for one in decisions)
    rows = [
        _shown(one, votes.get(one.pk), names[one.unit_id, whole.opened_on]) for one in decisions
    ]
    return sorted(rows, key=lambda one: (sort_key(one.where), one.decision.pk))


def _shown(decision, vote, where):
    why = judged(decision, vote).why if vote is not None and vote.outcome else ""
    return ShownVillage(decision, vote, where, why, decision.state in PUBLIC)


def _why(whole):
    """Why the commune passed it or not; "" until its villages were counted."""
    return judged_commune(whole, whole.villages, whole.agreed).why if whole.villages else ""
