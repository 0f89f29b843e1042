"""Anyone says that a posting is not there; the unit answers, and what is right does not count."""

from datetime import date
from uuid import uuid4

import pytest

from danchu.disclosure import actions
from danchu.disclosure.models import Contest, Posting, Version
from danchu.kernel.refusals import Refused
from danchu.obligations.models import Obligation
from danchu.people.actor import Actor
from tests.disclosure.conftest import photo


@pytest.fixture
def hung(begin, post):
    """A content that hung thirty days at the seat and hangs at a house."""
    content = begin()
    post(content, "Trụ sở", date(2026, 1, 12), date(2026, 2, 10))
    post(content, "Nhà văn hóa Tổ 5", date(2026, 1, 12))
    return content


def typed(place="Trụ sở", **other):
    posting = Posting.objects.get(place__name=place)
    return {
        "uid": uuid4(),
        "posting": str(posting.uid),
        "seen_on": "02/02/2026",
        "text": "Bảng trống",
        "website": "",
        **other,
    }


def send(client, content, **values):
    return client.post(f"/disclosures/{content.uid}/contest/", typed(**values))


def test_anyone_contests_with_a_photo_once_and_the_unit_owes_an_answer(client, hung):
    values = typed(file=photo())
    for _again in range(2):
        answer = client.post(f"/disclosures/{hung.uid}/contest/", values | {"file": photo()})
        assert answer.status_code == 200
    contest = Contest.objects.get()
    assert contest.paper.media == "image/jpeg" and contest.state == "open"
    duty = Obligation.objects.get(subject_kind="disclosure_contest")
    assert (duty.event_on, duty.due_on) == (date(2026, 3, 2), date(2026, 3, 16))
    page = client.get(f"/disclosures/{hung.uid}/").content.decode()
    assert "hạn trả lời" in page and "16/03/2026" in page
    assert "Bảng trống" not in page, "what people write is for the desk"
    assert client.get(f"/desk/contests/photos/{contest.uid}/").status_code == 302


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"text": ""}, "text"),
        ({"seen_on": "11/02/2026"}, "seen_on"),
        ({"seen_on": "03/03/2026"}, "seen_on"),
        ({"posting": str(uuid4())}, "posting"),
        ({"website": "x"}, "website"),
    ],
)
def test_a_contest_is_refused_on_its_field(client, hung, other, field):
    answer = send(client, hung, **other)
    assert answer.status_code == 400 and field in answer.context["form"].errors
    assert not Contest.objects.exists()


def test_one_answer_is_owed_at_a_time_for_a_posting(client, hung):
    assert send(client, hung).status_code == 200
    second = send(client, hung)
    assert second.status_code == 400 and "16/03/2026" in str(second.context["form"].errors)
    assert send(client, hung, place="Nhà văn hóa Tổ 5").status_code == 200


def test_what_was_upheld_or_not_answered_in_time_does_not_count(client, ward, hung, clock, system):
    send(client, hung)
    version = hung.versions.get()
    assert Posting.objects.long_enough().count() == 1, "an open contest says nothing yet"
    clock.set("2026-03-17")
    assert [actions.lapse_contests(by=system) for _again in range(2)] == [1, 0]
    assert not Posting.objects.ended().exists()
    assert Version.objects.ever().get() == version, "the other house still shows it"
    contest = Contest.objects.get()
    client.force_login(ward.clerk)
    address = f"/desk/contests/{contest.uid}/"
    assert client.get(address).status_code == 200
    assert client.post(f"{address}dismiss/", {"answer": ""}).status_code == 400
    assert client.post(f"{address}dismiss/", {"answer": "Có ảnh chụp"}).status_code == 302
    assert Posting.objects.long_enough().count() == 1, "a late answer still lets it count"
    assert Obligation.objects.get(subject_kind="disclosure_contest").state == "late"
    again = actions.contest_posting(
        hung,
        by=Actor.public(),
        posting=Posting.objects.get(place__name="Nhà văn hóa Tổ 5"),
        seen_on=date(2026, 3, 1),
        text="Không có",
    )
    assert client.post(f"/desk/contests/{again.uid}/uphold/", {"answer": "Rơi"}).status_code == 302
    page = client.get(f"/disclosures/{hung.uid}/").content.decode()
    assert "Niêm yết tại Nhà văn hóa Tổ 5: người dân không thấy" in page
    other = Posting.objects.get(place__name="Trụ sở").contests.get()
    with pytest.raises(Refused):
        actions.uphold_contest(other, by=system, answer="Đúng")


def test_who_lacks_the_right_answers_nothing(client, ward, hung):
    send(client, hung)
    contest = Contest.objects.get()
    client.force_login(ward.front)
    for act in ("uphold", "dismiss"):
        answer = client.post(f"/desk/contests/{contest.uid}/{act}/", {"answer": "Có"})
        assert answer.status_code == 403
