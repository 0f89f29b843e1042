"""Conferences: the plan, who attends, who speaks and asks, how it was voted, and the numbered
frames of the hall.
"""

from danchu.conference.models.floor import FloorRequest, Question, Upvote
from danchu.conference.models.hall import Frame, HallState, Hub, Line, RoomEntry
from danchu.conference.models.people import (
    Attendance,
    BridgePoint,
    Delegate,
    HeadCount,
    Pass,
    RevokedDevice,
)
from danchu.conference.models.polls import Ballot, Declaration, Poll, RollEntry, RoomCount, Vote
from danchu.conference.models.programme import Conference, ItemPaper, ProgrammeItem

__all__ = [
    "Attendance",
    "Ballot",
    "BridgePoint",
    "Conference",
    "Declaration",
    "Delegate",
    "FloorRequest",
    "Frame",
    "HallState",
    "HeadCount",
    "Hub",
    "ItemPaper",
    "Line",
    "Pass",
    "Poll",
    "ProgrammeItem",
    "Question",
    "RevokedDevice",
    "RollEntry",
    "RoomCount",
    "RoomEntry",
    "Upvote",
    "Vote",
]
