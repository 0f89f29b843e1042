"""Polls at the desk: drafted with a form, opened, closed and declared by who leads the
conference; nothing typed is lost.
"""

import re
from uuid import uuid4

import pytest

from danchu.conference.models import Attendance, Conference, Delegate, Poll
from danchu.conference.writes.batches import vote
from danchu.kernel.days import now
from danchu.law.loading import load_law
from tests.browser import inspect
from tests.desk.conftest import BY, PASSWORD
from tests.sizes import turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law_loaded")]


@pytest.fixture
def conference(officials, settings, tmp_path):
    """One in session at the ward, with four delegates who are there."""
    settings.VAULT_ROOT = tmp_path / "vault"
    load_law(by=BY)
    made = Conference.objects.create(
        uid=uuid4(),
        unit=officials.ward,
        title="Hội nghị đại biểu",
        state="open",
        starts_at=now(),
        opened_at=now(),
        made_by="system",
        made_at=now(),
    )
    for n in range(4):
        delegate = Delegate.objects.create(
            uid=uuid4(),
            conference=made,
            name=f"Đại biểu {n}",
            state="registered",
            made_by="system",
            made_at=now(),
        )
        Attendance.objects.create(
            delegate=delegate, movement="arrived", how="qr", at=made.opened_at, noted_by="system"
        )
    return made


def typed(**more):
    return {
        "uid": str(uuid4()),
        "title": "Thông qua nghị quyết",
        "options": "Tán thành\nKhông tán thành\n\n",
        "kind": "binding",
        "secrecy": "secret",
        "franchise": "delegates",
        "electorate": "present",
        "quorum_rule": "quorum.staff",
        "threshold_rule": "vote.present.staff",
        "threshold_option": "1",
        **more,
    }


def new(client, conference, **more):
    return client.post(f"/desk/polls/new/?conference={conference.pk}", typed(**more))


def test_a_poll_lives_from_its_draft_to_its_result_without_script(client, officials, conference):
    client.force_login(officials.chair)
    answer = new(client, conference)
    poll = Poll.objects.get()
    assert answer.status_code == 302 and poll.options == ["Tán thành", "Không tán thành"]
    page = client.get(f"/desk/polls/{poll.uid}/edit/")
    assert page.context["title"] == f"Sửa biểu quyết: {poll.title}"
    assert (
        client.post(f"/desk/polls/{poll.uid}/edit/", typed(title="Thông qua quy chế")).status_code
        == 302
    )
    for act, word in (
        ("open", "Đang mở"),
        ("close", "Đã đóng, đang kiểm"),
        ("declare", "Được thông qua"),
    ):
        assert client.post(f"/desk/polls/{poll.uid}/{act}/", follow=True).status_code == 200
        assert word in client.get(f"/desk/polls/{poll.uid}/").content.decode()
        if act == "open":
            for delegate in conference.delegates.order_by("pk")[:3]:
                vote(Poll.objects.get(), delegate, 0)
    poll.refresh_from_db()
    assert (poll.title, poll.result["counts"]) == ("Thông qua quy chế", [3, 0])
    page = client.get(f"/desk/polls/{poll.uid}/").content.decode()
    assert (
        f"/polls/{poll.uid}/" in page and "công bố kết quả" in page and "Mở biểu quyết" not in page
    )


def test_a_form_sent_twice_is_one_poll(client, officials, conference):
    client.force_login(officials.clerk)
    uid = str(uuid4())
    assert [new(client, conference, uid=uid).status_code for _n in range(2)] == [302, 302]
    assert Poll.objects.count() == 1


def test_what_was_typed_stays_when_it_is_refused(client, officials, conference):
    client.force_login(officials.clerk)
    answer = new(client, conference, franchise="rooms", title="Bầu Trưởng Ban")
    page = answer.content.decode()
    assert (
        answer.status_code == 400
        and 'value="Bầu Trưởng Ban"' in page
        and "Bỏ phiếu kín thì từng đại biểu" in page
    )
    assert not Poll.objects.exists()
    new(client, conference)
    poll = Poll.objects.get()
    client.force_login(officials.chair)
    answer = client.post(f"/desk/polls/{poll.uid}/cancel/", {"reason": " "})
    assert answer.status_code == 400 and "Hãy ghi lý do hủy" in answer.content.decode()


def test_who_prepares_drafts_and_who_leads_opens(client, officials, conference):
    client.force_login(officials.clerk)
    new(client, conference)
    poll = Poll.objects.get()
    page = client.get(f"/desk/polls/{poll.uid}/").content.decode()
    assert "Sửa" in page and "Mở biểu quyết" not in page
    assert client.post(f"/desk/polls/{poll.uid}/open/").status_code == 403
    client.force_login(officials.neighbour)
    assert client.get(f"/desk/polls/{poll.uid}/").status_code == 404
    assert new(client, conference).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    client, officials, conference, number, django_assert_num_queries
):
    client.force_login(officials.chair)
    for _n in range(number):
        new(client, conference)
    client.get("/desk/polls/")
    with django_assert_num_queries(9):  # one of them the names of the places
        page = client.get("/desk/polls/").content.decode()
    assert len(set(re.findall(r'href="/desk/polls/[0-9a-f-]{36}/"', page))) == number
    assert (
        len(b"".join(client.get("/desk/polls.csv").streaming_content).decode().splitlines())
        == number + 1
    )
    assert (
        re.findall(
            r'href="/desk/polls/[0-9a-f-]{36}/"',
            client.get("/desk/polls/?state=open").content.decode(),
        )
        == []
    )


@turn(4, together=2)
@pytest.mark.browser
def test_the_pages_are_for_everyone(browser_page, officials, conference, client):
    client.force_login(officials.chair)
    new(client, conference)
    poll = Poll.objects.get()
    browser_page.goto("/accounts/login/")
    browser_page.fill("[name=login]", officials.chair.email)
    browser_page.fill("[name=password]", PASSWORD)
    browser_page.press("[name=password]", "Enter")
    browser_page.wait_for_url("**/desk/")
    for path in (
        "/desk/polls/",
        f"/desk/polls/new/?conference={conference.pk}",
        f"/desk/polls/{poll.uid}/",
    ):
        inspect(browser_page, path)
