"""Delegates at the desk: invited, imported whole or not at all, found without marks; codes
stand only in the answer that was asked for.
"""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from danchu.conference.access.codes import pass_digest
from danchu.conference.actions.delegates import add_delegate, import_delegates
from danchu.conference.actions.points import add_point
from danchu.conference.models import Delegate, Pass
from danchu.kernel.days import now
from danchu.papers.store import waiting_root
from danchu.people.models import OfficeKind
from danchu.subjects import listing
from tests.browser import inspect
from tests.desk.conftest import BY, PASSWORD
from tests.desk.test_conferences import drafted, law  # noqa: F401
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.django_db
CODE = r"<code>([0-9A-Z-]{11})</code>"


@pytest.fixture
def made(client, officials):
    """A conference with one bridge point, its preparer logged in."""
    client.force_login(officials.clerk)
    found = drafted(client)
    found.point = add_point(
        found, by=BY, unit=officials.ward, name="Điểm cầu phường", room="Hội trường tầng 2"
    )
    found.here = f"/desk/conferences/{found.pk}/"
    return found


def sent(client, made, text, name="danh-sach.csv"):
    """The address where the list is shown before anything is written."""
    answer = client.post(
        f"{made.here}delegates/import/", {"file": SimpleUploadedFile(name, text.encode())}
    )
    assert answer.status_code == 302
    return answer["Location"]


def token(page):
    return re.search(r'name="token" value="([0-9a-f]+)"', tight(page))[1]


def test_a_delegate_is_invited_found_without_marks_and_corrected(client, made):
    answer = client.post(
        f"{made.here}delegates/new/",
        {
            "name": "Nguyễn Thị Bưởi",
            "office": "Bí thư chi bộ",
            "contact": "0912 345 678",
            "point": str(made.point.pk),
            "entitled": "on",
        },
    )
    assert answer.status_code == 302 and answer["Location"] == f"{made.here}delegates/"
    row = made.delegates.get()
    assert (row.contact, row.point, row.entitled, row.state) == (
        "0912345678",
        made.point,
        True,
        "invited",
    )
    for words, found in (("buoi", True), ("bi thu", True), ("tran", False)):
        assert (
            "Nguyễn Thị Bưởi"
            in client.post(f"{made.here}delegates/", {"q": words}).content.decode()
        ) is found
    assert (
        client.post(
            f"{made.here}delegates/{row.uid}/edit/",
            {"name": "Nguyễn Thị Bưởi", "office": "", "contact": "", "point": ""},
        ).status_code
        == 302
    )
    row.refresh_from_db()
    assert (row.office, row.point, row.entitled) == ("", None, False)
    bad = client.post(f"{made.here}delegates/new/", {"name": "Lê Bình", "contact": "không có"})
    assert (
        bad.status_code == 400
        and 'value="Lê Bình"' in bad.content.decode()
        and "Hãy ghi số điện thoại" in bad.content.decode()
    )


def test_a_list_names_every_bad_cell_and_writes_nothing(client, made):
    where = sent(
        client,
        made,
        "Họ và tên;Điện thoại hoặc thư điện tử;Điểm cầu;Được biểu quyết\nTrần "
        "An;0912345678;Điểm cầu phường;có\n;12;Nơi lạ;có thể\nTrần An;0912345678;;\n",
    )
    page = client.get(where).content.decode()
    for told in (
        "Hãy ghi họ và tên",
        "Hãy ghi số điện thoại",
        "không có điểm cầu tên này",
        "Hãy ghi có hoặc không",
        "Trùng với dòng 2",
    ):
        assert told in page
    assert "Ghi vào danh sách" not in page
    assert (
        len(b"".join(client.get(f"{where}problems.csv").streaming_content).decode().splitlines())
        == 6
    )
    assert (
        client.post(where, {"token": "a" * 64}).status_code == 400 and not made.delegates.exists()
    )


def test_a_list_is_written_exactly_as_it_was_shown_and_once(client, made):
    text = (
        "ho va ten,chuc vu noi cong tac,diem cau,duoc bieu quyet\nTrần An,Trưởng thôn,diem "
        "cau phuong,\nLê Bình,,,không\n"
    )
    where = sent(client, made, text)
    page = client.get(where).content.decode()
    assert "Trần An" in page and not made.delegates.exists()
    add_delegate(made, by=BY, name="Lê Bình", entitled=False)
    again = client.post(where, {"token": token(page)})
    assert (
        again.status_code == 400
        and "đã thay đổi từ lần xem trước" in again.content.decode()
        and made.delegates.count() == 1
    )
    assert client.post(where, {"token": token(again.content.decode())}).status_code == 302
    assert sorted(made.delegates.values_list("name", "point", "entitled")) == [
        ("Lê Bình", None, False),
        ("Trần An", made.point.pk, True),
    ]
    assert Pass.objects.filter(delegate__conference=made).count() == 2
    same = sent(client, made, text)
    client.post(same, {"token": token(client.get(same).content.decode())})
    assert made.delegates.count() == 2


def test_a_list_that_another_window_confirmed_meanwhile_is_refused_in_words(
    client, made, monkeypatch
):
    where = sent(client, made, "ho va ten\nTrần An\n")
    shown = {"token": token(client.get(where).content.decode())}

    def import_after_the_other_window(conference, file, name, *, by, token):
        import_delegates(conference, file, name, by=by, token=token)
        for path in waiting_root().glob(f"*-{where.split('/')[-2]}"):
            path.unlink()
        return import_delegates(conference, file, name, by=by, token=token)

    monkeypatch.setattr(
        "danchu.desk.views.invitees.import_delegates", import_after_the_other_window
    )
    answer = client.post(where, shown)
    assert answer.status_code == 400
    assert "đã thay đổi từ lần xem trước" in answer.content.decode()
    assert made.delegates.count() == 1
    later = client.post(where, shown)
    assert later.status_code == 404 and "không còn chờ ghi" in later.content.decode()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n\n", "không có dòng nào"),
        ("Tên lạ\nx\n", "Không rõ cột"),
        ("Chức vụ, nơi công tác\n", "Không rõ cột"),
        ("office\nx\n", "thiếu cột"),
        ("%PDF-1.4", "không phải là CSV"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(client, made, text, told):
    answer = client.get(sent(client, made, text))
    assert answer.status_code == 400 and told in answer.content.decode()


def test_the_sample_can_be_sent_back(client, made):
    for ending in ("csv", "xlsx"):
        content = b"".join(
            client.get(f"{made.here}delegates/import/sample.{ending}").streaming_content
        )
        answer = client.post(
            f"{made.here}delegates/import/", {"file": SimpleUploadedFile(f"mau.{ending}", content)}
        )
        page = client.get(answer["Location"]).content.decode()
        assert "Ghi vào danh sách" in page and "Trần Văn An" in page


def test_holders_of_an_office_are_invited(client, officials, made):
    answer = client.post(
        f"{made.here}delegates/office/new/",
        {"office_kind": "front_chair", "unit": "01"},
        follow=True,
    )
    assert "Đã mời thêm 2 người" in answer.content.decode()
    assert set(made.delegates.values_list("account", flat=True)) == {
        officials.chair.pk,
        officials.neighbour.pk,
    }
    assert OfficeKind.objects.filter(key="front_chair").exists()


def test_a_search_is_paged_by_form_and_names_nobody_in_an_address(client, made, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 2)
    for name in ("Trần An", "Trần Bình", "Trần An", "Lê Bình", "Trần Cúc", "Trần Đông"):
        add_delegate(made, by=BY, name=name)
    shown, after = [], ""
    while after is not None:
        answer = client.post(
            f"{made.here}delegates/", {"q": "tran", "sort": "name", "after": after}
        )
        page = tight(answer.content.decode())
        shown += re.findall(r'edit/">(Trần [^<]+)<|/">(Trần [^<]+)</a>', page)
        assert "q=" not in page and "Lê Bình" not in page
        found = re.search(r'name="after" value="([^"]+)"', page)
        after = found and found[1]
    assert ["".join(one) for one in shown] == [
        "Trần An",
        "Trần An",
        "Trần Bình",
        "Trần Cúc",
        "Trần Đông",
    ]


def test_codes_stand_only_in_the_answer_that_was_asked_for(client, made):
    row = add_delegate(made, by=BY, name="Trần An", office="Trưởng thôn", point=made.point)
    answer = client.post(f"{made.here}passes/sheets/", {"point": ""})
    page = answer.content.decode()
    code = re.search(CODE, page)[1]
    assert (
        answer.status_code == 200
        and answer["Cache-Control"] == "private, no-store"
        and "<svg" in page
        and "Trần An" in page
    )
    assert pass_digest(code) == row.pass_in.secret
    client.post(f"{made.here}passes/rooms/")
    room = re.search(CODE, client.post(f"{made.here}passes/room-sheets/").content.decode())[1]
    assert Pass.objects.get(role="room").secret == pass_digest(room)
    chair = re.search(
        CODE.replace("{11}", "+"),
        client.post(f"{made.here}passes/steward/", {"role": "chair"}).content.decode(),
    )[1]
    held = Pass.objects.get(role="chair")
    assert held.secret == pass_digest(chair)
    renewed = re.search(
        CODE, client.post(f"{made.here}delegates/{row.uid}/renew/").content.decode()
    )[1]
    row.pass_in.refresh_from_db()
    assert renewed != code and row.pass_in.secret == pass_digest(renewed)
    everywhere = "".join(
        client.get(f"{made.here}{path}").content.decode()
        for path in ("passes/", "delegates/", f"delegates/{row.uid}/edit/", "")
    )
    assert not any(one in everywhere for one in (code, room, chair, renewed))
    assert (
        client.post(f"{made.here}passes/{held.pk}/withdraw/").status_code == 302
        and "đã thu lại" in client.get(f"{made.here}passes/").content.decode()
    )
    assert client.post(f"{made.here}passes/steward/", {"role": "delegate"}).status_code == 400


def test_the_shared_code_is_printed_where_there_is_one(client, made):
    assert client.post(f"{made.here}passes/poster/").status_code == 400
    open_to_all = drafted(client, entry="link")
    answer = client.post(f"/desk/conferences/{open_to_all.pk}/passes/poster/")
    assert (
        answer.status_code == 200
        and open_to_all.entry_code in answer.content.decode()
        and "<svg" in answer.content.decode()
    )


def test_a_delegate_without_a_pass_breaks_no_page(client, made):
    row = Delegate.objects.create(
        uid=uuid4(), conference=made, name="Minh họa", search="minh hoa", made_by="x", made_at=now()
    )
    assert client.get(f"{made.here}delegates/{row.uid}/edit/").status_code == 200
    assert client.post(f"{made.here}delegates/{row.uid}/renew/").status_code == 404
    answer = client.post(f"{made.here}passes/sheets/", {"point": ""})
    assert (
        answer.status_code == 400
        and "Không có đại biểu nào để in giấy mời" in answer.content.decode()
    )


def test_who_stays_away_may_come_after_all(client, made):
    row = add_delegate(made, by=BY, name="Trần An")
    for act, state in (("absent", "declined"), ("return", "invited")):
        assert client.post(f"{made.here}delegates/{row.uid}/{act}/").status_code == 302
        row.refresh_from_db()
        assert row.state == state
    again = client.post(f"{made.here}delegates/{row.uid}/return/")
    assert again.status_code == 400 and "chưa báo vắng" in again.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    client, made, number, django_assert_num_queries
):
    for n in range(number):
        add_delegate(
            made, by=BY, name=f"Đại biểu {n}", contact="0912345678", point=made.point if n else None
        )
    client.get(f"{made.here}delegates/")
    with django_assert_num_queries(8):
        page = client.get(f"{made.here}delegates/").content.decode()
    assert len(set(re.findall(r"delegates/([0-9a-f-]{36})/edit/", page))) == number
    table = b"".join(client.get(f"{made.here}delegates.csv").streaming_content).decode()
    assert len(table.splitlines()) == number + 1 and "0912345678" in table
    assert client.get(f"{made.here}delegates.xlsx").status_code == 200
    assert (
        len(
            re.findall(
                r"delegates/[0-9a-f-]{36}/edit/",
                client.get(
                    f"{made.here}delegates/?point=-&entitled=1&state=invited"
                ).content.decode(),
            )
        )
        == 1
    )


def test_who_only_looks_sees_no_contacts(client, officials, made):
    add_delegate(made, by=BY, name="Trần An", contact="0912345678")
    client.force_login(officials.neighbour)
    assert (
        client.get(f"{made.here}delegates/").status_code == 404
        and client.get(f"{made.here}delegates.csv").status_code == 404
    )
    assert Delegate.objects.count() == 1


@turn(4, together=1)
@pytest.mark.browser
def test_the_pages_are_for_everyone(browser_page, officials, client, made):
    row = add_delegate(made, by=BY, name="Trần An", office="Trưởng thôn", point=made.point)
    browser_page.goto("/accounts/login/")
    browser_page.fill("[name=login]", officials.clerk.email)
    browser_page.fill("[name=password]", PASSWORD)
    browser_page.press("[name=password]", "Enter")
    browser_page.wait_for_url("**/desk/")
    for path in (
        "delegates/",
        "delegates/new/",
        "delegates/office/new/",
        "delegates/import/",
        f"delegates/{row.uid}/edit/",
        "passes/",
    ):
        inspect(browser_page, f"{made.here}{path}")
