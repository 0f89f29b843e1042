"""How many were in the hall over time, by bridge point: one pass over everything that was noted, in
the order it happened.

At a bridge point its desk's last count of heads stands, before any count its delegates who are
known to be in. queries/presence.py answers the same of one instant.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from danchu.conference.models import Attendance, Delegate, HeadCount, Line
from danchu.conference.words import Movement

LIFE = timedelta(
    seconds=15
)  # after its last sign a hub counts as alive so long, as in queries/presence.py


@dataclass
class Moment:
    """An instant: `people` in all, `points` {bridge point id: people}, None for those of no
    point; `online` delegates with a line.
    """

    at: object
    people: int = 0
    online: int = 0
    points: dict = field(default_factory=dict)


class _Hall:
    """The hall as it stands while time passes."""

    def __init__(self, own):
        self.own = own
        self.seat = {}
        self.noted = set()
        self.lines = Counter()
        self.known = Counter()
        self.heads = {}

    def _is_in(self, delegate):
        return delegate in self.noted or self.lines[delegate] > 0

    def _changed(self, delegate, change):
        """Take the delegate out of where he is, let the change be, put him where he is then."""
        if self._is_in(delegate):
            self.known[self.seat.get(delegate) or self.own[delegate]] -= 1
        change()
        if self._is_in(delegate):
            self.known[self.seat.get(delegate) or self.own[delegate]] += 1

    def note(self, delegate, movement, point):
        def change():
            self.seat[delegate] = point
            (self.noted.add if movement == Movement.ARRIVED else self.noted.discard)(delegate)

        self._changed(delegate, change)

    def line(self, delegate, number):
        self._changed(delegate, lambda: self.lines.update({delegate: number}))

    def count(self, point, heads):
        self.heads[point] = heads

    def moment(self, at):
        points = {point: number for point, number in self.known.items() if number} | self.heads
        return Moment(
            at, sum(points.values()), sum(1 for number in self.lines.values() if number > 0), points
        )


def moments(conference, instants):
    """[Moment] of the instants, in order."""
    hall = _Hall(dict(Delegate.objects.filter(conference=conference).values_list("pk", "point_id")))
    found = []
    changes = iter(_changes(conference))
    waiting = next(changes, None)
    for at in sorted(instants):
        while waiting is not None and waiting[0] <= at:
            getattr(hall, waiting[3])(*waiting[4:])
            waiting = next(changes, None)
        found.append(hall.moment(at))
    return found


def _changes(conference):
    """[(at, rank, number, what, …)] in the order they happened: a line that closed at an
    instant is not there any more at it.
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
    for number, delegate, opened, closed, seen in lines.values_list(
        "number", "pass_in__delegate_id", "opened_at", "closed_at", "hub__seen_at"
    ):
        # A line nobody closed is there up to and with the instant its hub is given up.
        end = closed or seen + LIFE + timedelta(microseconds=1)
        if end > opened:
            rows += [
                (opened, 0, number, "line", delegate, 1),
                (end, 0, number, "line", delegate, -1),
            ]
    return sorted(rows, key=lambda row: row[:3])


def instants_of(conference, until, most=48):
    """Even steps of whole minutes from the first that was noted until `until`, at most so many;
    [] when nothing was noted.
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
