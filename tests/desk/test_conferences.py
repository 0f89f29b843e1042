"""Conferences at the desk: prepared with a form, convened, opened, closed and minuted by who
may; nothing typed is lost.
"""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.points import add_point
from danchu.conference.actions.programme import add_item
from danchu.conference.models import Conference
from danchu.law.loading import load_law
from danchu.minutes.models import Minutes
from tests.browser import inspect
from tests.conference.test_preparing import PDF
from tests.desk.conftest import BY, PASSWORD
from tests.markup import tight
from tests.sizes import turn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law_loaded")]


@pytest.fixture(autouse=True)
def law(officials, settings, tmp_path):
    settings.PAPERS_ROOT, settings.VAULT_ROOT = tmp_path / "papers", tmp_path / "vault"
    load_law(by=BY)


def typed(**more):
    return {
        "uid": str(uuid4()),
        "title": "Hội nghị quán triệt Luật",
        "unit": "00004",
        "starts_at": "12/12/2030 8h30",
        "planned_minutes": "90",
        "entry": "list",
        "keeps_waiting_list": "on",
        **more,
    }


def drafted(client, **more):
    client.post("/desk/conferences/new/", typed(**more))
    return Conference.objects.latest("pk")


def test_a_conference_lives_from_its_draft_to_its_minutes_without_script(client, officials):
    client.force_login(officials.chair)
    made = drafted(client)
    here = f"/desk/conferences/{made.pk}/"
    assert (
        client.post(
            f"{here}edit/", typed(title="Hội nghị quán triệt Luật Thực hiện dân chủ")
        ).status_code
        == 302
    )
    made.refresh_from_db()
    assert (made.title, f"{made.starts_at:%H:%M}", made.unit_id) == (
        "Hội nghị quán triệt Luật Thực hiện dân chủ",
        "01:30",
        officials.ward.pk,
    )
    refused = client.post(f"{here}convene/")
    assert refused.status_code == 400 and "Chương trình chưa có mục nào" in refused.content.decode()
    add_item(made, by=BY, title="Báo cáo")
    for act, word in (("convene", "Đã triệu tập"), ("open", "Đang họp"), ("close", "Đã bế mạc")):
        assert client.post(f"{here}{act}/", follow=True).status_code == 200
        assert word in client.get(here).content.decode()
    answer = client.post(f"{here}minutes/")
    assert (
        answer.status_code == 302
        and answer["Location"] == f"/desk/minutes/{Minutes.objects.get().uid}/"
    )
    page = client.get(here).content.decode()
    assert (
        f"/desk/minutes/{Minutes.objects.get().uid}/" in page
        and "Lập biên bản" not in page
        and "lập biên bản" in page
    )
    assert client.post(f"{here}minutes/").status_code == 400


def test_a_form_sent_twice_is_one_conference(client, officials):
    client.force_login(officials.clerk)
    given = typed()
    assert [client.post("/desk/conferences/new/", given).status_code for _n in range(2)] == [
        302,
        302,
    ]
    assert Conference.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"starts_at": "8h ngày mai"}, "không phải là ngày và giờ"),
        ({"starts_at": "31/02/2030 08:00"}, "Không có ngày"),
        ({"video": "javascript:alert(1)"}, "bắt đầu bằng https://"),
        ({"unit": "Xứ Không Có"}, "Không tìm thấy đơn vị"),
        ({"planned_minutes": "0"}, "Hãy ghi số nguyên từ 1"),
        ({"body": "peoples_committee"}, "Đơn vị chưa có cơ quan này"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(client, officials, wrong, told):
    client.force_login(officials.clerk)
    answer = client.post("/desk/conferences/new/", typed(**wrong))
    page = answer.content.decode()
    assert answer.status_code == 400 and told in page and 'value="Hội nghị quán triệt Luật"' in page
    assert not Conference.objects.exists()


def test_a_conference_is_called_off_with_a_reason(client, officials):
    client.force_login(officials.chair)
    made = drafted(client)
    answer = client.post(f"/desk/conferences/{made.pk}/cancel/", {"reason": " "})
    assert answer.status_code == 400 and "Hãy ghi lý do" in answer.content.decode()
    client.post(f"/desk/conferences/{made.pk}/cancel/", {"reason": "Bão số 3"})
    page = client.get(f"/desk/conferences/{made.pk}/").content.decode()
    assert "Bão số 3" in page and "Không tổ chức" in page and "Triệu tập hội nghị" not in page


def test_who_prepares_does_not_convene_and_others_see_nothing(client, officials):
    client.force_login(officials.clerk)
    made = drafted(client)
    page = client.get(f"/desk/conferences/{made.pk}/").content.decode()
    assert "Sửa" in page and "Triệu tập hội nghị" not in page
    assert client.post(f"/desk/conferences/{made.pk}/convene/").status_code == 403
    client.force_login(officials.neighbour)
    assert client.get(f"/desk/conferences/{made.pk}/").status_code == 404
    assert "quán triệt" not in client.get("/desk/conferences/").content.decode()


def test_saving_what_did_not_change_writes_nothing(client, officials):
    client.force_login(officials.clerk)
    made = drafted(client, entry="link")
    code = made.entry_code
    assert (
        code
        and client.post(f"/desk/conferences/{made.pk}/edit/", typed(entry="link")).status_code
        == 302
    )
    made.refresh_from_db()
    assert (
        made.entry_code == code
        and code in client.get(f"/desk/conferences/{made.pk}/").content.decode()
    )
    assert "conference.edited" not in client.get(f"/desk/conferences/{made.pk}/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    client, officials, number, django_assert_num_queries
):
    client.force_login(officials.chair)
    for _n in range(number):
        drafted(client)
    client.get("/desk/conferences/")
    with django_assert_num_queries(7):
        page = client.get("/desk/conferences/").content.decode()
    assert len(set(re.findall(r'href="/desk/conferences/\d+/"', page))) == number
    assert (
        len(b"".join(client.get("/desk/conferences.csv").streaming_content).decode().splitlines())
        == number + 1
    )
    assert client.get("/desk/conferences.xlsx").status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_much_for_three_items_as_for_one(
    client, officials, number, django_assert_num_queries
):
    client.force_login(officials.chair)
    made = drafted(client)
    for n in range(number):
        add_item(made, by=BY, title=f"Mục {n}")
    client.get(f"/desk/conferences/{made.pk}/")
    with django_assert_num_queries(12):
        assert client.get(f"/desk/conferences/{made.pk}/").status_code == 200


def test_the_list_is_narrowed_without_marks(client, officials):
    client.force_login(officials.chair)
    drafted(client)
    for query, found in (
        ("q=quan triet", 1),
        ("q=bau cu", 0),
        ("state=drafted", 1),
        ("state=open", 0),
        ("since=12/12/2030&last=12/12/2030", 1),
        ("since=13/12/2030", 0),
        ("unit=00004", 1),
    ):
        page = client.get(f"/desk/conferences/?{query}").content.decode()
        assert len(set(re.findall(r'href="/desk/conferences/\d+/"', page))) == found, query
    for query, told in (
        ("q=a", "ít nhất ba chữ"),
        ("since=hôm qua", "không phải là ngày"),
        ("state=x", "Không có lựa chọn"),
    ):
        answer = client.get(f"/desk/conferences/?{query}")
        assert answer.status_code == 400 and told in answer.content.decode()


def test_the_programme_is_written_ordered_and_given_papers(client, officials):
    client.force_login(officials.clerk)
    made = drafted(client)
    here = f"/desk/conferences/{made.pk}/programme/"
    client.post(here, {"title": "Phiên sáng", "kind": "session", "planned_minutes": ""})
    session = made.items.get()
    for title in ("Báo cáo", "Thảo luận"):
        assert (
            client.post(
                here,
                {
                    "title": title,
                    "kind": "report",
                    "parent": str(session.pk),
                    "speaker": "Trần Văn An",
                    "planned_minutes": "15",
                },
            ).status_code
            == 302
        )
    first, second = made.items.filter(parent=session).order_by("position")
    client.post(f"{here}{second.pk}/up/")
    assert list(made.items.order_by("position").values_list("title", flat=True)) == [
        "Phiên sáng",
        "Thảo luận",
        "Báo cáo",
    ]
    assert (
        client.post(
            f"{here}{first.pk}/edit/",
            {"title": "Báo cáo kết quả", "kind": "report", "speaker": "", "planned_minutes": "20"},
        ).status_code
        == 302
    )
    client.post(f"{here}{first.pk}/papers/", {"file": SimpleUploadedFile("bao-cao.pdf", PDF)})
    page = client.get(f"{here}{first.pk}/edit/").content.decode()
    assert (
        "bao-cao.pdf" in page
        and 'value="Báo cáo kết quả"' in page
        and "1 tài liệu" in tight(client.get(here).content.decode())
    )
    client.post(f"/desk/conferences/{made.pk}/papers/{first.papers.get().pk}/remove/")
    assert not first.papers.exists()
    refused = client.post(f"{here}{session.pk}/remove/")
    assert refused.status_code == 400 and "không bỏ được" in refused.content.decode()
    assert client.post(f"{here}{second.pk}/remove/").status_code == 302 and made.items.count() == 2
    answer = client.post(
        here, {"title": "", "kind": "report", "speaker": "Lê Thị Bình", "planned_minutes": "x"}
    )
    assert answer.status_code == 400 and 'value="Lê Thị Bình"' in answer.content.decode()


def test_bridge_points_are_planned(client, officials):
    client.force_login(officials.clerk)
    made = drafted(client)
    here = f"/desk/conferences/{made.pk}/points/"
    given = {
        "name": "Điểm cầu số 1",
        "unit": "00004",
        "room": "P. 201",
        "technician": "Lê Bình",
        "expected": "40",
        "capacity": "",
    }
    assert client.post(here, given).status_code == 302
    point = made.points.get()
    assert (point.unit_id, point.technician, point.expected) == (officials.ward.pk, "Lê Bình", 40)
    again = client.post(here, given)
    assert (
        again.status_code == 400
        and "đã có điểm cầu tên này" in again.content.decode()
        and 'value="P. 201"' in again.content.decode()
    )
    assert (
        client.post(
            f"{here}{point.pk}/edit/", {**given, "unit": "Hà Nội", "capacity": "50"}
        ).status_code
        == 302
    )
    point.refresh_from_db()
    assert (point.unit.level, point.capacity) == ("province", 50)
    page = tight(client.get(here).content.decode())
    assert "Điểm cầu số 1" in page and "0 / 50" in page
    add_delegate(made, by=BY, name="Đại biểu", point=point)
    refused = client.post(f"{here}{point.pk}/remove/")
    assert refused.status_code == 400 and "Điểm cầu đã có đại biểu" in refused.content.decode()
    made.delegates.get().pass_in.delete()
    made.delegates.all().delete()
    assert client.post(f"{here}{point.pk}/remove/").status_code == 302 and not made.points.exists()


def test_nothing_is_prepared_of_a_conference_that_is_over(client, officials):
    client.force_login(officials.chair)
    made = drafted(client)
    client.post(f"/desk/conferences/{made.pk}/cancel/", {"reason": "Bão"})
    page = client.get(f"/desk/conferences/{made.pk}/programme/").content.decode()
    assert "Thêm mục" not in page
    answer = client.post(
        f"/desk/conferences/{made.pk}/programme/",
        {"title": "Muộn", "kind": "report", "planned_minutes": "5"},
    )
    assert answer.status_code == 400 and "không làm được việc này nữa" in answer.content.decode()


@turn(4, together=3)
@pytest.mark.browser
def test_the_pages_are_for_everyone(browser_page, officials, client):
    client.force_login(officials.chair)
    made = drafted(client)
    add_item(made, by=BY, title="Báo cáo")
    browser_page.goto("/accounts/login/")
    browser_page.fill("[name=login]", officials.chair.email)
    browser_page.fill("[name=password]", PASSWORD)
    browser_page.press("[name=password]", "Enter")
    browser_page.wait_for_url("**/desk/")
    point = add_point(
        made, by=BY, unit=officials.ward, name="Điểm cầu phường", room="Hội trường tầng 2"
    )
    here = f"/desk/conferences/{made.pk}/"
    for path in (
        "/desk/conferences/",
        f"{here}programme/",
        f"{here}programme/{made.items.get().pk}/edit/",
        f"{here}points/",
        f"{here}points/{point.pk}/edit/",
        "/desk/conferences/new/",
        f"/desk/conferences/{made.pk}/",
        f"/desk/conferences/{made.pk}/edit/",
    ):
        inspect(browser_page, path)
