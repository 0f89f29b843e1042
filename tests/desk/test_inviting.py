"""Invitations at the desk: whom a press would reach is said first; who has no address is
pointed to the printed sheets.
"""

import pytest

from danchu.conference.access.codes import personal_code
from danchu.conference.actions.conferences import convene_conference
from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.programme import add_item
from danchu.conference.models import Conference
from danchu.notices.models import Notice
from danchu.notices.sending import send_waiting
from tests.browser import inspect
from tests.desk.conftest import BY, PASSWORD
from tests.desk.test_conferences import law  # noqa: F401
from tests.desk.test_delegates import made  # noqa: F401
from tests.sizes import turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened(made):
    """The conference convened, with three delegates of whom one has no address."""
    add_item(made, by=BY, title="Báo cáo")
    made.people = [
        add_delegate(made, by=BY, name=name, contact=contact, point=point)
        for name, contact, point in (
            ("Trần An", "an@vidu.vn", made.point),
            ("Lê Bình", "0912345678", None),
            ("Đỗ Cúc", "", made.point),
        )
    ]
    convene_conference(made, by=BY)
    return made


def test_invitations_are_confirmed_then_sent_once_to_those_chosen(client, convened):
    where = f"{convened.here}delegates/send/"
    page = client.get(f"{where}?point={convened.point.pk}").content.decode()
    assert (
        "Gửi 1 giấy mời" in page
        and "Điểm cầu phường" in page
        and f'href="{convened.here}passes/"' in page
        and "an@vidu.vn" not in page
    )
    assert not Notice.objects.exists()
    answer = client.post(where, {"point": str(convened.point.pk)}, follow=True)
    assert "Đã xếp 1 thư mời chờ gửi." in answer.content.decode()
    assert (
        "Không còn ai cần gửi."
        in client.post(where, {"point": str(convened.point.pk)}, follow=True).content.decode()
    )
    assert "Đã xếp 1 thư mời chờ gửi." in client.post(where, follow=True).content.decode()
    assert sorted(Notice.objects.values_list("target", flat=True)) == ["0912345678", "an@vidu.vn"]
    assert set(Notice.objects.values_list("link", flat=True)) == {"http://testserver/h/"}


def test_how_far_each_invitation_is_stands_in_the_list_and_is_chosen_by(client, convened):
    client.post(f"{convened.here}delegates/send/", {"point": "-"})
    send_waiting(by=BY)
    client.post(f"{convened.here}delegates/send/")
    for letter, name in (
        ("sent", "Lê Bình"),
        ("waiting", "Trần An"),
        ("none", "Đỗ Cúc"),
        ("unsent", None),
        ("failed", None),
    ):
        page = client.get(f"{convened.here}delegates/?letter={letter}").content.decode()
        assert [it for it in ("Lê Bình", "Trần An", "Đỗ Cúc") if it in page] == (
            [name] if name else []
        ), letter
    assert "Không có địa chỉ" in client.get(f"{convened.here}delegates/").content.decode()
    assert "Trần An" in client.post(f"{convened.here}delegates/", {"q": "tran an"}).content.decode()


def test_the_page_says_why_nothing_can_be_sent(client, convened):
    where = f"{convened.here}delegates/send/"
    for state, told in (
        ("drafted", "Hãy triệu tập"),
        ("convened", "Gửi 2 giấy mời"),
        ("closed", "đã bế mạc hoặc không tổ chức"),
        ("cancelled", "đã bế mạc hoặc không tổ chức"),
    ):
        Conference.objects.filter(pk=convened.pk).update(state=state)
        assert told in client.get(where).content.decode()


def test_one_invitation_is_sent_again_from_the_page_of_the_delegate(client, convened):
    one, _two, silent = convened.people
    where = f"{convened.here}delegates/{one.uid}/"
    assert "Gửi giấy mời" in client.get(f"{where}edit/").content.decode()
    answer = client.post(f"{where}send/", follow=True).content.decode()
    assert "Giấy mời đang chờ gửi." in answer and personal_code(one.uid, 1) not in answer
    send_waiting(by=BY)
    assert "Gửi lại giấy mời" in client.get(f"{where}edit/").content.decode()
    assert client.post(f"{where}send/").status_code == 302 and Notice.objects.count() == 2
    refused = client.post(f"{convened.here}delegates/{silent.uid}/send/")
    assert refused.status_code == 400 and "in giấy mời" in refused.content.decode()


def test_nothing_is_sent_before_it_is_convened(client, made):
    add_delegate(made, by=BY, name="Trần An", contact="an@vidu.vn")
    assert "delegates/send/" not in client.get(f"{made.here}delegates/").content.decode()
    assert "Hãy triệu tập" in client.get(f"{made.here}delegates/send/").content.decode()
    answer = client.post(f"{made.here}delegates/send/")
    assert (
        answer.status_code == 400
        and "Hãy triệu tập" in answer.content.decode()
        and not Notice.objects.exists()
    )


def test_one_delegate_and_three_cost_the_list_as_many_questions(
    client, convened, django_assert_num_queries
):
    for path, questions in (("delegates/send/", 9), ("delegates/", 8)):
        client.get(f"{convened.here}{path}")
        for choice, number in (("?point=-", 1), ("", 3)):
            with django_assert_num_queries(questions):
                answer = client.get(f"{convened.here}{path}{choice}")
            assert answer.content.decode().count('data-label="Thư mời"') == (
                number if path == "delegates/" else 0
            )


@turn(4, together=3)
@pytest.mark.browser
def test_the_pages_of_invitations_pass_the_checks_of_every_page(convened, officials, browser_page):
    browser_page.goto("/accounts/login/")
    browser_page.fill("[name=login]", officials.clerk.email)
    browser_page.fill("[name=password]", PASSWORD)
    browser_page.press("[name=password]", "Enter")
    browser_page.wait_for_url("**/desk/")
    one = convened.people[0]
    for path in ("delegates/send/", "delegates/", f"delegates/{one.uid}/edit/"):
        inspect(browser_page, f"{convened.here}{path}")
    browser_page.goto(f"{convened.here}delegates/")
    browser_page.get_by_role("link", name="Gửi giấy mời").press("Enter")
    browser_page.get_by_role("button", name="Gửi 2 giấy mời").press("Enter")
    browser_page.get_by_text("Đã xếp 2 thư mời chờ gửi.").wait_for()
