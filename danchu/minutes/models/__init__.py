"""Minutes with their paragraphs and passages; commitments with their terms, steps and papers."""

from danchu.minutes.models.commitments import (
    Commitment,
    CommitmentContact,
    CommitmentPaper,
    CommitmentStep,
    Origin,
    Term,
)
from danchu.minutes.models.texts import Block, Minutes, MinutesState, Passage, PassageKind

__all__ = [
    "Block",
    "Commitment",
    "CommitmentContact",
    "CommitmentPaper",
    "CommitmentStep",
    "Minutes",
    "MinutesState",
    "Origin",
    "Passage",
    "PassageKind",
    "Term",
]
