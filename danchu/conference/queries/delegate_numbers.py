"""How many delegates are invited, have a place, wait, stay away and are present, of a whole
conference and by bridge point.
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
class PointNumbers:
    """A bridge point with the number of its delegates who attend, and of those present: `heads` its
    desk counted, `recorded` delegates who are in by the records.
    """

    point: BridgePoint
    delegates: int
    heads: int
    recorded: int

    @property
    def present(self):
        """The number present: the heads where they were counted, else the recorded delegates."""
        return self.heads or self.recorded


def _counts(select, conference):
    with connection.cursor() as cursor:
        cursor.execute(select, [conference.pk])
        return dict(cursor.fetchall())


def delegates_by_state(conference):
    """[(state, its name, how many)] of every state."""
    numbers = _counts(_STATES, conference)
    return [(key, name, numbers.get(key, 0)) for key, name in DelegateState.choices]


def point_numbers(conference, at=None):
    """[PointNumbers] in the order of the plan; with nobody present where `at` is None."""
    expected = _counts(_POINTS, conference)
    present = present_by_point(conference, at) if at else {}
    rows = conference.points.select_related("unit").order_by("position", "pk")
    return [
        PointNumbers(point, expected.get(point.pk, 0), *present.get(point.pk, (0, 0)))
        for point in rows
    ]
