"""The records of this room."""

from danchu.village.models.conferences import ConferenceStep, ElectedMember, VillageConference
from danchu.village.models.conventions import Convention, ConventionText, PastSuspension
from danchu.village.models.elections import Candidate, CandidateCount, HeadElection
from danchu.village.models.heads import HeadRelease, VillageHead

__all__ = [
    "Candidate",
    "CandidateCount",
    "ConferenceStep",
    "Convention",
    "ConventionText",
    "ElectedMember",
    "HeadElection",
    "HeadRelease",
    "PastSuspension",
    "VillageConference",
    "VillageHead",
]
