"""Whatever is done in a hall, what was told before and the frames since make what is told
after: an act wakes all that it changes.
"""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest

from danchu.conference.actions import (
    attendance,
    conferences,
    delegates,
    floor,
    inviting,
    passes,
    points,
    polls,
    programme,
    questions,
    registration,
    running,
)
from danchu.conference.actions.closing import close_conference
from danchu.conference.actions.rooms import take_room_entries
from danchu.conference.input.fields import clean_delegate
from danchu.conference.input.invitee_list import read_invitees
from danchu.conference.input.registration import Registration
from danchu.conference.models import Conference, FloorRequest, Frame, HallState, Pass, Question
from danchu.conference.queries.hall_state import PARTS, hall_state
from danchu.conference.writes import batches, frames
from danchu.kernel.days import now
from danchu.live.sequencer import sequence
from danchu.notices.models import Notice
from tests.conference.conftest import committee, conference, convened, in_march, steward  # noqa: F401
from tests.conference.test_preparing import PDF
from tests.conference.test_rights import TABLE
from tests.people.conftest import country, holder, offices, person, system  # noqa: F401

# A conference before it is told of at all, and a door that opens by the public's hand, not by an
# official's.
ELSEWHERE = {"draft_conference", "enter_hall"}
THROUGH_INTAKE = {"vote", "ask_question", "upvote_question", "raise_hand", "lower_hand"}


class Told:
    """A conference with what its hall was told; `do` does one act and holds the frames to the
    tables.
    """

    def __init__(self, conference, monkeypatch, system):
        self.conference, self.system, self.done, self._woken = conference, system, set(), set()
        monkeypatch.setattr(
            frames, "_notify", lambda _channel, text: self._woken.update(text.split()[1:])
        )
        monkeypatch.setattr(batches, "_wake", lambda _conference, part: self._woken.add(part))
        sequence(conference)

    def do(self, name, act):
        held = HallState.objects.get(conference=self.conference)
        self._woken.clear()
        made = act(self.system)
        conference = Conference.objects.get(pk=self.conference.pk)
        sequence(conference, tuple(part for part in PARTS if part in self._woken))
        state = held.state
        for body in (
            Frame.objects.filter(conference=conference, v__gt=held.v)
            .order_by("v")
            .values_list("body", flat=True)
        ):
            state = frames.apply_changes(state, frames.json.loads(body)["changes"])
        snapshot = HallState.objects.get(conference=conference).state
        assert state == snapshot, name
        assert snapshot == frames.json.loads(frames.json.dumps(hall_state(conference))), (
            f"{name} changed what it did not wake"
        )
        self.done.add(name)
        return made


@pytest.fixture
def hall(convened, monkeypatch, system):
    return Told(convened, monkeypatch, system)


def test_what_was_told_and_the_frames_since_make_what_is_told_after_each_act(
    hall, country, offices, steward
):
    it, do = hall.conference, hall.do
    do(
        "edit_conference",
        lambda by: conferences.edit_conference(it, by=by, entry="link", title="Tên mới"),
    )
    do("renew_entry_code", lambda by: conferences.renew_entry_code(it, by=by))
    point, other = it.points.order_by("position")[:2]
    session = it.items.filter(kind="session").first()
    added = do("add_item", lambda by: programme.add_item(it, by=by, title="Thêm", parent=session))
    do("edit_item", lambda by: programme.edit_item(added, by=by, title="Sửa"))
    do("move_item", lambda by: programme.move_item(added, by=by, down=False))
    paper = do(
        "add_item_paper", lambda by: programme.add_item_paper(added, BytesIO(PDF), "a.pdf", by=by)
    )
    do("remove_item_paper", lambda by: programme.remove_item_paper(paper, by=by))
    do("remove_item", lambda by: programme.remove_item(added, by=by))
    extra = do(
        "add_point", lambda by: points.add_point(it, by=by, unit=country.here, name="Điểm cầu mới")
    )
    do("edit_point", lambda by: points.edit_point(extra, by=by, room="P2"))
    do("remove_point", lambda by: points.remove_point(extra, by=by))
    one, two, three = (
        do(
            "add_delegate",
            lambda by, n=n: delegates.add_delegate(it, by=by, name=f"Đại biểu {n}", point=point),
        )
        for n in range(3)
    )
    listed = "Họ và tên\nĐặng Mười Một\n".encode()
    do(
        "import_delegates",
        lambda by: delegates.import_delegates(
            it,
            BytesIO(listed),
            "a.csv",
            by=by,
            token=read_invitees(it, BytesIO(listed), "a.csv").token,
        ),
    )
    do(
        "edit_delegate",
        lambda by: delegates.edit_delegate(
            one, by=by, name="Lê Tám", contact="0912345678", point=point
        ),
    )
    do(
        "send_invitations",
        lambda by: inviting.send_invitations(it, by=by, entry_url="https://vidu.vn/h/"),
    )
    Notice.objects.update(state="sent", target="")
    do(
        "send_invitation_again",
        lambda by: inviting.send_invitation_again(one, by=by, entry_url="https://vidu.vn/h/"),
    )
    do(
        "invite_holders",
        lambda by: delegates.invite_holders(
            it, by=by, office_kind=offices["commune_clerk"], unit=country.here
        ),
    )
    came, _code = do(
        "register_delegate",
        lambda by: registration.register_delegate(it, by=by, code="", name="Ngô Chín"),
    )
    do(
        "register_delegates",
        lambda by: registration.register_delegates(
            it,
            by=by,
            code="",
            forms=[
                Registration(clean_delegate(name="Ngô Mười", office="", contact="", entitled=False))
            ],
        ),
    )
    do("cancel_registration", lambda by: registration.cancel_registration(came, by=by))
    do("reinstate_delegate", lambda by: registration.reinstate_delegate(came, by=by))
    chair, _secret = do("issue_pass", lambda by: passes.issue_pass(it, by=by, role="chair"))
    do("issue_room_passes", lambda by: passes.issue_room_passes(it, by=by))
    do("withdraw_pass", lambda by: passes.withdraw_pass(chair, by=by))
    do("release_device", lambda by: passes.release_device(Pass.objects.get(delegate=one), by=by))
    do("renew_pass", lambda by: passes.renew_pass(Pass.objects.get(delegate=one), by=by))
    do("open_conference", lambda by: running.open_conference(it, by=by))
    do("announce", lambda by: running.announce(it, by=by, text="Chờ ít phút"))
    first, second, third = it.items.exclude(kind="session").order_by("position")[:3]
    do("start_item", lambda by: running.start_item(first, by=by))
    do("start_item", lambda by: running.start_item(second, by=by, instead_of=first.pk))
    do("end_item", lambda by: running.end_item(second, by=by))
    do("skip_item", lambda by: running.skip_item(third, by=by))
    do(
        "note_movement",
        lambda by: attendance.note_movement(one, by=by, movement="arrived", how="qr"),
    )
    do(
        "note_roll",
        lambda by: attendance.note_roll(point, by=by, arrived=[two.pk, three.pk], left=[one.pk]),
    )
    do("count_heads", lambda by: attendance.count_heads(other, by=by, count=30))
    _the_floor(hall, point, one, two)
    _questions(hall, one, two)
    _polls(hall, other, two)
    do("close_conference", lambda by: close_conference(it, by=by))
    assert (
        hall.done | ELSEWHERE | {"convene_conference", "cancel_conference"}
        == set(TABLE) | THROUGH_INTAKE
    )


def _the_floor(hall, point, one, two):
    it, do = hall.conference, hall.do
    asked = do(
        "request_floor", lambda by: floor.request_floor(it, by=by, point=point, speaker="Khách mời")
    )
    do("raise_hand", lambda by: batches.raise_hand(it, one, uuid4(), "order"))
    do("raise_hand", lambda by: batches.raise_hand(it, two, uuid4(), "speak"))
    do("lower_hand", lambda by: batches.lower_hand(it, two))
    ordered = FloorRequest.objects.get(delegate=one, state="waiting")
    called = do("call_next", lambda by: floor.call_next(it, by=by, expected=ordered.pk))
    do(
        "extend_speech",
        lambda by: floor.extend_speech(called, by=by, seconds=60, seconds_shown=180),
    )
    do("end_speech", lambda by: floor.end_speech(called, by=by))
    do("skip_request", lambda by: floor.skip_request(asked, by=by, reason="Không có trong phòng"))
    again = do(
        "request_floor",
        lambda by: floor.request_floor(it, by=by, point=point, speaker="Khách khác"),
    )
    do("withdraw_request", lambda by: floor.withdraw_request(again, by=by))


def _questions(hall, one, two):
    it, do = hall.conference, hall.do
    for text in ("Bao giờ?", "Ở đâu?", "Ai làm?", "Vì sao?"):
        do(
            "ask_question",
            lambda by, text=text: batches.ask_question(
                it, one if text < "C" else two, uuid4(), text
            ),
        )
    when, where, who, why = (
        Question.objects.get(text=text) for text in ("Bao giờ?", "Ở đâu?", "Ai làm?", "Vì sao?")
    )
    for question in (when, where, who):
        do("show_question", lambda by, question=question: questions.show_question(question, by=by))
    for question in (when, where):
        do("upvote_question", lambda by, question=question: batches.upvote_question(question, two))
    do("group_question", lambda by: questions.group_question(where, by=by, into=when))
    do("refuse_question", lambda by: questions.refuse_question(why, by=by, reason="Ngoài phạm vi"))
    do("answer_question", lambda by: questions.answer_question(when, by=by, answer="Tháng sau"))
    do(
        "owe_answer",
        lambda by: questions.owe_answer(
            who, by=by, due_on=(now() + timedelta(days=10)).date(), office="Phòng Kinh tế"
        ),
    )


def _polls(hall, room, two):
    it, do = hall.conference, hall.do
    given = {
        "title": "Việc",
        "options": ["Có", "Không"],
        "kind": "opinion",
        "secrecy": "named",
        "franchise": "both",
    }
    poll = do("draft_poll", lambda by: polls.draft_poll(it, by=by, **given))
    do("edit_poll", lambda by: polls.edit_poll(poll, by=by, title="Việc khác"))
    opened = do("open_poll", lambda by: polls.open_poll(poll, by=by))
    do("vote", lambda by: batches.vote(opened, two, 1))
    entry = {
        "uid": str(uuid4()),
        "number": 1,
        "act": "hands",
        "content": {"poll": poll.pk, "counts": [20, 5]},
        "made_at": now(),
    }
    others = [
        {"uid": str(uuid4()), "number": n, "act": act, "content": content, "made_at": now()}
        for n, (act, content) in enumerate(
            (
                ("heads", {"count": 28}),
                ("question", {"text": "Hỏi gì?"}),
                ("hand", {"speaker": "Bà Sáu"}),
            ),
            2,
        )
    ]
    for one in (entry, *others):
        do("take_room_entries", lambda by, one=one: take_room_entries(room, [one], by=by))
    closed = do("close_poll", lambda by: polls.close_poll(poll, by=by))
    do("declare_poll", lambda by: polls.declare_poll(closed, by=by))
    second = do("draft_poll", lambda by: polls.draft_poll(it, by=by, **given))
    do("open_poll", lambda by: polls.open_poll(second, by=by))
    do("cancel_poll", lambda by: polls.cancel_poll(second, by=by, reason="Hỏi lại"))


def test_convening_and_calling_off_are_told_too(conference, monkeypatch, system):
    hall = Told(conference, monkeypatch, system)
    hall.do("convene_conference", lambda by: conferences.convene_conference(conference, by=by))
    hall.do(
        "cancel_conference",
        lambda by: conferences.cancel_conference(conference, by=by, reason="Bão"),
    )
