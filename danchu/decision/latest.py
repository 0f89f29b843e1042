"""The vote that a decision is at, and names as they are typed for it."""

from danchu.decision.models import HouseholdDecision, HouseholdVote
from danchu.subjects.texts import line_of

LONGEST_NAME = 120


def latest_vote(decision: HouseholdDecision) -> HouseholdVote | None:
    """The vote that the decision is at; None before the first."""
    return HouseholdVote.objects.filter(decision=decision).order_by("-number").first()


def names_in(text: str) -> list[str]:
    """The names in a text, one on each line."""
    lines = (" ".join(line.split()) for line in (text or "").splitlines())
    return [line_of(line, "team", LONGEST_NAME) for line in lines if line]
