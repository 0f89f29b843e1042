"""A conference runs: its programme, floor, questions and attendance; each act wakes the hall;
closing writes to the register.
"""

from datetime import timedelta
from uuid import uuid4

import pytest

from danchu.conference.actions import attendance, floor, questions
from danchu.conference.actions.closing import close_conference
from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.points import edit_point
from danchu.conference.actions.polls import draft_poll, open_poll
from danchu.conference.actions.running import (
    announce,
    end_item,
    open_conference,
    skip_item,
    start_item,
)
from danchu.conference.models import FloorRequest, Question
from danchu.conference.queries import hall_state
from danchu.conference.queries.presence import present_at, present_by_point
from danchu.conference.writes import frames
from danchu.conference.writes.batches import ask_question, lower_hand, raise_hand, upvote_question
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period, now, today
from danchu.kernel.refusals import Refused
from danchu.register.models import Event
from tests.conference.conftest import STARTS


@pytest.fixture(autouse=True)
def on_the_day(in_march, request, clock):
    """The hall opens at its hour."""
    if "running" in request.fixturenames:
        request.getfixturevalue("convened")
        clock.at = STARTS


def item_of(conference, title):
    return conference.items.get(title=title)


def test_an_item_begins_and_ends_the_one_before(running, system):
    first, second = item_of(running, "Báo cáo Sáng"), item_of(running, "Thảo luận Sáng")
    start_item(first, by=system)
    start_item(second, by=system, instead_of=first.pk)
    states = dict(running.items.values_list("title", "state"))
    assert (states["Báo cáo Sáng"], states["Thảo luận Sáng"], states["Phiên Sáng"]) == (
        "done",
        "current",
        "planned",
    )
    assert item_of(running, "Phiên Sáng").began_at == item_of(running, "Báo cáo Sáng").began_at


def test_two_devices_of_the_chair_start_an_item_once(running, steward):
    chair = steward(running, "chair")
    first, second, third = (
        item_of(running, t) for t in ("Báo cáo Sáng", "Thảo luận Sáng", "Báo cáo Chiều")
    )
    start_item(first, by=chair)
    with pytest.raises(Refused, match="đã được bắt đầu"):
        start_item(first, by=chair)
    start_item(second, by=chair, instead_of=first.pk)
    with pytest.raises(Refused, match="thiết bị khác"):
        start_item(third, by=chair, instead_of=first.pk)


def test_the_last_item_of_a_session_ends_it(running, system):
    start_item(item_of(running, "Báo cáo Sáng"), by=system)
    end_item(item_of(running, "Báo cáo Sáng"), by=system)
    skip_item(item_of(running, "Thảo luận Sáng"), by=system)
    assert item_of(running, "Phiên Sáng").state == "done"
    with pytest.raises(Refused, match="mục đầu tiên"):
        start_item(item_of(running, "Phiên Chiều"), by=system)


def test_the_floor_is_given_in_fair_order_and_points_of_order_first(
    running, system, steward, delegates
):
    mine = delegates(running, 6)  # two at each point
    for one in (
        mine[0],
        mine[3],
        mine[1],
    ):  # the first point asks twice before the second asks once
        assert raise_hand(running, one, uuid4(), "speak")
    raise_hand(running, mine[2], uuid4(), "order")
    chair, called, speaking = steward(running, "chair"), [], None
    while waiting := hall_state.hall_state(running, ["floor"])["floor"]["waiting"]:
        found = floor.call_next(running, by=chair, expected=waiting[0]["id"], ending=speaking)
        called.append(found.delegate_id)
        speaking = found.pk
    assert called == [mine[2].pk, mine[0].pk, mine[1].pk, mine[3].pk]


def test_two_devices_of_the_chair_call_one_speaker(running, steward, delegates):
    one, other = delegates(running, 2)
    for who in (one, other):
        raise_hand(running, who, uuid4(), "speak")
    chair = steward(running, "chair")
    first, second = (
        row["id"] for row in hall_state.hall_state(running, ["floor"])["floor"]["waiting"]
    )
    floor.call_next(running, by=chair, expected=first)
    with pytest.raises(Refused, match="thiết bị khác"):
        floor.call_next(running, by=chair, expected=first)
    with pytest.raises(Refused, match="Thứ tự"):
        floor.call_next(running, by=chair, expected=first, ending=first)
    assert FloorRequest.objects.get(state="speaking").pk == first
    floor.extend_speech(FloorRequest.objects.get(pk=first), by=chair, seconds=60, seconds_shown=180)
    with pytest.raises(Refused, match="240"):
        floor.extend_speech(
            FloorRequest.objects.get(pk=first), by=chair, seconds=60, seconds_shown=180
        )
    floor.end_speech(FloorRequest.objects.get(pk=first), by=chair, summary="Đề nghị làm đường")
    with pytest.raises(Refused):
        floor.end_speech(FloorRequest.objects.get(pk=first), by=chair)
    assert FloorRequest.objects.get(pk=first).said == "Đề nghị làm đường"
    floor.skip_request(FloorRequest.objects.get(pk=second), by=chair, reason="Không có mặt")
    with pytest.raises(Refused, match="Không còn ai"):
        floor.call_next(running, by=chair, expected=second)


def test_a_request_is_withdrawn_by_act_and_by_device_only_while_it_waits(
    running, system, steward, delegates
):
    first, second = delegates(running, 2)
    for delegate in (first, second):
        raise_hand(running, delegate, uuid4(), "speak")
    request = FloorRequest.objects.get(delegate=second)
    assert floor.withdraw_request(request, by=system).state == "withdrawn"
    with pytest.raises(Refused, match="không rút được nữa"):
        floor.withdraw_request(request, by=system)
    assert not lower_hand(running, second)

    request = FloorRequest.objects.get(delegate=first)
    floor.call_next(running, by=steward(running, "chair"), expected=request.pk)
    with pytest.raises(Refused, match="không rút được nữa"):
        floor.withdraw_request(request, by=system)
    assert not lower_hand(running, first)
    assert FloorRequest.objects.get(pk=request.pk).state == "speaking"


def asked(conference, delegate, text="Bao giờ làm đường?"):
    uid = uuid4()
    assert ask_question(conference, delegate, uid, text)
    return Question.objects.get(uid=uid)


def test_a_question_reaches_the_screen_only_when_it_is_shown(running, steward, delegates):
    moderator = steward(running, "moderator")
    question = asked(running, delegates(running, 1)[0])
    assert f"question:{question.pk}" not in hall_state.hall_state(running)
    questions.show_question(question, by=moderator)
    assert hall_state.hall_state(running)[f"question:{question.pk}"]["state"] == "shown"
    with pytest.raises(Refused, match="Đã lên màn hình"):
        questions.show_question(question, by=moderator)
    questions.refuse_question(question, by=moderator, reason="Ngoài nội dung")
    assert f"question:{question.pk}" not in hall_state.hall_state(running)


def test_grouped_questions_count_each_delegate_once_and_go_along(running, steward, delegates):
    moderator, who = steward(running, "moderator"), delegates(running, 4)
    a, b, c = (asked(running, one) for one in who[:3])
    for question in (a, b, c):
        questions.show_question(question, by=moderator)
    for question, one in ((a, who[0]), (b, who[0]), (b, who[1]), (c, who[2])):
        upvote_question(question, one)
    questions.group_question(c, by=moderator, into=b)
    questions.group_question(b, by=moderator, into=a)
    assert hall_state.hall_state(running)["wanted"][str(a.pk)] == 3
    with pytest.raises(Refused, match="tách"):
        questions.refuse_question(a, by=moderator, reason="Trùng")
    questions.show_question(c, by=moderator)
    assert hall_state.hall_state(running)["wanted"] == {str(a.pk): 2, str(c.pk): 1}


def test_a_question_is_answered_after_the_hall_has_closed_but_not_screened_any_more(
    running, system, delegates
):
    one = delegates(running, 1)[0]
    shown, waiting = asked(running, one), asked(running, one)
    questions.show_question(shown, by=system)
    close_conference(running, by=system)
    questions.answer_question(shown, by=system, answer="Trong quý II")
    with pytest.raises(Refused):
        questions.show_question(waiting, by=system)


def test_an_answer_owed_in_writing_is_a_commitment_with_owner_and_day(
    running, steward, delegates, committee
):
    moderator, due = steward(running, "moderator"), STARTS.date() + timedelta(days=15)
    question = asked(running, delegates(running, 1)[0])
    questions.show_question(question, by=moderator)
    with pytest.raises(Refused) as no:
        questions.owe_answer(question, by=moderator, due_on=due)
    assert no.value.field == "owner"
    told, promise = questions.owe_answer(question, by=moderator, due_on=due, owner=committee)
    assert (promise.owner, promise.due_on, promise.asked_by, promise.origin_uid) == (
        committee,
        due,
        "Điểm cầu 1",
        question.uid,
    )
    assert (
        told.state == "owed"
        and promise.code in hall_state.hall_state(running)[f"question:{question.pk}"]["answer"]
    )
    questions.answer_question(question, by=moderator, answer="Đã gửi văn bản")


def test_a_delegate_noted_twice_is_there_once_and_where_he_was_noted(
    running, system, steward, delegates, clock
):
    one = delegates(running, 1)[0]
    other = running.points.order_by("position").last()
    attendance.note_movement(one, by=system, movement="arrived", how="qr")
    attendance.note_movement(one, by=system, movement="arrived", how="name")
    assert one.attendance.count() == 1
    clock.forward(minutes=10)
    attendance.note_movement(
        one, by=steward(running, "room", point=other), movement="arrived", how="name", point=other
    )
    at = now()
    clock.forward(minutes=10)
    attendance.note_movement(one, by=system, movement="left", how="name", point=other)
    assert present_by_point(running, at)[other.pk] == (0, 1) and present_by_point(running, STARTS)[
        one.point_id
    ] == (0, 1)
    assert present_at(running, now())["delegates"] == 0
    with pytest.raises(Refused, match="tương lai"):
        attendance.note_movement(
            one, by=system, movement="arrived", how="name", at=now() + timedelta(minutes=1)
        )


def test_a_roll_notes_who_is_new_and_who_is_gone(running, steward, delegates):
    mine = delegates(running, 7)
    room = steward(running, "room", point=mine[0].point)
    here = [one.pk for one in mine if one.point_id == mine[0].point_id]
    assert attendance.note_roll(mine[0].point, by=room, arrived=[*here, mine[1].pk]) == (3, 0)
    assert attendance.note_roll(mine[0].point, by=room, arrived=here[:1], left=here[1:]) == (0, 2)


def test_a_hall_that_ran_under_a_clock_of_tomorrow_is_closed_under_the_right_one(
    convened, system, delegates, clock
):
    clock.at = STARTS + timedelta(days=1)
    hall = open_conference(convened, by=system)
    request = floor.request_floor(hall, by=system, delegate=delegates(hall, 1)[0])
    floor.call_next(hall, by=system, expected=request.pk)
    clock.forward(days=-1)
    closed = close_conference(hall, by=system)
    request.refresh_from_db()
    assert (closed.state, request.state) == ("closed", "done")
    assert request.ended_at == request.began_at
    assert closed.event.held_on == today()


def test_closing_gives_the_register_its_delegates_by_point_at_once(
    running, system, delegates, country, clock
):
    mine = delegates(running, 9)
    guest = add_delegate(running, by=system, name="Khách", unit=country.here)
    first, second, third = running.points.order_by("position")
    for count in (40, 55, 30):
        attendance.count_heads(first, by=system, count=count)
        clock.forward(minutes=1)
    for one in (*mine[:5], guest):
        attendance.note_movement(one, by=system, movement="arrived", how="qr")
    attendance.note_movement(
        mine[1], by=system, movement="arrived", how="qr", point=first
    )  # sits in the first room: among its heads
    day = STARTS.date()

    def counted(unit):
        return figure(
            INDICATORS["online_conference_delegates"],
            unit.pk,
            Period(day, day + timedelta(days=1)),
            day,
        ).value

    assert (counted(country.nation), counted(country.here)) == (0, 0)
    closed = close_conference(running, by=system)
    assert (counted(country.nation), counted(country.here)) == (58, 56)
    event = Event.objects.get(pk=closed.event_id)
    assert (event.state, event.form, event.participants) == ("confirmed", "online", 55 + 1 + 1 + 1)
    assert [(p.name, p.unit_id, p.amount) for p in event.parts.order_by("pk")] == [
        ("Điểm cầu 1", first.unit_id, 55),
        ("Điểm cầu 2", second.unit_id, 1),
        ("Điểm cầu 3", third.unit_id, 1),
        ("Dự từ xa, không thuộc điểm cầu", country.here.pk, 1),
    ]
    assert told_of(closed)["presence"] == {"points": 3, "came": 58}, (
        "a closed hall tells who came, not that nobody is there now"
    )


def test_a_chair_with_a_pass_closes_into_a_draft(running, steward):
    closed = close_conference(running, by=steward(running, "chair"))
    assert closed.event.state == "draft" and closed.event.recorded_by == "system"
    with pytest.raises(Refused, match="thiết bị khác"):
        close_conference(closed, by=steward(running, "chair"))


def test_who_may_confirm_what_he_closes_has_it_confirmed(running, at):
    assert close_conference(running, by=at("front_chair")).event.state == "confirmed"


def test_an_open_vote_keeps_the_hall_from_closing(running, system):
    poll = draft_poll(
        running,
        by=system,
        title="Thông qua",
        options=["Có", "Không"],
        kind="opinion",
        secrecy="named",
    )
    open_poll(poll, by=system)
    with pytest.raises(Refused, match="biểu quyết"):
        close_conference(running, by=system)


def told_of(conference):
    return hall_state.hall_state(type(conference).objects.get(pk=conference.pk))


def steps(running, system, who):
    """Each act in turn, on one hall: (name, call, parts of the hall it wakes)."""
    first, second = item_of(running, "Báo cáo Sáng"), item_of(running, "Thảo luận Sáng")
    point = running.points.order_by("position").first()
    yield "announce", lambda: announce(running, by=system, text="Chờ ít phút"), ["programme"]
    yield "start", lambda: start_item(first, by=system), ["programme", "floor", "questions"]
    yield "end", lambda: end_item(first, by=system), ["programme"]
    yield "skip", lambda: skip_item(second, by=system), ["programme"]
    yield "request", lambda: floor.request_floor(running, by=system, delegate=who[0]), ["floor"]
    yield (
        "withdraw",
        lambda: floor.withdraw_request(FloorRequest.objects.get(state="waiting"), by=system),
        ["floor"],
    )
    yield "again", lambda: floor.request_floor(running, by=system, delegate=who[1]), ["floor"]
    yield (
        "call",
        lambda: floor.call_next(
            running, by=system, expected=FloorRequest.objects.get(state="waiting").pk
        ),
        ["floor"],
    )
    yield (
        "extend",
        lambda: floor.extend_speech(
            FloorRequest.objects.get(state="speaking"), by=system, seconds=60, seconds_shown=180
        ),
        ["floor"],
    )
    yield (
        "finish",
        lambda: floor.end_speech(FloorRequest.objects.get(state="speaking"), by=system),
        ["floor"],
    )
    yield (
        "third",
        lambda: floor.request_floor(running, by=system, point=point, speaker="Bà Mận"),
        ["floor"],
    )
    yield (
        "pass over",
        lambda: floor.skip_request(
            FloorRequest.objects.get(state="waiting"), by=system, reason="Hết giờ"
        ),
        ["floor"],
    )
    a, b = asked(running, who[0]), asked(running, who[1])
    yield "show", lambda: questions.show_question(a, by=system), ["questions"]
    yield "show b", lambda: questions.show_question(b, by=system), ["questions"]
    yield "group", lambda: questions.group_question(b, by=system, into=a), ["questions"]
    yield "answer", lambda: questions.answer_question(a, by=system, answer="Có"), ["questions"]
    yield "refuse", lambda: questions.refuse_question(b, by=system, reason="Trùng"), ["questions"]
    yield (
        "arrive",
        lambda: attendance.note_movement(who[0], by=system, movement="arrived", how="qr"),
        ["presence"],
    )
    yield (
        "roll",
        lambda: attendance.note_roll(who[0].point, by=system, arrived=[who[0].pk, who[3].pk]),
        ["presence"],
    )
    yield "heads", lambda: attendance.count_heads(point, by=system, count=12), ["presence"]
    yield (
        "rename",
        lambda: edit_point(point, by=system, name="Điểm cầu chính"),
        ["presence", "floor"],
    )
    yield "close", lambda: close_conference(running, by=system), frames.ALL


def test_the_snapshot_before_and_the_frame_of_what_an_act_wakes_are_the_snapshot_after(
    running, system, delegates, monkeypatch
):
    woken = []
    monkeypatch.setattr(frames, "wake", lambda conference, *parts: woken.extend(parts))
    who = delegates(running, 6)
    for name, act, parts in steps(running, system, who):
        before = told_of(running)
        woken.clear()
        act()
        after = told_of(running)
        fresh = type(running).objects.get(pk=running.pk)
        changes = frames.changes_between(
            hall_state.keys_of_parts(before, woken),
            hall_state.hall_state(fresh, list(dict.fromkeys(woken))),
        )
        assert frames.apply_changes(before, changes) == after, name
        assert set(woken) == set(parts), name


def test_opening_is_told_and_done_once(convened, system, clock):
    clock.at = STARTS
    before = told_of(convened)
    open_conference(convened, by=system)
    assert told_of(convened)["hall"]["state"] == "open" and before["hall"]["state"] == "convened"
    with pytest.raises(Refused, match="thiết bị khác"):
        open_conference(convened, by=system)
