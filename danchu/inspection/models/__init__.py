"""Boards with their terms and members, the plans of their rounds, projects, what they found and recommended."""

from danchu.inspection.models.boards import (
    BoardMember,
    BoardTerm,
    InterestDeclaration,
    Role,
    RoundPlan,
    Seat,
    Span,
)
from danchu.inspection.models.cases import Finding, Recommendation
from danchu.inspection.models.projects import ALWAYS, OF_THE_PEOPLE, Capital, Disclosure, Item, Project

__all__ = [
    "ALWAYS", "OF_THE_PEOPLE", "BoardMember", "BoardTerm", "Capital", "Disclosure", "Finding", "InterestDeclaration", "Item", "Project", "Recommendation",
    "Role", "RoundPlan", "Seat", "Span",
]  # fmt: skip
