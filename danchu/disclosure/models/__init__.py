"""The tables of the room: what the law lists, places, contents with their versions, postings."""

from danchu.disclosure.models.catalogue import Item, Sphere
from danchu.disclosure.models.contents import Content, Origin, Version
from danchu.disclosure.models.contests import Contest
from danchu.disclosure.models.council import CouncilReport
from danchu.disclosure.models.plans import Plan, PlanLine, YearlyDuty
from danchu.disclosure.models.postings import Posting, PostingPlace
from danchu.disclosure.models.requests import Ground, InformationRequest, Way

__all__ = [
    "Content",
    "Contest",
    "CouncilReport",
    "Ground",
    "InformationRequest",
    "Item",
    "Origin",
    "Plan",
    "PlanLine",
    "Posting",
    "PostingPlace",
    "Sphere",
    "Version",
    "Way",
    "YearlyDuty",
]
