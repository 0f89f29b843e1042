"""A conference is prepared and convened: its programme, bridge points, delegates and how they
enter.
"""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

import pytest

from danchu.conference.access.codes import pass_digest, personal_code, room_code
from danchu.conference.access.participants import participant, set_token_cookie
from danchu.conference.access.tokens import cookie_name, read_token
from danchu.conference.actions import (
    conferences,
    delegates,
    passes,
    points,
    programme,
    registration,
)
from danchu.conference.models import Delegate, Pass, ProgrammeItem
from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.models import Notice
from danchu.people.actor import Actor
from tests.conference.conftest import STARTS
from tests.planted import check_each_field

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
PUBLIC = Actor.public()


def titles(conference):
    return list(conference.items.order_by("position").values_list("title", flat=True))


def test_the_programme_keeps_items_with_their_session(conference):
    assert titles(conference) == [
        "Phiên Sáng",
        "Báo cáo Sáng",
        "Thảo luận Sáng",
        "Phiên Chiều",
        "Báo cáo Chiều",
        "Thảo luận Chiều",
    ]


def test_a_session_that_moves_takes_its_items_along(conference, system):
    programme.move_item(conference.items.get(title="Phiên Chiều"), by=system, down=False)
    assert titles(conference) == [
        "Phiên Chiều",
        "Báo cáo Chiều",
        "Thảo luận Chiều",
        "Phiên Sáng",
        "Báo cáo Sáng",
        "Thảo luận Sáng",
    ]
    programme.move_item(conference.items.get(title="Báo cáo Sáng"), by=system, down=True)
    assert titles(conference)[3:] == ["Phiên Sáng", "Thảo luận Sáng", "Báo cáo Sáng"]
    programme.move_item(conference.items.get(title="Báo cáo Sáng"), by=system, down=True)
    assert titles(conference)[5] == "Báo cáo Sáng"


def test_an_item_is_added_at_the_end_of_its_session_and_taken_out(conference, system):
    session = conference.items.get(title="Phiên Sáng")
    made = programme.add_item(
        conference, by=system, title="Hỏi đáp", kind="questions", parent=session, planned_minutes=20
    )
    assert titles(conference)[3] == "Hỏi đáp" and list(
        conference.items.order_by("position").values_list("position", flat=True)
    ) == list(range(1, 8))
    programme.remove_item(made, by=system)
    assert "Hỏi đáp" not in titles(conference)
    with pytest.raises(Refused, match="không bỏ được"):
        programme.remove_item(session, by=system)
    with pytest.raises(Refused, match="Phiên không đặt vào"):
        programme.add_item(conference, by=system, title="Phiên con", kind="session", parent=session)


@pytest.mark.digested
def test_a_paper_sent_twice_is_kept_once(conference, system):
    item = conference.items.get(title="Báo cáo Sáng")
    first = programme.add_item_paper(item, BytesIO(PDF), "bao-cao.pdf", by=system)
    assert programme.add_item_paper(item, BytesIO(PDF), "khac.pdf", by=system) == first
    check_each_field("item_paper")
    programme.remove_item_paper(first, by=system)
    assert not item.papers.exists()


def test_nobody_outside_knows_of_a_conference_that_is_prepared(conference, at, country):
    from danchu.conference.models import Conference

    assert not Conference.objects.visible_to(PUBLIC).exists()
    assert Conference.objects.visible_to(at("commune_clerk")).exists()
    assert not Conference.objects.visible_to(at("commune_clerk", "next_door")).exists()


def test_convening_in_time_meets_the_law_and_convening_late_is_late(conference, system, clock):
    conferences.edit_conference(conference, by=system, notice_rule="meeting.notice")
    clock.set(STARTS.date() - timedelta(days=1))
    late = conferences.convene_conference(conference, by=system)
    assert late.notice.state == "late"
    with pytest.raises(Refused, match="thiết bị khác"):
        conferences.convene_conference(conference, by=system)
    moved = conferences.edit_conference(conference, by=system, starts_at=STARTS + timedelta(days=7))
    assert moved.notice.state == "met" and moved.notice != late.notice


def test_a_conference_without_a_programme_is_not_convened(committee, country, system):
    made = conferences.draft_conference(
        by=system, unit=country.here, title="Trống", starts_at=STARTS
    )
    with pytest.raises(Refused, match="Chương trình"):
        conferences.convene_conference(made, by=system)


def test_a_name_of_a_point_is_taken_once(conference, system, country):
    with pytest.raises(Refused) as no:
        points.add_point(conference, by=system, unit=country.here, name="Điểm cầu 1")
    assert no.value.field == "name"


def test_a_point_with_delegates_is_not_taken_out(conference, system, delegates):
    (one,) = delegates(conference, 1)
    with pytest.raises(Refused, match="không bỏ được"):
        points.remove_point(one.point, by=system)
    points.remove_point(conference.points.get(name="Điểm cầu 3"), by=system)
    assert conference.points.count() == 2


def test_holders_of_an_office_are_invited_once_and_seated_at_the_nearest_point(
    conference, system, holder, country, offices
):
    holder("commune_clerk", country.here, name="Lê An")
    holder("commune_clerk", country.next_door, name="Trần Bình")
    holder("commune_clerk", country.far, name="Ở xa")
    invited = conference.delegates
    assert (
        delegates.invite_holders(
            conference, by=system, office_kind=offices["commune_clerk"], unit=country.province
        )
        == 2
    )
    assert (
        delegates.invite_holders(
            conference, by=system, office_kind=offices["commune_clerk"], unit=country.province
        )
        == 0
    )
    assert {(d.name, d.point.unit_id) for d in invited.all()} == {
        ("Lê An", country.here.pk),
        ("Trần Bình", country.next_door.pk),
    }
    assert Pass.objects.filter(delegate__in=invited.all()).count() == 2


class Answer:
    """Stores the cookies that are set, as a browser would."""

    def __init__(self):
        self.cookies = {}

    def set_cookie(self, name, value, **how):
        assert how["httponly"] and how["samesite"] == "Lax"
        self.cookies[name] = value


def come_in(found, device):
    answer = Answer()
    set_token_cookie(answer, passes.enter_hall(found, by=PUBLIC, device=device))
    return SimpleNamespace(COOKIES=answer.cookies)


def test_a_code_opens_the_hall_on_one_device_until_it_is_released(convened, delegates, system):
    (one,) = delegates(convened, 1)
    found = Pass.objects.get(
        secret=pass_digest(personal_code(one.uid, 1).lower().replace("-", " "))
    )
    first = come_in(found, "may-thu-nhat-000")
    who = participant(first, convened)
    assert (who.role, who.delegate, who.point) == ("delegate", one.pk, one.point_id)
    come_in(found, "may-thu-nhat-000")
    with pytest.raises(Refused, match="thiết bị khác"):
        come_in(found, "may-thu-hai-0000")
    passes.release_device(found, by=system)
    assert participant(first, convened) is None
    second = come_in(found, "may-thu-hai-0000")
    assert participant(second, convened).delegate == one.pk and participant(first, convened) is None


def test_a_renewed_code_shuts_out_the_old_one(convened, delegates, system):
    (one,) = delegates(convened, 1)
    first = come_in(one.pass_in, "may-thu-nhat-000")
    _found, code = passes.renew_pass(one.pass_in, by=system)
    assert participant(first, convened) is None
    assert not Pass.objects.filter(secret=pass_digest(personal_code(one.uid, 1))).exists()
    assert Pass.objects.get(secret=pass_digest(code)).delegate_id == one.pk


def test_a_steward_comes_in_on_several_devices_until_the_pass_is_taken_back(convened, system):
    made, secret = passes.issue_pass(convened, by=system, role="chair")
    assert Pass.objects.get(secret=pass_digest(secret)) == made
    one, two = come_in(made, "may-a"), come_in(made, "may-b")
    assert participant(one, convened).role == participant(two, convened).role == "chair"
    passes.withdraw_pass(made, by=system)
    assert participant(one, convened) is None
    with pytest.raises(Denied):
        come_in(made, "may-c")


def test_a_cookie_of_one_conference_opens_no_other(convened, system, country, delegates):
    (one,) = delegates(convened, 1)
    there = come_in(one.pass_in, "may-thu-nhat-000")
    other = conferences.draft_conference(
        by=system, unit=country.here, title="Khác", starts_at=STARTS
    )
    cookie = there.COOKIES[cookie_name(convened.pk)]
    assert participant(SimpleNamespace(COOKIES={cookie_name(other.pk): cookie}), other) is None
    assert (
        participant(
            SimpleNamespace(COOKIES={cookie_name(convened.pk): cookie[:-3] + "abc"}), convened
        )
        is None
    )
    assert read_token(cookie).until > STARTS.timestamp()


def test_every_room_has_one_pass_whose_code_can_be_printed_again(convened, system):
    assert (
        passes.issue_room_passes(convened, by=system) == 3
        and passes.issue_room_passes(convened, by=system) == 0
    )
    found = Pass.objects.filter(conference=convened, role="room").first()
    assert found.secret == pass_digest(room_code(convened.uid, found.point_id, found.issue))
    passes.withdraw_pass(found, by=system)
    assert passes.issue_room_passes(convened, by=system) == 1
    again = Pass.objects.get(point=found.point, withdrawn_at=None)
    assert again.secret == pass_digest(room_code(convened.uid, found.point_id, 2))


@pytest.fixture
def by_link(conference, system):
    """A conference with two places and a shared code by which anyone may register."""
    conferences.edit_conference(conference, by=system, entry="link", capacity=2)
    return conferences.convene_conference(conference, by=system)


def test_the_third_of_two_places_waits_and_moves_up_when_one_gives_his_back(by_link, steward):
    made = [
        registration.register_delegate(
            by_link, by=PUBLIC, code=by_link.entry_code, name=f"Người {n}", contact=f"{n}@vidu.vn"
        )[0]
        for n in range(4)
    ]
    assert [one.state for one in made] == ["registered", "registered", "waiting", "waiting"]
    registration.cancel_registration(made[0], by=steward(by_link, "delegate", delegate=made[0]))
    assert [Delegate.objects.get(pk=one.pk).state for one in made] == [
        "cancelled",
        "registered",
        "registered",
        "waiting",
    ]
    assert Notice.objects.get().target == "2@vidu.vn"
    by_link.refresh_from_db()
    assert by_link.taken == 2
    registration.reinstate_delegate(made[0], by=steward(by_link, "delegate", delegate=made[0]))
    assert list(
        Delegate.objects.filter(state="waiting")
        .order_by("waits_from")
        .values_list("name", flat=True)
    ) == ["Người 3", "Người 0"]


def test_places_that_are_added_go_to_who_waits(by_link, system):
    for n in range(5):
        registration.register_delegate(
            by_link, by=PUBLIC, code=by_link.entry_code, name=f"Người {n}"
        )
    conferences.edit_conference(by_link, by=system, capacity=4)
    assert (
        Delegate.objects.filter(state="registered").count() == 4
        and Delegate.objects.get(state="waiting").name == "Người 4"
    )


def test_a_full_point_holds_up_nobody_who_waits_for_another(by_link, system):
    narrow, wide = by_link.points.order_by("position")[:2]
    points.edit_point(narrow, by=system, capacity=1)
    conferences.edit_conference(by_link, by=system, capacity=2)
    code, made = by_link.entry_code, {}
    for name, point in (("A", narrow), ("B", wide), ("C", narrow), ("D", wide)):
        made[name] = registration.register_delegate(
            by_link, by=PUBLIC, code=code, name=name, point=point
        )[0]
    registration.cancel_registration(made["B"], by=system)
    assert {d.name: d.state for d in Delegate.objects.all()} == {
        "A": "registered",
        "B": "cancelled",
        "C": "waiting",
        "D": "registered",
    }


def test_a_wrong_code_registers_nobody_and_a_form_sent_twice_is_one_place(by_link):
    from uuid import uuid4

    with pytest.raises(Denied):
        registration.register_delegate(by_link, by=PUBLIC, code="HN-0000-0000", name="Ai đó")
    uid = uuid4()
    first = registration.register_delegate(
        by_link, by=PUBLIC, code=by_link.entry_code, name="Một", uid=uid
    )
    assert (
        registration.register_delegate(
            by_link, by=PUBLIC, code=by_link.entry_code, name="Một", uid=uid
        )
        == first
    )
    by_link.refresh_from_db()
    assert by_link.taken == 1


def test_who_waits_does_not_come_in(by_link):
    made = [
        registration.register_delegate(
            by_link, by=PUBLIC, code=by_link.entry_code, name=f"Người {n}"
        )[0]
        for n in range(3)
    ]
    with pytest.raises(Refused, match="danh sách chờ"):
        passes.enter_hall(made[2].pass_in, by=PUBLIC, device="may")


def test_the_journal_names_no_delegate(by_link, system):
    registration.register_delegate(
        by_link, by=PUBLIC, code=by_link.entry_code, name="Nguyễn Thị Mận", contact="man@vidu.vn"
    )
    delegates.add_delegate(by_link, by=system, name="Nguyễn Thị Mận", contact="0912345678")
    text = " ".join(f"{e.act} {e.actor_name} {e.data}" for e in Entry.objects.all())
    assert "Mận" not in text and "vidu.vn" not in text and "0912345678" not in text


def test_an_item_that_is_not_in_the_programme_is_not_moved(conference, system):
    gone = conference.items.get(title="Thảo luận Chiều")
    programme.remove_item(gone, by=system)
    with pytest.raises(Refused, match="không còn"):
        programme.move_item(gone, by=system, down=True)
    assert ProgrammeItem.objects.filter(conference=conference).count() == 5
