"""How many were in the hall over time, by bridge point: one pass over all recorded events in order.

A bridge point counts by the last head count of its desk, before any count by its delegates who are
in. queries/presence.py answers the same for one instant.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from danchu.conference.models import Attendance, Delegate, HeadCount, Line
from danchu.conference.words import Movement

# How long a hub counts as alive after it was last seen, as in queries/presence.py.
LIFE = timedelta(seconds=15)


@dataclass
class Moment:
    """The hall at an instant: `people` in all, `points` {bridge point id: people}, None for those
    of no point; `online` delegates with a line.
    """

    at: object
    people: int = 0
    online: int = 0
    points: dict = field(default_factory=dict)


class _Hall:
    """The hall while events are applied. `own_points` is {delegate: their bridge point}."""

    def __init__(self, own_points):
        self.own_points = own_points
        self.seat = {}
        self.noted = set()
        self.lines = Counter()
        self.recorded = Counter()
        self.heads = {}

    def _is_in(self, delegate):
        return delegate in self.noted or self.lines[delegate] > 0

    def _apply(self, delegate, change):
        """Apply a change to a delegate, and move them from the count of their old seat to that of
        the new.
        """
        if self._is_in(delegate):
            self.recorded[self.seat.get(delegate) or self.own_points[delegate]] -= 1
        change()
        if self._is_in(delegate):
            self.recorded[self.seat.get(delegate) or self.own_points[delegate]] += 1

    def note(self, delegate, movement, point):
        """Apply a movement that was recorded at a bridge point (None: at none)."""

        def change():
            self.seat[delegate] = point
            (self.noted.add if movement == Movement.ARRIVED else self.noted.discard)(delegate)

        self._apply(delegate, change)

    def line(self, delegate, number):
        """Add `number` (1 or -1) to the open lines of a delegate."""
        self._apply(delegate, lambda: self.lines.update({delegate: number}))

    def count(self, point, heads):
        """Apply a head count."""
        self.heads[point] = heads

    def moment(self, at):
        """The Moment of the state now, under the instant `at`."""
        points = {point: number for point, number in self.recorded.items() if number} | self.heads
        return Moment(
            at, sum(points.values()), sum(1 for number in self.lines.values() if number > 0), points
        )


def moments(conference, instants):
    """[Moment] of the instants, in order. Memory: all events of the conference."""
    hall = _Hall(dict(Delegate.objects.filter(conference=conference).values_list("pk", "point_id")))
    answers = []
    events = iter(_changes(conference))
    event = next(events, None)
    for at in sorted(instants):
        while event is not None and event[0] <= at:
            getattr(hall, event[3])(*event[4:])
            event = next(events, None)
        answers.append(hall.moment(at))
    return answers


def _changes(conference):
    """[(at, rank, number, method of _Hall, arguments …)] in order; a line that closed at an instant
    no longer counts at it.
    """
    rows = [
        (at, 1, pk, "note", delegate, movement, point)
        for pk, at, delegate, movement, point in Attendance.objects.filter(
            delegate__conference=conference
        ).values_list("pk", "at", "delegate_id", "movement", "point_id")
    ]
    rows += [
        (at, 1, pk, "count", point, count)
        for pk, at, point, count in HeadCount.objects.filter(
            point__conference=conference
        ).values_list("pk", "at", "point_id", "count")
    ]
    lines = Line.objects.filter(pass_in__conference=conference, pass_in__delegate__isnull=False)
    for number, delegate, opened_at, closed_at, seen_at in lines.values_list(
        "number", "pass_in__delegate_id", "opened_at", "closed_at", "hub__seen_at"
    ):
        # A line that was never closed counts up to the instant its hub counts as dead, inclusive.
        end = closed_at or seen_at + LIFE + timedelta(microseconds=1)
        if end > opened_at:
            rows += [
                (opened_at, 0, number, "line", delegate, 1),
                (end, 0, number, "line", delegate, -1),
            ]
    return sorted(rows, key=lambda row: row[:3])


def instants_of(conference, until, most=48):
    """Instants in even steps of whole minutes, from the first recorded event to `until`, at most
    `most`; [] when nothing was recorded.
    """
    firsts = [
        Attendance.objects.filter(delegate__conference=conference)
        .order_by("at")
        .values_list("at", flat=True)
        .first(),
        HeadCount.objects.filter(point__conference=conference)
        .order_by("at")
        .values_list("at", flat=True)
        .first(),
        Line.objects.filter(pass_in__conference=conference)
        .order_by("opened_at")
        .values_list("opened_at", flat=True)
        .first(),
    ]
    first = min((at for at in (*firsts, conference.opened_at) if at is not None), default=None)
    if first is None or first > until:
        return []
    first = first.replace(second=0, microsecond=0)
    minutes = max(1, int((until - first).total_seconds()) // 60)
    step = next(
        size
        for size in (1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1440, 10**7)
        if minutes <= size * most
    )
    return [first + timedelta(minutes=n) for n in range(0, minutes, step)] + [until]
