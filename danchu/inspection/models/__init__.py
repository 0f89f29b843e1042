"""Boards with their terms and members, plans and rounds, projects, findings, recommendations,
verifications and reports.
"""

from danchu.inspection.models.asked import AskedState, Asker, BoardReport, Verification
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
from danchu.inspection.models.projects import (
    ALWAYS,
    OF_THE_PEOPLE,
    Capital,
    Disclosure,
    Item,
    Project,
)
from danchu.inspection.models.rounds import RoundPhoto, RoundSheet

__all__ = [
    "ALWAYS",
    "OF_THE_PEOPLE",
    "AskedState",
    "Asker",
    "BoardReport",
    "BoardMember",
    "BoardTerm",
    "Capital",
    "Disclosure",
    "Finding",
    "InterestDeclaration",
    "Item",
    "Project",
    "Recommendation",
    "Role",
    "RoundPhoto",
    "RoundPlan",
    "RoundSheet",
    "Seat",
    "Span",
    "Verification",
]
