"""Petitions and their persons, steps and papers; the reception of citizens."""

from danchu.casework.models.answers import AnswerText
from danchu.casework.models.bookings import Booking
from danchu.casework.models.calls import Call, CallRun
from danchu.casework.models.gate import Knock
from danchu.casework.models.petitions import Matter, Petition, Petitioner, PetitionPaper, Step
from danchu.casework.models.reception import ReceptionDay, Visit

__all__ = [
    "AnswerText",
    "Booking",
    "Call",
    "CallRun",
    "Knock",
    "Matter",
    "Petition",
    "PetitionPaper",
    "Petitioner",
    "ReceptionDay",
    "Step",
    "Visit",
]
