"""Illustrative conferences, votes and questions in the states that the others do not have."""

from datetime import timedelta
from uuid import UUID, uuid5

from danchu.conference.actions import cancel_poll, close_poll, draft_poll, open_poll
from danchu.conference.actions.conferences import (
    cancel_conference,
    convene_conference,
    draft_conference,
)
from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.programme import add_item
from danchu.conference.actions.questions import group_question, owe_answer, refuse_question
from danchu.conference.models import BridgePoint, Conference, Delegate, Question
from danchu.conference.writes.batches import vote
from danchu.demo.open_hall import UID as HALL
from danchu.demo.people import person_name
from danchu.demo.polls import YES_NO, note_arrivals
from danchu.kernel.days import now, today
from danchu.units.find import unit_from

NAMES = UUID("5a1e0000-0000-4000-8000-000000000003")
# (title, days until it begins, last state)
CONFERENCES = (
    ("Hội nghị tổng kết công tác dân vận của phường", 40, "drafted"),
    ("Hội nghị đối thoại giữa Chủ tịch UBND phường và Nhân dân", 9, "convened"),
    ("Hội nghị lấy ý kiến về đề án tuyến phố đi bộ", 5, "cancelled"),
)
PROGRAMME = (
    ("Khai mạc", "opening", 10),
    ("Báo cáo việc trả lời các ý kiến kỳ trước", "report", 20),
    ("Nhân dân nêu ý kiến, lãnh đạo phường trả lời", "questions", 90),
    ("Bế mạc", "closing", 10),
)
# A hall of another city in session: one vote waits to be declared, one was called off.
ELSEWHERE = "26740"
DELEGATES = 15
# Questions of the open hall: (text, asker, what became of it)
QUESTIONS = (
    ("Nhà hàng xóm nuôi chó không rọ mõm, đề nghị phạt.", "Phạm Thị Nga", "refused"),
    ("Vỉa hè trước nhà văn hóa số 3 bao giờ lát xong?", "Vũ Đức Toàn", "grouped"),
    ("Kinh phí lắp đèn ngõ năm nay là bao nhiêu?", "Đỗ Thị Yến", "owed"),
)
DUE_IN = timedelta(days=15)


def play_halls(ward):
    """Returns how many records are new."""
    for title, days, state in CONFERENCES:
        _play_conference(ward, title, days, state)
    _play_votes(ward)
    _play_questions(ward)
    return len(CONFERENCES) + 1 + len(QUESTIONS)


def _play_conference(ward, title, days, state):
    begins_at = (now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)
    conference = draft_conference(
        by=ward.by,
        unit=ward.unit,
        body=ward.bodies["peoples_committee"],
        title=title,
        starts_at=begins_at,
        illustrative=True,
    )
    for item, kind, minutes in PROGRAMME:
        add_item(conference, by=ward.by, title=item, kind=kind, planned_minutes=minutes)
    if state == "drafted":
        return
    conference = convene_conference(conference, by=ward.by)
    if state == "cancelled":
        cancel_conference(
            conference, by=ward.by, reason="Đề án được gửi lấy ý kiến bằng phiếu, không họp nữa."
        )


def _play_votes(ward):
    """A hall of a ward of the other city, with the votes that the other halls do not have."""
    conference = _open_elsewhere(ward)
    delegates = _delegates(ward, conference)
    settings = {"kind": "opinion", "secrecy": "named", "options": YES_NO}
    closed = draft_poll(conference, by=ward.by, title="Chọn giờ họp tổ vào buổi tối", **settings)
    closed = open_poll(closed, by=ward.by)
    for number, delegate in enumerate(delegates):
        vote(closed, delegate, number % 2)
    close_poll(closed, by=ward.by)
    cancelled = draft_poll(conference, by=ward.by, title="Chọn ngày tổng vệ sinh", **settings)
    cancel_poll(cancelled, by=ward.by, reason="Gộp vào việc lấy ý kiến sau.")


def _open_elsewhere(ward):
    unit = unit_from(f"{ELSEWHERE}@{today().isoformat()}")
    conference = Conference.objects.create(
        uid=NAMES,
        unit=unit,
        title="Hội nghị đại diện hộ gia đình, bàn giờ họp tổ",
        state="open",
        starts_at=now(),
        opened_at=now(),
        planned_minutes=90,
        illustrative=True,
        made_by=ward.by.key,
        made_at=now(),
    )
    BridgePoint.objects.create(
        conference=conference, unit=unit, name="Hội trường phường", expected=DELEGATES, position=0
    )
    return conference


def _delegates(ward, conference):
    point = conference.points.get()
    names = dict.fromkeys(person_name(ward.chance) for _ in range(DELEGATES))
    delegates = [
        add_delegate(conference, by=ward.by, name=name, office="Đại diện hộ gia đình", point=point)
        for name in names
    ]
    Delegate.objects.filter(conference=conference).update(state="registered")
    note_arrivals(conference, delegates)
    return delegates


def _play_questions(ward):
    hall = Conference.objects.get(uid=HALL)
    first = hall.questions.filter(state="shown").order_by("asked_at").first()
    for number, (text, asker, outcome) in enumerate(QUESTIONS):
        question = Question.objects.create(
            uid=uuid5(NAMES, text),
            conference=hall,
            item=first.item,
            point=first.point,
            asker=asker,
            text=text,
            state="submitted" if outcome != "owed" else "shown",
            asked_at=hall.opened_at + timedelta(minutes=8 + number),
        )
        if outcome == "refused":
            refuse_question(question, by=ward.by, reason="Việc này báo ở mục Báo việc hỏng.")
        elif outcome == "grouped":
            group_question(question, by=ward.by, into=first)
        else:
            owe_answer(
                question,
                by=ward.by,
                due_on=today() + DUE_IN,
                owner=ward.bodies["peoples_committee"],
            )
