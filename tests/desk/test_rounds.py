"""Rounds at the desk: the ordinary form, the line of a device, lists; what is said of wrong
days and of conflicts.
"""

import hashlib
import json
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danchu.inspection import actions
from danchu.inspection.models import Finding, RoundSheet
from danchu.law.loading import load_law
from danchu.people.actions import appoint, create_account
from danchu.people.models import OfficeKind
from danchu.register.models import Event
from danchu.units.actions import open_body
from tests.browser import inspect
from tests.desk.conftest import BY
from tests.inspection.pictures import jpeg, png
from tests.markup import tight
from tests.sizes import turn

pytestmark = pytest.mark.usefixtures("law_loaded")


@pytest.fixture
def board(officials, settings, tmp_path):
    """The board of the ward, and its member and head logged in by role."""
    settings.PAPERS_ROOT = tmp_path
    load_law(by=BY)
    for role, office in (("member", "inspection_member"), ("boss", "inspection_head")):
        account = create_account(by=BY, email=f"{role}@example.vn", name=role)
        appoint(
            account,
            by=BY,
            office_kind=OfficeKind.objects.get(key=office),
            unit=officials.ward,
            since=date(2025, 7, 1),
        )
        setattr(officials, role, account)
    return open_body(
        officials.ward,
        by=BY,
        kind="peoples_inspection_board",
        name="Ban TTND phường Ba Đình",
        since=date(2025, 7, 1),
    )


def typed(board, /, **more):
    return {
        "uid": str(uuid4()),
        "board": str(board.pk),
        "held_on": "11/08/2025",
        "participants": "4",
        "title": "Thu chi quỹ tổ 5",
        "place": "Nhà văn hóa",
        "minutes": "Có mặt bốn người.",
        "noted_title": ["Thu sai mức", ""],
        "noted_place": ["Tổ 5", ""],
        "noted_detail": ["Thu vượt.", ""],
        **more,
    }


def test_the_form_alone_writes_a_round_with_its_photos(client, officials, board):
    client.force_login(officials.member)
    files = [
        SimpleUploadedFile("IMG 1.JPG", jpeg(1), "image/jpeg"),
        SimpleUploadedFile("b.png", png(2), "image/png"),
    ]
    sent = typed(board, photos=files)
    answer = client.post("/desk/rounds/new/", sent)
    sheet = RoundSheet.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/desk/rounds/{sheet.uid}/")
    assert [one.name for one in sheet.event.attachments.order_by("pk")] == [
        "anh-01.jpg",
        "anh-02.png",
    ]
    again = client.post(
        "/desk/rounds/new/",
        sent
        | {
            "photos": [
                SimpleUploadedFile(file.name, content, "image/jpeg")
                for file, content in zip(files, (jpeg(1), png(2)), strict=True)
            ]
        },
    )
    assert (again.url, Event.objects.count(), sheet.event.attachments.count()) == (answer.url, 1, 2)
    client.force_login(officials.boss)
    page = tight(client.get(answer.url).content.decode())
    assert (
        "Thu sai mức" in page
        and "Có mặt bốn người." in page
        and page.count('<img src="/desk/papers/') == 2
    )
    client.post(
        f"/desk/records/{sheet.event.uid}/confirm/"
    )  # by the general way: what was noted is entered all the same
    assert Finding.objects.get().round_id == sheet.event_id


def test_who_confirms_a_round_in_the_register_reads_its_violations_and_goes_on_to_them(
    client, officials, board
):
    client.force_login(officials.member)
    client.post("/desk/rounds/new/", typed(board))
    client.force_login(officials.boss)
    address = f"/desk/records/{Event.objects.get().uid}/"
    page = client.get(address).content.decode()
    assert "Thu sai mức" in page and "Vào sổ vụ việc khi Trưởng ban xác nhận" in page
    client.post(f"{address}confirm/")
    page = client.get(address).content.decode()
    assert f"/desk/findings/{Finding.objects.get().uid}/" in page


def test_a_file_that_is_no_photo_is_told_of_and_the_round_is_there(client, officials, board):
    client.force_login(officials.member)
    answer = client.post(
        "/desk/rounds/new/",
        typed(board, photos=[SimpleUploadedFile("a.jpg", b"MZ not a photo", "image/jpeg")]),
        follow=True,
    )
    assert "Chỉ nhận ảnh JPEG hoặc PNG." in answer.content.decode()
    assert (RoundSheet.objects.get().photos.count(), Event.objects.count()) == (0, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held_on", "31/02/2025"),
        ("title", ""),
        ("board", "999999"),
        ("participants", "vài"),
        ("plan", "999999"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(client, officials, board, field, value):
    client.force_login(officials.member)
    answer = client.post("/desk/rounds/new/", typed(board, **{field: value}))
    text = answer.content.decode()
    assert (
        answer.status_code,
        'aria-invalid="true"' in text,
        "Thu vượt." in text and "Có mặt bốn người." in text,
    ) == (400, True, True)
    assert not Event.objects.exists()


def test_the_form_alone_tells_of_the_same_round_and_sends_it_as_another_when_so_chosen(
    client, officials, board
):
    client.force_login(officials.member)
    client.post("/desk/rounds/new/", typed(board))
    answer = client.post("/desk/rounds/new/", typed(board))
    assert (
        answer.status_code == 400
        and f"/desk/rounds/{RoundSheet.objects.get().uid}/" in answer.content.decode()
    )
    assert client.post("/desk/rounds/new/", typed(board, apart="on")).status_code == 302
    assert Event.objects.count() == 2


def test_a_draft_is_changed_and_thrown_away_at_the_desk(client, officials, board):
    client.force_login(officials.member)
    client.post("/desk/rounds/new/", typed(board))
    sheet = RoundSheet.objects.get()
    assert (
        client.get(f"/desk/records/{sheet.event.uid}/edit/").url
        == f"/desk/rounds/{sheet.uid}/edit/"
    )
    shown = client.get(f"/desk/rounds/{sheet.uid}/edit/").content.decode()
    assert "Thu sai mức" in shown and "Nhà văn hóa" in shown
    changed = typed(
        board,
        uid=str(sheet.uid),
        title="Quỹ tổ 6",
        noted_title=["Một", "Hai"],
        noted_place=["", ""],
        noted_detail=["", ""],
    )
    assert client.post(f"/desk/rounds/{sheet.uid}/edit/", changed).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.title, [row["title"] for row in sheet.noted]) == ("Quỹ tổ 6", ["Một", "Hai"])
    assert client.post(f"/desk/rounds/{sheet.uid}/confirm/").status_code == 403
    assert client.post(f"/desk/rounds/{sheet.uid}/discard/").status_code == 302
    assert "Đã bỏ bản nháp" in client.get(f"/desk/rounds/{sheet.uid}/").content.decode()


def said(client, board, /, content=None, **more):
    sent = {
        "uid": str(uuid4()),
        "board": str(board.pk),
        "held_on": "11/08/2025",
        "title": "Thu chi quỹ",
        "noted": [{"title": "Một vụ"}],
        "photos": [],
        "apart": False,
        **more,
    }
    return client.post(
        "/desk/rounds/line/",
        json.dumps(sent) if content is None else content,
        content_type="application/json",
    )


def test_a_device_sends_a_round_and_its_photo_in_pieces(client, officials, board):
    client.force_login(officials.member)
    line, photo, uid = client.get("/desk/rounds/line/").json(), jpeg(1), str(uuid4())
    assert line["account"] == officials.member.pk and line["token"]
    sent_hash = hashlib.sha256(photo).hexdigest()
    given = {
        "uid": uid,
        "photos": [{"hash": sent_hash, "name": "a.jpg", "size": len(photo)}],
        "latitude": "21.02850",
        "longitude": "105.85420",
        "accuracy": "8",
    }
    first = said(client, board, **given).json()
    assert first == {
        "url": f"/desk/rounds/{uid}/",
        "photos": [{"hash": sent_hash, "done": False, "received": 0}],
    }
    where = f"/desk/rounds/line/{uid}/{sent_hash}/?offset="
    assert client.post(
        f"{where}0", photo[:100], content_type="application/octet-stream"
    ).json() == {"received": 100, "done": False}
    assert said(client, board, **given).json()["photos"][0]["received"] == 100
    assert client.post(
        f"{where}0", photo[:100], content_type="application/octet-stream"
    ).json() == {"received": 100, "done": False}
    assert client.post(
        f"{where}100", photo[100:], content_type="application/octet-stream"
    ).json() == {"received": len(photo), "done": True}
    assert said(client, board, **given).json()["photos"][0]["done"] is True
    assert "21.02850, 105.85420 (±8 m)" in client.get(first["url"]).content.decode()


def test_a_photo_that_will_not_come_is_waited_for_no_more_and_another_is_not_known(
    client, officials, board
):
    client.force_login(officials.member)
    photo = {"hash": "a" * 64, "name": "a.jpg", "size": 9}
    page = said(client, board, photos=[photo]).json()["url"]
    assert f'value="{"a" * 64}"' in client.get(page).content.decode()
    refused = client.post(f"{page}drop/", {"photo": "b" * 64})
    assert (refused.status_code, "không có ảnh ấy" in refused.content.decode()) == (400, True)
    assert client.post(f"{page}drop/", {"photo": "a" * 64}).url == page
    assert RoundSheet.objects.get().photos.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        '"x"',
        "[" * 100_000,
        '{"noted": {}}',
        '{"photos": [1]}',
        '{"noted": ["x"]}',
        '{"title": {"a": 1}}',
        '{"uid": "x"}',
        "\ufeff",
    ],
)
def test_garbage_on_the_line_is_told_as_json(client, officials, board, content):
    client.force_login(officials.member)
    answer = said(client, board, content=content)
    assert (answer.status_code, bool(answer.json()["message"]), Event.objects.count()) == (
        400,
        True,
        0,
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"board": "999999"}, "Ban"),
        ({"held_on": "2025-13-01"}, ""),
        ({"title": ""}, "Kiểm tra"),
        ({"photos": [{"hash": "x"}]}, ""),
        ({"noted": [{"detail": "x"}]}, "Vụ việc thứ 1: Hãy ghi vụ việc"),
    ],
)
def test_a_round_that_cannot_be_is_refused_on_the_line_in_words(
    client, officials, board, more, field
):
    client.force_login(officials.member)
    answer = said(client, board, **more)
    assert (
        answer.status_code,
        answer.json()["message"].startswith(field),
        Event.objects.count(),
    ) == (400, True, 0)


def test_conflicts_are_told_with_the_other_round(client, officials, board):
    client.force_login(officials.member)
    plan = actions.plan_round(
        by=BY, board=board, span="quarter", title="Quỹ", planned_on=date(2025, 8, 11)
    )
    uid = said(client, board, plan=str(plan.pk)).json()["url"]
    for more, kind in (
        ({"plan": str(plan.pk), "title": "Khác"}, "plan"),
        ({}, "alike"),
        ({"uid": uid.split("/")[-2], "title": "Khác"}, "changed"),
    ):
        answer = said(client, board, **more)
        assert (answer.status_code, answer.json()["conflict"], answer.json()["other"]["url"]) == (
            409,
            kind,
            uid,
        )
    assert Event.objects.count() == 1


def test_nobody_without_the_right_sends_and_a_stranger_is_led_to_log_in(client, officials, board):
    assert client.get("/desk/rounds/line/").status_code == 302
    client.force_login(officials.clerk)
    answer = said(client, board)
    assert (answer.status_code, "message" in answer.json()) == (403, True)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officials.member)
    assert (
        strict.post("/desk/rounds/line/", "{}", content_type="application/json").status_code == 403
    )


def test_the_worker_keeps_only_our_own_files_and_the_page_may_ask_where_it_is(
    client, officials, board
):
    answer = client.get("/desk/rounds/worker.js")
    assert answer.headers["Content-Type"].startswith(
        "text/javascript"
    ) and "//" not in answer.content.decode().replace("https://", "")
    client.force_login(officials.member)
    assert "geolocation=(self)" in client.get("/desk/rounds/new/").headers["Permissions-Policy"]
    assert "geolocation=()" in client.get("/desk/rounds/").headers["Permissions-Policy"]


def test_a_list_of_three_rounds_asks_as_much_as_a_list_of_one(client, officials, board):
    client.force_login(officials.boss)
    client.get("/api/v1/lists/rounds")  # the first call of an hour removes old counts of calls
    counts = []
    for n in range(3):
        actions.write_round(
            uuid4(),
            by=BY,
            board=board,
            held_on=date(2025, 8, 11 + n),
            title=f"Quỹ {n}",
            noted=[{"title": "x"}],
        )
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text = client.get("/desk/rounds/").content.decode()
            b"".join(client.get("/desk/rounds.csv").streaming_content)
            assert len(client.get("/api/v1/lists/rounds").json()["rows"]) == n + 1
        counts.append(
            (
                len(asked),
                text.count("/desk/rounds/")
                - client.get("/desk/rounds/?state=confirmed")
                .content.decode()
                .count("/desk/rounds/"),
            )
        )
    assert counts[0][0] == counts[2][0] and [shown for _asked, shown in counts] == [1, 2, 3]
    assert "Quỹ 2" in client.get("/desk/rounds.csv?state=draft").getvalue().decode()
    first = client.get("/desk/rounds/?sort=held_on").content.decode()
    assert first.index("Quỹ 0") < first.index("Quỹ 2")


@turn(4, together=1)
@pytest.mark.browser
def test_the_pages_of_rounds_are_for_everyone(browser_page, client, site, officials, board):
    client.force_login(officials.boss)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    client.post(
        "/desk/rounds/new/",
        typed(board, photos=[SimpleUploadedFile("a.jpg", jpeg(1, (640, 480)), "image/jpeg")]),
    )
    sheet = RoundSheet.objects.get()
    for path in (
        "/desk/rounds/",
        "/desk/rounds/new/",
        f"/desk/rounds/{sheet.uid}/",
        f"/desk/rounds/{sheet.uid}/edit/",
    ):
        inspect(browser_page, path)
