"""The records of this room."""

from danchu.decision.models.clusters import Cluster, ClusterPlan
from danchu.decision.models.communes import CommunePart, CommuneVote
from danchu.decision.models.conduct import Conduct
from danchu.decision.models.decisions import Consent, HouseholdDecision
from danchu.decision.models.online import OnlineChoice, OnlineOpinion, OnlinePoll, Step
from danchu.decision.models.roll import ChangeKind, Household, RollChange
from danchu.decision.models.sheets import DecisionSheet, SheetKind
from danchu.decision.models.votes import BallotCount, HouseholdVote, RollEntry
from danchu.decision.models.works import Works

__all__ = [
    "BallotCount",
    "ChangeKind",
    "Cluster",
    "ClusterPlan",
    "CommunePart",
    "CommuneVote",
    "Conduct",
    "Consent",
    "DecisionSheet",
    "Household",
    "HouseholdDecision",
    "HouseholdVote",
    "OnlineChoice",
    "OnlineOpinion",
    "OnlinePoll",
    "RollChange",
    "RollEntry",
    "SheetKind",
    "Works",
    "Step",
]
