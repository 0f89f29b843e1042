"""Consultations, what people were asked about, what they said and were answered."""

from danchu.consultation.models.consultations import Consultation, Content
from danchu.consultation.models.opinions import Answer, Opinion

__all__ = ["Answer", "Consultation", "Content", "Opinion"]
