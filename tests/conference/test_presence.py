"""Who is in at any minute, against a slow replay of all records; fairness of the floor as
properties.
"""

from collections import Counter
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.conference.actions.delegates import add_delegate
from danchu.conference.models import Attendance, HeadCount, Hub, Line
from danchu.conference.queries.attendance import attendance_by_place
from danchu.conference.queries.presence import IN_HALL, present_at, present_by_point
from danchu.conference.queries.speaking_order import speaking_order
from danchu.conference.queries.timeline import instants_of, moments
from tests.conference.conftest import STARTS
from tests.sizes import long, size

MINUTES = st.integers(0, 12)


def delegates_in(conference, at):
    """The ids of the delegates who are in the hall at the instant, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            IN_HALL + "SELECT delegate FROM present ORDER BY delegate",
            {"conference": conference.pk, "at": at},
        )
        return [delegate for (delegate,) in cursor.fetchall()]


def at(minute):
    return STARTS + timedelta(minutes=minute)


@pytest.fixture
def hall(convened, delegates, system):
    who = delegates(convened, 4) + [add_delegate(convened, by=system, name="Không điểm cầu")]
    return SimpleNamespace(
        conference=convened, who=who, points=list(convened.points.order_by("position"))
    )


def replayed(minute, hall, notes, counts, lines, hub_seen):
    """(delegates in, online, {point: (heads, delegates)}) by replaying all records one after
    another.
    """
    last = {}
    for number, (who, movement, point, when) in enumerate(notes):
        if when <= minute and (who not in last or when >= last[who][0]):
            last[who] = (when, number, movement, point)
    online = {
        who
        for who, opened, closed in lines
        if opened <= minute
        and (minute < closed if closed is not None else minute * 60 <= hub_seen * 60 + 15)
    }
    known = online | {who for who, (_w, _n, movement, _p) in last.items() if movement == "arrived"}
    heads = {}
    for point, count, when in sorted(enumerate_counts(counts), key=lambda row: row[2]):
        if when[0] <= minute:
            heads[point] = count
    seats = Counter()
    for who in known:
        noted = last[who][3] if who in last else None
        seats[noted if noted is not None else (who % 3 if who < 4 else None)] += 1
    return known, online, {place: (heads.get(place), seats[place]) for place in (0, 1, 2, None)}


def enumerate_counts(counts):
    return [(point, count, (when, number)) for number, (point, count, when) in enumerate(counts)]


@long
@settings(
    max_examples=size(30, 300),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    notes=st.lists(
        st.tuples(
            st.integers(0, 4),
            st.sampled_from(["arrived", "left"]),
            st.sampled_from([0, 1, 2]),
            MINUTES,
        ),
        max_size=12,
    ),
    counts=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 50), MINUTES), max_size=6),
    lines=st.lists(
        st.tuples(st.integers(0, 4), MINUTES, st.one_of(st.none(), MINUTES)), max_size=6
    ),
    hub_seen=MINUTES,
)
def test_presence_at_any_minute_is_what_a_replay_says(hall, notes, counts, lines, hub_seen):
    lines = [
        (who, opened, closed) for who, opened, closed in lines if closed is None or closed >= opened
    ]
    with transaction.atomic():
        for who, movement, point, when in notes:
            Attendance.objects.create(
                delegate=hall.who[who],
                point=hall.points[point],
                movement=movement,
                how="qr",
                at=at(when),
                noted_by="system",
            )
        for point, count, when in counts:
            HeadCount.objects.create(
                point=hall.points[point], count=count, at=at(when), noted_by="system"
            )
        hub = Hub.objects.create(uid=uuid4(), started_at=STARTS, seen_at=at(hub_seen))
        for number, (who, opened, closed) in enumerate(lines):
            Line.objects.create(
                hub=hub,
                number=number,
                pass_in=hall.who[who].pass_in,
                opened_at=at(opened),
                closed_at=None if closed is None else at(closed),
            )
        series = moments(hall.conference, [at(minute) for minute in range(14)])
        for minute in range(14):
            known, online, places = replayed(minute, hall, notes, counts, lines, hub_seen)
            told, by_point = (
                present_at(hall.conference, at(minute)),
                present_by_point(hall.conference, at(minute)),
            )
            assert (told["delegates"], told["online"], told["heads"]) == (
                len(known),
                len(online),
                sum(h or 0 for h, _d in places.values()),
            )
            assert delegates_in(hall.conference, at(minute)) == sorted(
                hall.who[who].pk for who in known
            )
            assert by_point == {
                point.pk: (places[n][0] or 0, places[n][1]) for n, point in enumerate(hall.points)
            }
            expected = {
                hall.points[n].pk if n is not None else None: heads if heads is not None else seated
                for n, (heads, seated) in places.items()
            }
            moment = series[minute]
            assert {point: number for point, number in moment.points.items() if number} == {
                point: number for point, number in expected.items() if number
            }
            assert (moment.people, moment.online) == (sum(expected.values()), len(online))
        transaction.set_rollback(True)


def test_a_conference_where_nothing_was_noted_has_no_timeline(hall):
    assert instants_of(hall.conference, at(60)) == [] and moments(hall.conference, []) == []


def test_the_steps_of_a_timeline_are_few_and_end_where_it_ends(hall):
    HeadCount.objects.create(point=hall.points[0], count=5, at=at(3), noted_by="system")
    for length in (1, 7, 59, 60 * 8, 60 * 24 * 3, 60 * 24 * 400):
        steps = instants_of(hall.conference, at(3 + length))
        assert (
            2 <= len(steps) <= 60
            and steps[0] == at(3)
            and steps[-1] == at(3 + length)
            and steps == sorted(set(steps))
        )


def test_a_room_without_a_count_counts_who_came_at_any_time(hall):
    first, second, _third = hall.points
    HeadCount.objects.create(point=first, count=30, at=at(1), noted_by="system")
    HeadCount.objects.create(point=first, count=10, at=at(5), noted_by="system")
    for who, movement in ((1, "arrived"), (1, "left"), (4, "arrived")):
        Attendance.objects.create(
            delegate=hall.who[who],
            point=hall.who[who].point,
            movement=movement,
            how="qr",
            at=at(2),
            noted_by="system",
        )
    hub = Hub.objects.create(uid=uuid4(), started_at=STARTS, seen_at=at(9))
    Line.objects.create(
        hub=hub, number=1, pass_in=hall.who[0].pass_in, opened_at=at(1), closed_at=at(2)
    )  # among the heads of the first room
    assert [
        (name, number) for _unit, name, number in attendance_by_place(hall.conference, at(9))
    ] == [
        ("Điểm cầu 1", 30),
        ("Điểm cầu 2", 1),
        ("Dự từ xa, không thuộc điểm cầu", 1),
    ]
    assert second.name == "Điểm cầu 2"


# -- fairness

REQUESTS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["speak", "speak", "reply", "order"]),
        st.sampled_from(["waiting", "done", "skipped", "withdrawn"]),
    ),
    max_size=30,
)


def requests_of(drawn):
    return [
        SimpleNamespace(
            pk=n,
            point_id=point or None,
            kind=kind,
            state=state,
            asked_at=STARTS + timedelta(seconds=n),
        )
        for n, (point, kind, state) in enumerate(drawn)
    ]


def called(rows):
    """All waiting requests, in the order in which the rule calls them."""
    rows = [SimpleNamespace(**vars(row)) for row in rows]
    order = []
    while waiting := speaking_order(rows):
        waiting[0].state = "done"
        order.append(waiting[0])
    return order


@given(REQUESTS)
def test_everybody_who_waits_is_called_once_and_what_was_shown_is_the_order_of_calling(drawn):
    rows = requests_of(drawn)
    assert [row.pk for row in called(rows)] == [row.pk for row in speaking_order(rows)]
    assert sorted(row.pk for row in speaking_order(rows)) == [
        row.pk for row in rows if row.state == "waiting"
    ]


@given(REQUESTS)
def test_points_of_order_come_first_then_replies_each_in_the_order_asked(drawn):
    kinds = [(row.kind, row.asked_at) for row in speaking_order(requests_of(drawn))]
    ranks = [{"order": 0, "reply": 1, "speak": 2}[kind] for kind, _at in kinds]
    assert ranks == sorted(ranks)
    for kind in ("order", "reply"):
        times = [asked for one, asked in kinds if one == kind]
        assert times == sorted(times)


@given(REQUESTS)
def test_no_bridge_point_speaks_twice_while_another_that_waits_has_spoken_less(drawn):
    rows = requests_of(drawn)
    spoken = Counter(row.point_id for row in rows if row.state == "done" and row.kind == "speak")
    left = [row for row in speaking_order(rows) if row.kind == "speak"]
    while left:
        now = left.pop(0)
        assert all(spoken[now.point_id] <= spoken[other.point_id] for other in left)
        spoken[now.point_id] += 1


@given(REQUESTS, st.integers(1, 12))
def test_a_point_that_keeps_asking_keeps_no_other_from_its_turn(drawn, more):
    """However many more requests one point makes, the first request of another is called after at
    most one of its own a turn.
    """
    rows = requests_of(drawn)
    flood = [
        SimpleNamespace(
            pk=100 + n,
            point_id=1,
            kind="speak",
            state="waiting",
            asked_at=STARTS - timedelta(hours=1),
        )
        for n in range(more)
    ]
    others = [row.pk for row in speaking_order(rows) if row.point_id != 1 and row.kind == "speak"]
    order = speaking_order([*rows, *flood])
    assert [row.pk for row in order if row.pk in others] == others
    spoken = Counter(row.point_id for row in rows if row.state == "done" and row.kind == "speak")
    first = next((row for row in order if row.pk in others), None)
    if first is not None:
        before = [
            row for row in order[: order.index(first)] if row.point_id == 1 and row.kind == "speak"
        ]
        assert len(before) <= max(0, spoken[first.point_id] - spoken[1]) + 1
