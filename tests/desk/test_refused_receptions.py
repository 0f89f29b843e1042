"""A refused reception at the desk: the form keeps what was typed, the line stands in the
register apart, the head records the notice.
"""

import csv
import io
from uuid import uuid4

import pytest
from django.test import Client

from danchu.casework.models import ReceptionDay, Visit
from danchu.obligations.models import Obligation
from tests.browser import inspect
from tests.desk.test_petitions import staff  # noqa: F401
from tests.markup import tight
from tests.sizes import turn

NEW = "/desk/reception/refusals/new/"


def typed(**more):
    return {
        "uid": str(uuid4()),
        "unit": "00004",
        "received_on": "03/07/2026",
        "form": "regular",
        "nature": "feedback",
        "reason": "answered",
        "name": "Lê Văn Chín",
        "address": "Số 9 ngõ Giếng",
        "people": "6",
        "content": "Hỏi lại việc ngõ ngập",
        "handled_before": "UBND phường, văn bản 12/UBND-VP",
        **more,
    }


def test_what_was_typed_stays_when_the_ground_is_not_of_the_law_of_the_day(client, staff, clock):
    clock.set("2026-07-06")
    client.force_login(staff.handler)
    answer = client.post(NEW, typed(received_on="30/06/2026"))
    shown = tight(answer.content.decode())
    assert answer.status_code == 400 and not Visit.objects.exists()
    assert (
        "không cho từ chối tiếp vì lý do này" in shown
        and "Hỏi lại việc ngõ ngập" in shown
        and 'value="answered" selected' in shown
    )
    missing = client.post(NEW, typed(reason="", content="")).content.decode()
    assert missing.count('class="error"') == 2 and "văn bản 12/UBND-VP" in missing
    form = typed()
    assert (
        client.post(NEW, form).status_code == 302
        and "đã có trong sổ" in client.post(NEW, form, follow=True).content.decode()
    )
    assert Visit.objects.count() == 1


def test_the_register_shows_it_apart_and_column_13_says_why(client, staff, clock):
    clock.set("2026-07-06")
    client.force_login(staff.handler)
    client.post(NEW, typed())
    client.post("/desk/reception/new/", {**typed(), "name": "Bà Được Tiếp"})
    listed = tight(client.get("/desk/reception/").content.decode())
    assert (
        "từ chối tiếp" in listed
        and '<dt>Từ chối tiếp</dt><dd class="num">1</dd>' in listed
        and '<dt>Lượt tiếp</dt><dd class="num">1</dd>' in listed
    )
    only = client.get("/desk/reception/?came=refused").content.decode()
    assert "Lê Văn Chín" in only and "Bà Được Tiếp" not in only
    kept = client.get("/desk/reception/?came=received").content.decode()
    assert (
        "Lê Văn Chín" not in kept
        and "Bà Được Tiếp" in kept
        and client.get("/desk/reception/?came=x").status_code == 400
    )
    rows = list(
        csv.reader(
            io.StringIO(
                b"".join(client.get("/desk/reception.csv").streaming_content).decode("utf-8-sig")
            )
        )
    )
    assert all(len(row) == 13 for row in rows) and [
        ("điểm h khoản 1 Điều 4" in row[12]) for row in rows[1:]
    ] == [True, False]


def test_one_person_alone_is_no_large_group_in_the_list(client, staff, clock):
    clock.set("2026-07-06")
    client.force_login(staff.handler)
    client.post("/desk/reception/new/", {**typed(), "people": "1"})
    assert "Lê Văn Chín" in client.get("/desk/reception/").content.decode()
    assert "đoàn đông người" not in client.get("/desk/reception/").content.decode()
    client.post(NEW, typed(people="1"))
    only = client.get("/desk/reception/?came=refused").content.decode()
    assert "từ chối tiếp" in only and "đoàn đông người" not in only


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"unit": ""}, "Hỏi lại việc ngõ ngập"),
        ({"received_on": "31/02/2026"}, "Hỏi lại việc ngõ ngập"),
        ({"unit": "00008"}, "Không tìm thấy đơn vị"),
        ({"petition": "PA-0000-0000"}, "Không có đơn mã này"),
    ],
)
def test_a_visit_with_a_wrong_place_day_or_code_is_told_and_what_was_typed_stays(
    client, staff, clock, more, sentence
):
    clock.set("2026-07-06")
    client.force_login(staff.handler)
    answer = client.post("/desk/reception/new/", typed(**more))
    page = answer.content.decode()
    assert answer.status_code == 400 and not Visit.objects.exists()
    assert sentence in page and "Hỏi lại việc ngõ ngập" in page and 'class="error"' in page


def test_a_day_of_reception_is_closed_at_the_desk_as_held_or_missed_and_why(client, staff, clock):
    clock.set("2026-07-06")
    client.force_login(staff.handler)
    for on in ("02/07/2026", "03/07/2026"):
        day = {"unit": "00004", "office": "Chủ tịch", "on": on, "form": "periodic", "room": "P1"}
        assert client.post("/desk/reception/days/new/", day).status_code == 302
    held, missed = ReceptionDay.objects.order_by("on")
    assert client.post(f"/desk/reception/days/{held.uid}/", {"was_held": "yes"}).status_code == 302
    page = f"/desk/reception/days/{missed.uid}/"
    refused = client.post(page, {"was_held": "no", "reason": " "})
    assert refused.status_code == 400
    assert client.post(page, {"was_held": "no", "reason": "Họp bão"}).status_code == 302
    states = ReceptionDay.objects.order_by("on").values_list("state", "reason")
    assert list(states) == [("held", ""), ("missed", "Họp bão")]


@pytest.mark.parametrize("lines", [1, 3])
def test_the_list_asks_as_many_questions_for_one_line_as_for_three(
    client, staff, clock, lines, django_assert_num_queries
):
    clock.set("2026-07-06")
    client.force_login(staff.handler)
    for _ in range(lines):
        client.post(NEW, typed())
    client.get("/desk/reception/")
    with django_assert_num_queries(9):
        client.get("/desk/reception/?came=refused")


def test_the_head_records_the_notice_and_the_clerk_may_not(client, staff, clock):
    clock.set("2026-07-06")
    client.force_login(staff.handler)
    client.post(NEW, typed())
    it, head = Visit.objects.get(), Client()
    page = f"/desk/reception/{it.uid}/"
    shown = client.get(page).content.decode()
    assert (
        "08/07/2026" in shown
        and "notice.docx" in shown
        and "/issue/" not in shown
        and "?visit=" not in shown
    )
    assert client.post(f"{page}issue/", {"on": "06/07/2026", "number": "1/TB"}).status_code == 403
    assert (
        client.get(f"{page}notice.pdf").content.startswith(b"%PDF")
        and client.get(f"{page}notice.odt").status_code == 404
    )
    assert "Lê" not in client.get(f"{page}notice.docx").headers["Content-Disposition"]
    head.force_login(staff.head)
    wrong = head.post(f"{page}issue/", {"on": "06/07/2026", "number": " "})
    assert wrong.status_code == 400 and "Hãy ghi số của thông báo" in wrong.content.decode()
    assert (
        "21/TB-UBND"
        in head.post(
            f"{page}issue/", {"on": "06/07/2026", "number": "21/TB-UBND"}, follow=True
        ).content.decode()
    )
    assert (
        Obligation.objects.get(subject_kind="visit").state == "met"
        and "/issue/" not in head.get(page).content.decode()
    )


def test_a_line_explained_on_the_spot_has_no_notice(client, staff, clock):
    clock.set("2026-07-06")
    client.force_login(staff.handler)
    client.post(
        NEW, typed(reason="threat", name="", guidance="Mời ra ngoài, hẹn tiếp khi giữ trật tự")
    )
    it = Visit.objects.get()
    assert (
        "notice.pdf" not in client.get(f"/desk/reception/{it.uid}/").content.decode()
        and client.get(f"/desk/reception/{it.uid}/notice.pdf").status_code == 404
    )


@turn(4, together=1)
@pytest.mark.browser
def test_the_pages_of_a_refused_reception_are_for_everyone(browser_page, site, staff, clock):
    clock.set("2026-07-06")
    head = Client()
    head.force_login(staff.head)
    head.post(NEW, typed())
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": head.cookies["sessionid"].value, "url": site}]
    )
    for path in (NEW, f"/desk/reception/{Visit.objects.get().uid}/", "/desk/reception/"):
        inspect(browser_page, path)
