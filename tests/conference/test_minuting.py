"""Minutes are drafted from the rows: every number in them is a count of rows."""

from datetime import timedelta
from uuid import uuid4

import pytest

from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.minuting import write_minutes
from danchu.conference.actions.running import end_item, start_item
from danchu.conference.models import Conference, FloorRequest, Poll, Question, Upvote
from danchu.kernel.days import day_of, now
from danchu.kernel.refusals import Denied, Refused
from danchu.minutes.actions import approve_minutes
from danchu.people.actor import Actor
from danchu.register.actions import (
    confirm_event,
    correct_event,
    discard_draft,
    draft_event,
    withdraw_event,
)
from danchu.register.models import Event
from tests.conference.conftest import STARTS


@pytest.fixture
def closed(running, system, clock, country):
    """A closed conference: two items, a speech with a summary and one without, four questions, two
    polls, two bridge points.
    """
    clock.at = STARTS
    Conference.objects.filter(pk=running.pk).update(opened_at=now())
    report, discussion, *_rest = running.items.exclude(kind="session").order_by("position")
    start_item(report, by=system)
    clock.at = STARTS + timedelta(minutes=30)
    end_item(report, by=system)
    start_item(discussion, by=system)
    point = running.points.order_by("pk").first()
    held = {"conference": running, "item": discussion, "point": point}
    for said in ("Đề nghị mở rộng ngõ 5.", ""):
        FloorRequest.objects.create(
            uid=uuid4(),
            **held,
            speaker="Bà Mận",
            state="done",
            asked_at=now(),
            began_at=now(),
            ended_at=now(),
            said=said,
        )
    shown = Question.objects.create(
        uid=uuid4(),
        **held,
        text="Bao giờ khởi công?",
        state="answered",
        answer="Quý II.",
        asked_at=now(),
    )
    for state, into in (("refused", None), ("grouped", shown), ("submitted", None)):
        Question.objects.create(
            uid=uuid4(), **held, text=f"Câu {state}", state=state, into=into, asked_at=now()
        )
    delegates = [add_delegate(running, by=system, name=f"Đại biểu {n}") for n in range(3)]
    Upvote.objects.bulk_create(Upvote(question=shown, delegate=d) for d in delegates)
    for title, outcome in (("Thông qua nghị quyết?", "passed"), ("Đổi giờ họp?", "not_passed")):
        told = {
            "cast": 3,
            "roll": 4,
            "counts": [2, 1],
            "outcome": outcome,
            "why": "Được thông qua." if outcome == "passed" else "Không được thông qua.",
        }
        Poll.objects.create(
            uid=uuid4(),
            conference=running,
            item=discussion,
            title=title,
            kind="binding",
            secrecy="named",
            options=["Đồng ý", "Không đồng ý"],
            state="declared",
            opened_at=now(),
            closed_at=now(),
            declared_at=now(),
            result={"told": told},
            made_by="kiểm thử",
            made_at=now(),
        )
    clock.at = STARTS + timedelta(hours=2)
    parts = [
        ("bridge_point", p.unit, p.name, 40 + n)
        for n, p in enumerate(running.points.order_by("pk")[:2])
    ]
    event = confirm_event(
        draft_event(
            "conference",
            by=system,
            unit=country.here,
            body=running.body,
            held_on=day_of(STARTS),
            title=running.title,
            form="online",
            parts=parts,
        ),
        by=system,
    )
    Conference.objects.filter(pk=running.pk).update(state="closed", closed_at=now(), event=event)
    running.refresh_from_db()
    return running


def test_they_tell_when_who_and_how_many_as_the_register_does(closed, system):
    minutes = write_minutes(closed, by=system)
    assert (minutes.hours, minutes.attendance) == ("08:00–10:00", "81 đại biểu tại 2 điểm cầu.")
    assert minutes.event_id == closed.event_id and minutes.held_on == day_of(STARTS)
    texts = [block.text for block in minutes.blocks.all()]
    assert "Điểm cầu 1: 40; Điểm cầu 2: 41." in texts


def test_each_item_tells_what_happened_in_it(closed, system):
    texts = [block.text for block in write_minutes(closed, by=system).blocks.all()]
    place = texts.index("08:30–…. Thảo luận Sáng.")
    assert texts[place + 1] == "Đề nghị mở rộng ngõ 5."
    assert texts[place + 2] == "08:30: Bà Mận (Điểm cầu 1) phát biểu."
    assert (
        texts[place + 3]
        == "Câu hỏi (Điểm cầu 1): Bao giờ khởi công? (3 đại biểu cùng muốn được trả lời.) "
        "Trả lời: Quý II."
    )
    assert (
        texts[place + 4]
        == "Câu hỏi khác: 1 câu gộp vào câu trên, 1 câu không đưa lên, 1 câu chưa kịp duyệt."
    )
    assert texts[place + 5].startswith(
        "Biểu quyết (công khai (ghi tên)) “Thông qua nghị quyết?”: 3 phiếu trên 4 người. "
        "Đồng ý: 2 (66,7"
    )
    assert texts[place + 6].endswith("Không được thông qua.")
    assert "Báo cáo Chiều: không tiến hành." in texts
    assert texts[-1].startswith("Tại hội nghị có 2 lượt phát biểu, 3 câu hỏi, 2 cuộc biểu quyết")


def test_speeches_are_marked_as_opinions_and_carried_votes_as_decisions(closed, system):
    minutes = write_minutes(closed, by=system)
    assert [(p.kind, p.text[:20]) for p in minutes.passages.all()] == [
        ("opinion", "Đề nghị mở rộng ngõ "),
        ("decision", "Biểu quyết (công kha"),
    ]
    approve_minutes(minutes, by=system)
    assert minutes.passages.counted().count() == 2


def test_they_are_drafted_once_of_a_closed_conference_by_who_may(closed, system):
    with pytest.raises(Denied):
        write_minutes(closed, by=Actor.public())
    write_minutes(closed, by=system)
    with pytest.raises(Refused, match="đã có biên bản"):
        write_minutes(closed, by=system)


def test_one_still_in_session_has_no_minutes(running, system):
    with pytest.raises(Refused):
        write_minutes(running, by=system)


@pytest.mark.case("FI7")
def test_the_conference_and_its_minutes_follow_a_correction_of_the_event(closed, system, country):
    for number in (7, 9):
        corrected = correct_event(
            Event.objects.get(hall=closed), by=system, reason="Đếm lại", participants=number
        )
    with pytest.raises(Refused) as refusal:
        correct_event(corrected, by=system, reason="Nơi khác", unit=country.next_door, body=None)
    assert refusal.value.field == "unit"
    closed.refresh_from_db()
    assert closed.event == corrected
    Conference.objects.filter(pk=closed.pk).update(event=corrected.supersedes.supersedes)
    assert write_minutes(closed, by=system).event == corrected, "as an earlier version left it"


@pytest.mark.case("FI7")
def test_a_conference_whose_event_was_withdrawn_has_minutes_of_no_event(closed, system):
    withdraw_event(Event.objects.get(hall=closed), by=system, reason="Có số báo cáo giấy")
    assert write_minutes(closed, by=system).event is None


@pytest.mark.case("FI7")
def test_a_draft_that_a_conference_left_in_the_register_is_discarded(closed, system, country):
    draft = draft_event(
        "conference", by=system, unit=country.here, held_on=day_of(now()), title="Hội nghị"
    )
    Conference.objects.filter(pk=closed.pk).update(event=draft)
    discard_draft(draft, by=system)
    closed.refresh_from_db()
    assert closed.event is None and write_minutes(closed, by=system).event is None
