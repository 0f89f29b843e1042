"""Checking in at the desk: by code, by name, by room; late and leaving; who was there at any
minute.
"""

import csv
import re
from datetime import timedelta
from uuid import uuid4

import pytest

from danchu.conference.access.codes import personal_code
from danchu.conference.actions.conferences import convene_conference
from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.points import add_point
from danchu.conference.actions.programme import add_item
from danchu.conference.actions.running import open_conference
from danchu.conference.models import Attendance, Conference, HeadCount
from danchu.desk.views import checking_in
from danchu.kernel.days import now, show_instant
from tests.browser import inspect
from tests.desk.conftest import BY, PASSWORD
from tests.desk.test_conferences import drafted, law  # noqa: F401
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(client, officials):
    """A conference in session for an hour, one bridge point with two delegates, its preparer
    logged in.
    """
    client.force_login(officials.clerk)
    found = drafted(client, starts_at=show_instant(now() - timedelta(hours=1)))
    add_item(found, by=BY, title="Báo cáo")
    found.point = add_point(found, by=BY, unit=officials.ward, name="Điểm cầu phường", expected=40)
    found.people = [
        add_delegate(found, by=BY, name=name, office="Trưởng thôn", point=found.point)
        for name in ("Trần Văn Đông", "Lê Thị Bình")
    ]
    open_conference(convene_conference(found, by=BY), by=BY)
    Conference.objects.filter(pk=found.pk).update(opened_at=now() - timedelta(hours=1))
    found.here = f"/desk/conferences/{found.pk}/"
    return found


def noted(delegate):
    return list(delegate.attendance.order_by("at", "pk").values_list("movement", "how"))


def test_a_code_is_scanned_and_he_is_there_once(client, made):
    row = made.people[0]
    code = personal_code(row.uid, 1)
    for typed in (code, f"https://danchu.example/h/{code}/", code.lower().replace("-", "")):
        page = client.post(
            f"{made.here}checkin/", {"code": typed, "movement": "arrived"}
        ).content.decode()
        assert "Trần Văn Đông: đã đến" in page and code not in page
    assert noted(row) == [("arrived", "qr")]
    client.post(f"{made.here}checkin/", {"code": code, "movement": "left"})
    assert noted(row) == [("arrived", "qr"), ("left", "qr")]
    wrong = client.post(f"{made.here}checkin/", {"code": "AAAAA-AAAAA", "movement": "arrived"})
    assert wrong.status_code == 400 and "Hãy tìm theo tên" in wrong.content.decode()


def test_a_name_is_found_without_marks_and_who_was_late_comes_at_his_hour(client, made):
    row = made.people[0]
    page = client.post(f"{made.here}checkin/", {"q": "tran van dong"}).content.decode()
    assert str(row.uid) in page and "Bình" not in page
    late = show_instant(now() - timedelta(minutes=20))
    page = client.post(
        f"{made.here}checkin/", {"delegate": str(row.uid), "movement": "arrived", "at": late}
    ).content.decode()
    assert "đã đến" in page
    assert show_instant(Attendance.objects.get().at) == late
    for wrong, told in (
        ({"delegate": "x"}, "không còn trong danh sách"),
        ({"delegate": str(row.uid), "at": "sáng"}, "không phải là ngày và giờ"),
        (
            {"delegate": str(row.uid), "at": show_instant(now() + timedelta(days=1))},
            "không ở tương lai",
        ),
        ({"q": "a"}, "ít nhất hai chữ"),
    ):
        answer = client.post(f"{made.here}checkin/", wrong)
        assert answer.status_code == 400 and told in answer.content.decode()


def test_a_room_is_counted_and_its_roll_called(client, made):
    here, (first, second) = f"{made.here}checkin/{made.point.pk}/", made.people
    assert "Đã ghi 35 người" in client.post(here, {"count": "35", "at": ""}).content.decode()
    assert HeadCount.objects.get().count == 35
    page = client.post(here, {"here": [str(first.pk), str(second.pk)]}).content.decode()
    assert "2 người mới đến" in page and page.count(" checked") == 2
    page = client.post(
        here, {"here": [str(first.pk)], "was": [str(first.pk), str(second.pk)]}
    ).content.decode()
    assert "1 người về" in page and noted(second) == [("arrived", "room"), ("left", "room")]
    # a page opened before the others came does not send them away
    assert "0 người mới đến, 0 người về" in client.post(here, {}).content.decode() and noted(
        first
    ) == [("arrived", "room")]
    bad = client.post(here, {"count": "nhiều"})
    assert bad.status_code == 400 and 'value="nhiều"' in bad.content.decode()


def test_the_report_tells_any_minute(client, made):
    early, later = now() - timedelta(minutes=40), now() - timedelta(minutes=10)
    Attendance.objects.create(
        delegate=made.people[0],
        point=made.point,
        movement="arrived",
        how="name",
        at=early,
        noted_by="x",
    )
    Attendance.objects.create(
        delegate=made.people[1],
        point=made.point,
        movement="arrived",
        how="name",
        at=later,
        noted_by="x",
    )
    for at, people in (
        (early - timedelta(minutes=5), 0),
        (early + timedelta(minutes=5), 1),
        (now(), 2),
    ):
        table = b"".join(
            client.get(f"{made.here}presence.csv", {"at": show_instant(at)}).streaming_content
        ).decode()
        assert list(csv.reader(table.splitlines()))[1:] == [
            ["Điểm cầu phường", "40", "2", str(people)],
            ["Cộng", "40", "2", str(people)],
        ]
    page = client.get(
        f"{made.here}presence/", {"at": show_instant(early + timedelta(minutes=5))}
    ).content.decode()
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page and "Số người có mặt qua thời gian" in page
    assert client.get(f"{made.here}presence/?at=chiều").status_code == 400


def test_the_register_tells_who_came_when_and_who_was_late(client, made):
    opened = Conference.objects.get(pk=made.pk).opened_at
    for delegate, movement, at in (
        (0, "arrived", opened - timedelta(minutes=5)),
        (1, "arrived", opened + timedelta(minutes=10)),
        (1, "left", opened + timedelta(minutes=20)),
    ):
        Attendance.objects.create(
            delegate=made.people[delegate],
            point=made.point,
            movement=movement,
            how="name",
            at=at,
            noted_by="x",
        )
    table = b"".join(client.get(f"{made.here}attendance.csv").streaming_content).decode()
    rows = list(csv.reader(table.splitlines()))[1:]
    told = {row[0]: row[4:] for row in rows}
    assert told["Trần Văn Đông"] == [show_instant(opened - timedelta(minutes=5)), "", ""]
    assert told["Lê Thị Bình"] == [
        show_instant(opened + timedelta(minutes=10)),
        show_instant(opened + timedelta(minutes=20)),
        "muộn",
    ]


def test_a_long_roll_is_called_page_by_page_and_counted_whole(client, made, monkeypatch):
    monkeypatch.setattr(checking_in, "ON_A_ROLL", 2)
    here = f"{made.here}checkin/{made.point.pk}/"
    same = [add_delegate(made, by=BY, name="Nguyễn An", point=made.point) for _twice in range(3)]
    shown, where = [], here
    while where:
        page = tight(client.get(where).content.decode())
        shown += [int(pk) for pk in re.findall(r'name="here" value="(\d+)"', page)]
        assert '/<span class="num">5</span>' in page
        following = re.search(r'href="\?from=([^"]+)">Trang sau', page)
        where = following and f"{here}?from={following[1]}"
    assert shown == [it.pk for it in (made.people[1], *same, made.people[0])]
    answer = client.post(f"{here}?from={same[1].uid}", {"here": [str(same[1].pk)]})
    page = tight(answer.content.decode())
    assert (
        "1 người mới đến" in page
        and '<span class="num">1</span>/<span class="num">5</span>' in page
        and "Về đầu danh sách" in page
    )
    for wrong in ("x", "", uuid4()):
        assert client.get(f"{here}?from={wrong}").content.decode().count('name="here"') == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_roll_asks_as_much_for_three_as_for_one(
    client, made, number, django_assert_num_queries
):
    for n in range(number):
        add_delegate(made, by=BY, name=f"Đại biểu {n}", point=made.point)
    here = f"{made.here}checkin/{made.point.pk}/"
    client.get(here)
    with django_assert_num_queries(11):
        assert len(re.findall(r'name="here"', client.get(here).content.decode())) == number + 2


def test_nobody_is_checked_in_before_the_conference_is_convened(client, officials, made):
    Conference.objects.filter(pk=made.pk).update(state="drafted")
    answer = client.post(
        f"{made.here}checkin/", {"delegate": str(made.people[0].uid), "movement": "arrived"}
    )
    assert (
        answer.status_code == 400
        and "không làm được việc này nữa" in answer.content.decode()
        and not Attendance.objects.exists()
    )


@turn(4, together=0)
@pytest.mark.browser
def test_the_pages_are_for_everyone(browser_page, officials, client, made):
    client.post(f"{made.here}checkin/{made.point.pk}/", {"here": [str(made.people[0].pk)]})
    browser_page.goto("/accounts/login/")
    browser_page.fill("[name=login]", officials.clerk.email)
    browser_page.fill("[name=password]", PASSWORD)
    browser_page.press("[name=password]", "Enter")
    browser_page.wait_for_url("**/desk/")
    for path in ("checkin/", f"checkin/{made.point.pk}/", "presence/"):
        inspect(browser_page, f"{made.here}{path}")
