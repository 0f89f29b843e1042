"""How many are invited, have a place, wait, stay away, and are there, of a whole conference and
point by point.
"""

from dataclasses import dataclass

from django.db import connection

from danchu.conference.models import BridgePoint
from danchu.conference.queries.presence import present_by_point
from danchu.conference.words import DelegateState

_STATES = "SELECT state, count(*) FROM conference_delegate WHERE conference_id = %s GROUP BY state"
_POINTS = (
    "SELECT point_id, count(*) FROM conference_delegate WHERE conference_id = %s AND state "
    "IN ('invited', 'registered') GROUP BY point_id"
)


@dataclass(frozen=True)
class AtPoint:
    """A bridge point with who is to come there, and who is there: `heads` its desk counted,
    `known` delegates noted as in.
    """

    it: BridgePoint
    delegates: int
    heads: int
    known: int

    @property
    def present(self):
        return self.heads or self.known


def _asked(question, conference):
    with connection.cursor() as cursor:
        cursor.execute(question, [conference.pk])
        return dict(cursor.fetchall())


def delegates_by_state(conference):
    """[(state, its name, how many)] of every state."""
    found = _asked(_STATES, conference)
    return [(key, name, found.get(key, 0)) for key, name in DelegateState.choices]


def points_of(conference, at=None):
    """[AtPoint] in the order of the plan; nobody is there where no instant is asked for."""
    coming = _asked(_POINTS, conference)
    there = present_by_point(conference, at) if at else {}
    rows = conference.points.select_related("unit").order_by("position", "pk")
    return [AtPoint(point, coming.get(point.pk, 0), *there.get(point.pk, (0, 0))) for point in rows]
