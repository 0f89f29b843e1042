"""The entries of a room have the same result however they were split, repeated or reordered in
transit.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from danchu.conference.actions.closing import close_conference
from danchu.conference.actions.polls import close_poll, draft_poll, open_poll
from danchu.conference.actions.questions import show_question
from danchu.conference.actions.rooms import take_room_entries
from danchu.conference.actions.running import open_conference
from danchu.conference.models import (
    Attendance,
    FloorRequest,
    HeadCount,
    Question,
    RoomCount,
    RoomEntry,
)
from danchu.conference.queries.presence import present_by_point
from danchu.journal.models import Entry as JournalEntry
from danchu.kernel.days import now
from danchu.kernel.refusals import Denied, Refused
from tests.conference.conftest import STARTS
from tests.sizes import long, one_in, size


@pytest.fixture
def room(convened, system, clock, delegates, steward):
    """The first room of an open hall with three of its delegates, a running poll by hands, and its
    desk.
    """
    clock.at = STARTS
    running = open_conference(convened, by=system)
    mine = [
        one
        for one in delegates(running, 9)
        if one.point == running.points.order_by("position").first()
    ]
    poll = open_poll(
        draft_poll(
            running,
            by=system,
            title="Thông qua",
            options=["Có", "Không"],
            kind="opinion",
            secrecy="named",
            franchise="rooms",
        ),
        by=system,
    )
    room = mine[0].point
    room.mine, room.poll, room.desk = mine, poll, steward(running, "room", point=room)
    clock.forward(minutes=30)
    return room


def entry(number, act, made_at=None, uid=None, **content):
    return {
        "uid": str(uid or uuid4()),
        "number": number,
        "act": act,
        "content": content,
        "made_at": (made_at or now()).isoformat(),
    }


def told(answers):
    return [(one["outcome"], one["told"]) for one in answers]


def test_each_entry_is_answered_in_words_and_taken_in_once(room):
    sent = [
        entry(1, "heads", count=40),
        entry(2, "hands", poll=room.poll.pk, counts=[30, 5]),
        entry(3, "question", text="Bao giờ làm đường?", asker="Bà Mận"),
        entry(4, "hand", speaker="Ông Tám"),
        entry(5, "arrived", delegate=room.mine[0].pk),
    ]
    first = take_room_entries(room, sent, by=room.desk)
    assert (
        [one["outcome"] for one in first] == ["counted"] * 5
        and "40" in first[0]["told"]
        and "30, 5" in first[1]["told"]
    )
    again = take_room_entries(room, sent, by=room.desk)
    assert told(again) == told(first) and all(one["repeated"] for one in again)
    assert (
        HeadCount.objects.count(),
        Question.objects.count(),
        FloorRequest.objects.count(),
        Attendance.objects.count(),
    ) == (1, 1, 1, 1)
    assert RoomCount.objects.get().counts == [30, 5]
    assert "Mận" not in " ".join(str(e.data) for e in JournalEntry.objects.all())


def test_more_hands_than_heads_are_refused_until_the_heads_are_counted_anew(room):
    sent = [entry(1, "heads", count=10), entry(2, "hands", poll=room.poll.pk, counts=[9, 5])]
    answers = take_room_entries(room, sent, by=room.desk)
    assert (
        answers[1]["outcome"] == "refused"
        and "14" in answers[1]["told"]
        and not RoomCount.objects.exists()
    )
    answers = take_room_entries(
        room,
        [entry(3, "heads", count=20), entry(4, "hands", poll=room.poll.pk, counts=[9, 5])],
        by=room.desk,
    )
    assert RoomCount.objects.get().heads == 20 and [one["outcome"] for one in answers] == [
        "counted",
        "counted",
    ]


def test_heads_that_arrive_late_judge_the_hands_before_them_anew(room):
    early, late = entry(1, "heads", count=20), entry(2, "hands", poll=room.poll.pk, counts=[9, 5])
    assert take_room_entries(room, [late], by=room.desk)[0]["outcome"] == "refused"
    answers = take_room_entries(room, [early], by=room.desk)
    assert [(one["number"], one["outcome"]) for one in answers] == [(1, "counted"), (2, "counted")]
    assert RoomCount.objects.get().counts == [9, 5]


def test_hands_that_come_after_the_vote_was_closed_are_told_so(room, system):
    take_room_entries(
        room,
        [entry(1, "heads", count=40), entry(2, "hands", poll=room.poll.pk, counts=[30, 5])],
        by=room.desk,
    )
    close_poll(room.poll, by=system)
    answers = take_room_entries(
        room, [entry(3, "hands", poll=room.poll.pk, counts=[1, 1])], by=room.desk
    )
    assert answers[0]["outcome"] == "late" and "đóng" in answers[0]["told"]
    assert RoomCount.objects.get().counts == [30, 5]


def test_after_closing_the_room_is_still_described_but_asks_no_more(room, system, clock):
    made = now()
    close_poll(room.poll, by=system)
    clock.forward(minutes=5)
    close_conference(room.conference, by=system)
    clock.forward(hours=2)
    sent = [
        entry(1, "heads", made, count=40),
        entry(2, "question", made, text="Bao giờ?"),
        entry(3, "hand", made),
    ]
    answers = take_room_entries(room, sent, by=room.desk, sent_at=now())
    assert [one["outcome"] for one in answers] == ["kept", "late", "late"]
    assert present_by_point(room.conference, made + timedelta(minutes=1))[room.pk][0] == 40


def test_a_desk_whose_clock_is_hours_off_is_set_right_by_when_it_sends(room):
    for number, wrong in enumerate(
        (timedelta(hours=9), timedelta(hours=-9), timedelta(days=400), timedelta(days=-4000)), 1
    ):
        made = now() - timedelta(minutes=10)
        answers = take_room_entries(
            room,
            [entry(number, "heads", made + wrong, count=number)],
            by=room.desk,
            desk=f"máy {number}",
            sent_at=now() + wrong,
        )
        row = RoomEntry.objects.get(uid=answers[0]["uid"])
        assert row.at == made and row.made_at == made + wrong
    take_room_entries(
        room,
        [entry(9, "heads", now() + timedelta(hours=5), count=9)],
        by=room.desk,
        desk="không nói giờ",
    )
    assert RoomEntry.objects.get(number=9).at <= now()


def test_a_request_taken_back_before_it_arrived_does_not_wait(room):
    uid = uuid4()
    take_room_entries(room, [entry(2, "unhand", hand=str(uid))], by=room.desk)
    assert take_room_entries(room, [entry(1, "hand", uid=uid)], by=room.desk)[0]["ok"]
    assert FloorRequest.objects.get().state == "withdrawn"


def test_a_room_withdraws_a_request_only_while_it_waits(room):
    waiting, called = uuid4(), uuid4()
    for number, uid in enumerate((waiting, called), 1):
        take_room_entries(room, [entry(number, "hand", uid=uid)], by=room.desk)
    FloorRequest.objects.filter(uid=called).update(state="speaking")
    answers = take_room_entries(
        room,
        [entry(3, "unhand", hand=str(waiting)), entry(4, "unhand", hand=str(called))],
        by=room.desk,
    )
    assert [answer["ok"] for answer in answers] == [True, False]
    states = dict(FloorRequest.objects.values_list("uid", "state"))
    assert states == {waiting: "withdrawn", called: "speaking"}


@one_in(3)
@pytest.mark.parametrize(
    "act,content",
    [
        ("heads", {"count": -1}),
        ("heads", {"count": "40"}),
        ("heads", {"count": True}),
        ("heads", {"count": 10**9}),
        ("heads", {}),
        ("hands", {"poll": 0, "counts": [1, 1]}),
        ("hands", {"poll": "x", "counts": [1]}),
        ("hands", {"counts": None}),
        ("question", {"text": " "}),
        ("question", {"text": 5}),
        ("question", {"text": "a" * 1001}),
        ("hand", {"kind": "shout"}),
        ("unhand", {"hand": "x"}),
        ("unhand", {}),
        ("arrived", {"delegate": 10**15}),
        ("left", {"delegate": None}),
        ("dance", {}),
        ("", {}),
    ],
)
def test_what_makes_no_sense_is_refused_by_itself_with_a_reason(room, act, content):
    answers = take_room_entries(
        room, [entry(1, act, **content), entry(2, "heads", count=7)], by=room.desk
    )
    assert (
        answers[0]["outcome"] == "refused"
        and answers[0]["told"]
        and answers[1]["outcome"] == "counted"
    )


@one_in(3)
@pytest.mark.parametrize(
    "sent",
    [
        None,
        {},
        [1],
        [{}],
        [{**entry(1, "heads", STARTS), "uid": "x"}],
        [{**entry(1, "heads", STARTS), "made_at": "yesterday"}],
        [{**entry(1, "heads", STARTS), "number": -1}],
        [{**entry(1, "heads", STARTS), "made_at": "2026-03-20T08:00:00"}],
    ],
)
def test_what_is_no_entry_at_all_is_refused_whole(room, sent):
    with pytest.raises(Refused, match="tải lại"):
        take_room_entries(room, sent, by=room.desk)
    assert not RoomEntry.objects.exists()


def test_another_rooms_desk_enters_nothing(room, steward):
    other = room.conference.points.order_by("position").last()
    with pytest.raises(Denied):
        take_room_entries(
            room, [entry(1, "heads", count=7)], by=steward(room.conference, "room", point=other)
        )


def test_an_entry_of_another_room_under_the_same_uid_is_not_told(room, steward):
    other = room.conference.points.order_by("position").last()
    sent = [entry(1, "heads", count=7)]
    take_room_entries(room, sent, by=room.desk)
    assert take_room_entries(other, sent, by=steward(room.conference, "room", point=other)) == []


@pytest.mark.case("SE-M11")
@pytest.mark.parametrize("act", ["arrived", "left"])
def test_the_desk_of_a_room_moves_no_delegate_of_another_room(room, steward, act):
    other = room.conference.points.order_by("position").last()
    [answer] = take_room_entries(
        other,
        [entry(1, act, delegate=room.mine[0].pk)],
        by=steward(room.conference, "room", point=other),
    )
    assert answer["outcome"] == "refused" and "điểm cầu" in answer["told"]
    assert not Attendance.objects.exists()


def content_of(data, room, hands):
    act = data.draw(
        st.sampled_from(["heads", "hands", "question", "hand", "unhand", "arrived", "left"])
    )
    small = st.integers(0, 12)
    if act == "heads":
        return act, {"count": data.draw(small)}, None
    if act == "hands":
        return act, {"poll": room.poll.pk, "counts": [data.draw(small), data.draw(small)]}, None
    if act == "question":
        return act, {"text": data.draw(st.sampled_from(["Một?", "Hai?"]))}, None
    if act == "hand":
        uid = uuid4()
        hands.append(uid)
        return act, {"speaker": ""}, uid
    if act == "unhand" and hands:
        return act, {"hand": str(data.draw(st.sampled_from(hands)))}, None
    return (
        data.draw(st.sampled_from(["arrived", "left"])),
        {"delegate": data.draw(st.sampled_from(room.mine)).pk},
        None,
    )


def state_of(room):
    """The whole state of a room, except when it was received."""
    last = dict(
        Attendance.objects.filter(point=room)
        .order_by("at", "pk")
        .values_list("delegate_id", "movement")
    )
    return {
        "heads": [row.count for row in HeadCount.objects.filter(point=room).order_by("at", "pk")],
        "hands": list(RoomCount.objects.filter(point=room).values_list("counts", "heads")),
        "in": last,
        "floor": sorted(FloorRequest.objects.filter(point=room).values_list("uid", "state")),
        "asked": sorted(Question.objects.filter(point=room).values_list("uid", "text")),
        "outcomes": list(
            RoomEntry.objects.filter(point=room)
            .order_by("number")
            .values_list("uid", "outcome", "told")
        ),
        "present": present_by_point(room.conference, now() + timedelta(seconds=5))[room.pk],
    }


@long
@settings(
    max_examples=size(8, 60),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data())
def test_however_entries_are_split_repeated_and_mixed_up_the_room_comes_to_the_same(room, data):
    hands, sent = [], []
    for number in range(1, data.draw(st.integers(1, 14)) + 1):
        act, content, uid = content_of(data, room, hands)
        made = STARTS + timedelta(seconds=data.draw(st.integers(0, 600)))  # in no order at all
        sent.append(entry(number, act, made, uid, **content))

    with transaction.atomic():
        for one in sent:
            take_room_entries(room, [one], by=room.desk)
        online = state_of(room)
        transaction.set_rollback(True)

    late = data.draw(st.permutations(sent)) + data.draw(st.lists(st.sampled_from(sent), max_size=6))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(late)), max_size=5)) | {0, len(late)})
    with transaction.atomic():
        for since, until in zip(cuts, cuts[1:], strict=False):
            take_room_entries(room, late[since:until], by=room.desk)
        again = state_of(room)
        transaction.set_rollback(True)
    for name in online:
        assert again[name] == online[name], name


def test_questions_of_a_room_do_not_pile_up_without_end(room, system):
    sent = [entry(n, "question", text=f"Câu {n}?") for n in range(1, 53)]
    answers = take_room_entries(room, sent, by=room.desk)
    assert [one["outcome"] for one in answers].count("refused") == 2
    show_question(Question.objects.first(), by=system)
    assert take_room_entries(room, [entry(60, "question", text="Còn?")], by=room.desk)[0]["ok"]
