"""The records of this room."""

from danchu.decision.models.roll import ChangeKind, Household, RollChange

__all__ = ["ChangeKind", "Household", "RollChange"]
