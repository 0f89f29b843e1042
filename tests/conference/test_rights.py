"""The full table of acts: each office and each pass tries each act, at its own conference and at
another's.
"""

from io import BytesIO
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction

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
from danchu.conference.actions.conferences import convene_conference, draft_conference
from danchu.conference.actions.rooms import take_room_entries
from danchu.conference.input.invitee_list import read_invitees
from danchu.conference.models import FloorRequest, Pass, Question
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from tests.conference.conftest import STARTS
from tests.conference.test_preparing import PDF

# Written out apart from office_kinds.toml and rules.py on purpose.
PREPARE = {
    "commune_clerk",
    "front_clerk",
    "front_chair",
    "committee_chair",
    "steering_officer",
    "operator",
}
CONVENE = {"front_chair", "committee_chair", "steering_officer", "operator"}
CHAIR = CONVENE | {"pass:chair"}
DRAFT_POLL = PREPARE | CHAIR
OWN = PREPARE | {"pass:delegate"}
MODERATE = CHAIR | PREPARE | {"pass:moderator"}
AT_HIS_POINT = PREPARE | {"pass:room"}

LIST = "Họ và tên\nLê Tám\n".encode()
TABLE = {
    # act: (who may, how it is done)
    "draft_conference": (
        PREPARE,
        lambda by, it: draft_conference(by=by, unit=it.unit, title="Mới", starts_at=STARTS),
    ),
    "edit_conference": (
        PREPARE,
        lambda by, it: conferences.edit_conference(it.conference, by=by, title="Khác"),
    ),
    "renew_entry_code": (
        PREPARE,
        lambda by, it: conferences.renew_entry_code(it.conference, by=by),
    ),
    "convene_conference": (CONVENE, lambda by, it: convene_conference(it.drafted, by=by)),
    "cancel_conference": (
        CONVENE,
        lambda by, it: conferences.cancel_conference(it.conference, by=by, reason="Bão"),
    ),
    "open_conference": (CHAIR, lambda by, it: running.open_conference(it.conference, by=by)),
    "announce": (CHAIR, lambda by, it: running.announce(it.conference, by=by, text="Chờ ít phút")),
    "start_item": (CHAIR, lambda by, it: running.start_item(it.item, by=by)),
    "end_item": (CHAIR, lambda by, it: running.end_item(it.item, by=by)),
    "skip_item": (CHAIR, lambda by, it: running.skip_item(it.item, by=by)),
    "add_item": (PREPARE, lambda by, it: programme.add_item(it.conference, by=by, title="Thêm")),
    "edit_item": (PREPARE, lambda by, it: programme.edit_item(it.item, by=by, title="Sửa")),
    "move_item": (PREPARE, lambda by, it: programme.move_item(it.item, by=by, down=True)),
    "remove_item": (PREPARE, lambda by, it: programme.remove_item(it.item, by=by)),
    "add_item_paper": (
        PREPARE,
        lambda by, it: programme.add_item_paper(it.item, BytesIO(PDF + b"2"), "b.pdf", by=by),
    ),
    "remove_item_paper": (PREPARE, lambda by, it: programme.remove_item_paper(it.paper, by=by)),
    "add_point": (
        PREPARE,
        lambda by, it: points.add_point(it.conference, by=by, unit=it.unit, name="Mới"),
    ),
    "edit_point": (PREPARE, lambda by, it: points.edit_point(it.point, by=by, room="P2")),
    "remove_point": (PREPARE, lambda by, it: points.remove_point(it.point, by=by)),
    "add_delegate": (
        PREPARE,
        lambda by, it: delegates.add_delegate(it.conference, by=by, name="Lê Tám"),
    ),
    "import_delegates": (
        PREPARE,
        lambda by, it: delegates.import_delegates(
            it.conference,
            BytesIO(LIST),
            "a.csv",
            by=by,
            token=read_invitees(it.conference, BytesIO(LIST), "a.csv").token,
        ),
    ),
    "edit_delegate": (
        PREPARE,
        lambda by, it: delegates.edit_delegate(it.delegate, by=by, name="Lê Tám", point=it.point),
    ),
    "invite_holders": (
        PREPARE,
        lambda by, it: delegates.invite_holders(
            it.conference, by=by, office_kind=it.office, unit=it.unit
        ),
    ),
    "register_delegate": (
        PREPARE,
        lambda by, it: registration.register_delegate(
            it.conference, by=by, code="HN-0000-0000", name="Lê Tám"
        ),
    ),
    "register_delegates": (
        PREPARE,
        lambda by, it: registration.register_delegates(
            it.conference, by=by, code="HN-0000-0000", forms=[]
        ),
    ),
    "cancel_registration": (
        OWN,
        lambda by, it: registration.cancel_registration(it.delegate, by=by),
    ),
    "reinstate_delegate": (OWN, lambda by, it: registration.reinstate_delegate(it.delegate, by=by)),
    "send_invitations": (
        PREPARE,
        lambda by, it: inviting.send_invitations(it.conference, by=by, entry_url="https://x/h/"),
    ),
    "send_invitation_again": (
        PREPARE,
        lambda by, it: inviting.send_invitation_again(it.delegate, by=by, entry_url="https://x/h/"),
    ),
    "issue_pass": (PREPARE, lambda by, it: passes.issue_pass(it.conference, by=by, role="chair")),
    "issue_room_passes": (PREPARE, lambda by, it: passes.issue_room_passes(it.conference, by=by)),
    "withdraw_pass": (PREPARE, lambda by, it: passes.withdraw_pass(it.chair, by=by)),
    "release_device": (
        AT_HIS_POINT,
        lambda by, it: passes.release_device(it.delegate.pass_in, by=by),
    ),
    "renew_pass": (PREPARE, lambda by, it: passes.renew_pass(it.delegate.pass_in, by=by)),
    "draft_poll": (
        DRAFT_POLL,
        lambda by, it: polls.draft_poll(
            it.conference,
            by=by,
            title="Việc",
            options=["Có", "Không"],
            kind="opinion",
            secrecy="named",
        ),
    ),
    "edit_poll": (DRAFT_POLL, lambda by, it: polls.edit_poll(it.poll, by=by, title="Khác")),
    "open_poll": (CHAIR, lambda by, it: polls.open_poll(it.poll, by=by)),
    "close_poll": (CHAIR, lambda by, it: polls.close_poll(it.poll, by=by)),
    "declare_poll": (CHAIR, lambda by, it: polls.declare_poll(it.poll, by=by)),
    "cancel_poll": (CHAIR, lambda by, it: polls.cancel_poll(it.poll, by=by, reason="Hỏi lại")),
    "request_floor": (
        CHAIR,
        lambda by, it: floor.request_floor(it.conference, by=by, point=it.point),
    ),
    "call_next": (
        CHAIR,
        lambda by, it: floor.call_next(it.conference, by=by, expected=it.request.pk),
    ),
    "end_speech": (CHAIR, lambda by, it: floor.end_speech(it.request, by=by)),
    "extend_speech": (
        CHAIR,
        lambda by, it: floor.extend_speech(it.request, by=by, seconds=60, seconds_shown=180),
    ),
    "withdraw_request": (
        CHAIR | PREPARE | {"pass:room", "pass:delegate"},
        lambda by, it: floor.withdraw_request(it.request, by=by),
    ),
    "skip_request": (CHAIR, lambda by, it: floor.skip_request(it.request, by=by, reason="Hết giờ")),
    "show_question": (MODERATE, lambda by, it: questions.show_question(it.question, by=by)),
    "refuse_question": (
        MODERATE,
        lambda by, it: questions.refuse_question(it.question, by=by, reason="Trùng"),
    ),
    "group_question": (
        MODERATE,
        lambda by, it: questions.group_question(it.question, by=by, into=it.question),
    ),
    "answer_question": (MODERATE, lambda by, it: questions.answer_question(it.question, by=by)),
    "owe_answer": (
        MODERATE,
        lambda by, it: questions.owe_answer(
            it.question, by=by, due_on=STARTS.date(), office="Phòng Kinh tế"
        ),
    ),
    "note_movement": (
        AT_HIS_POINT,
        lambda by, it: attendance.note_movement(it.delegate, by=by, movement="arrived", how="qr"),
    ),
    "note_roll": (
        AT_HIS_POINT,
        lambda by, it: attendance.note_roll(it.point, by=by, arrived=[it.delegate.pk]),
    ),
    "count_heads": (AT_HIS_POINT, lambda by, it: attendance.count_heads(it.point, by=by, count=3)),
    "take_room_entries": (AT_HIS_POINT, lambda by, it: take_room_entries(it.point, [], by=by)),
    "close_conference": (CHAIR, lambda by, it: close_conference(it.conference, by=by)),
    "enter_hall": ({"public"}, lambda by, it: passes.enter_hall(it.chair, by=by, device="may")),
}


def tried(act, by, it):
    """Whether the actor may do the act; what was written is rolled back. Refused counts as allowed:
    the right was there, at another moment of the conference.
    """
    with transaction.atomic():
        try:
            act(by, it)
            return True
        except Refused:
            return True
        except Denied:
            return False
        finally:
            transaction.set_rollback(True)


@pytest.fixture
def things(convened, committee, country, system, delegates, steward, offices):
    """A convened conference of `here` with one of everything."""
    conferences.edit_conference(convened, by=system, entry="link")
    drafted = draft_conference(
        by=system, unit=country.here, title="Đang chuẩn bị", starts_at=STARTS
    )
    item = convened.items.get(title="Báo cáo Sáng")
    paper = programme.add_item_paper(item, BytesIO(PDF), "a.pdf", by=system)
    point = convened.points.order_by("position").first()
    mine, neighbour = delegates(convened, 2)
    chair = Pass.objects.create(conference=convened, role="chair", secret=str(uuid4()))
    poll = polls.draft_poll(
        convened, by=system, title="Việc", options=["Có", "Không"], kind="binding", secrecy="named"
    )
    asked = {"conference": convened, "delegate": mine, "point": point, "asked_at": STARTS}
    request, question = (
        FloorRequest.objects.create(uid=uuid4(), **asked),
        Question.objects.create(uid=uuid4(), text="Bao giờ?", **asked),
    )
    convened.refresh_from_db()
    return SimpleNamespace(
        conference=convened,
        drafted=drafted,
        unit=country.here,
        item=item,
        paper=paper,
        point=point,
        delegate=mine,
        neighbour=neighbour,
        chair=chair,
        request=request,
        question=question,
        office=offices["commune_clerk"],
        poll=poll,
    )


@pytest.fixture
def everybody(things, steward, offices, at, system, country):
    """{name: actor} of everyone who may have some right; those of another conference or room have
    none.
    """
    other = draft_conference(by=system, unit=country.here, title="Hội nghị khác", starts_at=STARTS)
    it = things
    found = {office: at(office) for office in offices} | {
        f"{office} beside": at(office, "next_door") for office in offices
    }
    found |= {
        f"pass:{role}": steward(it.conference, role)
        for role in ("chair", "moderator", "speaker", "projector")
    }
    found |= {
        "pass:room": steward(it.conference, "room", point=it.point),
        "pass:delegate": steward(it.conference, "delegate", delegate=it.delegate),
    }
    found |= {
        "pass:other room": steward(it.conference, "room", point=it.neighbour.point),
        "pass:other delegate": steward(it.conference, "delegate", delegate=it.neighbour),
    }
    return found | {
        "pass:chair elsewhere": steward(other, "chair"),
        "pass:moderator elsewhere": steward(other, "moderator"),
        "public": Actor.public(),
    }


def test_each_act_is_done_by_whom_the_table_names(things, everybody):
    wrong = [
        (name, who)
        for name, (able, act) in TABLE.items()
        for who, by in everybody.items()
        if tried(act, by, things) != (who in able)
    ]
    assert wrong == []
