"""The records of this room."""

from danchu.decision.models.decisions import Consent, HouseholdDecision
from danchu.decision.models.roll import ChangeKind, Household, RollChange
from danchu.decision.models.sheets import DecisionSheet, SheetKind
from danchu.decision.models.votes import BallotCount, HouseholdVote, RollEntry

__all__ = [
    "BallotCount",
    "ChangeKind",
    "Consent",
    "DecisionSheet",
    "Household",
    "HouseholdDecision",
    "HouseholdVote",
    "RollChange",
    "RollEntry",
    "SheetKind",
]
