"""Consultations, what people were asked about, what they said and were answered."""

from danchu.consultation.models.consultations import Consultation, Content
from danchu.consultation.models.findings import Findings
from danchu.consultation.models.opinions import Answer, Opinion
from danchu.consultation.models.votes import Proposition, Vote, Voter

__all__ = [
    "Answer",
    "Consultation",
    "Content",
    "Findings",
    "Opinion",
    "Proposition",
    "Vote",
    "Voter",
]
