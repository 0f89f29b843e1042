"""Boards with their terms and members, the plans of their rounds, what they found and recommended."""

from danchu.inspection.models.boards import BoardMember, BoardTerm, Capital, Project, Role, RoundPlan
from danchu.inspection.models.cases import Finding, Recommendation

__all__ = ["BoardMember", "BoardTerm", "Capital", "Finding", "Project", "Recommendation", "Role", "RoundPlan"]
