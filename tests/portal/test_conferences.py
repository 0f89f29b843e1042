"""Conferences for everyone: the list, one of them, a place by the shared code, and the way in;
a code stands in no address.
"""

import re
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from danchu.casework.access.rate_limits import MOST
from danchu.conference.access.tokens import cookie_name
from danchu.conference.actions.conferences import edit_conference
from danchu.conference.models import Conference, Delegate, Pass
from tests.conference.conftest import committee, conference, convened, delegates, in_march  # noqa: F401
from tests.markup import tight
from tests.people.conftest import country, offices, system  # noqa: F401
from tests.site.test_garbage import ALONE, BODIES, MARKS, TYPED
from tests.sizes import one_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law_loaded")]


@pytest.fixture
def by_code(convened, system):
    """A convened conference with two places for who has its shared code."""
    return edit_conference(convened, by=system, entry="link", capacity=2)


def typed(found, **more):
    return {
        "uid": str(uuid4()),
        "code": found.entry_code,
        "name": "Lê Văn Tám",
        "office": "",
        "contact": "0912345678",
        "point": "",
        **more,
    }


def register(client, found, **more):
    return client.post(f"/conferences/{found.pk}/register/", typed(found, **more))


def code_in(answer):
    return re.search(
        r'<p class="code-shown"><code>([0-9A-Z]{5}-[0-9A-Z]{5})</code>',
        tight(answer.content.decode()),
    )[1]


def test_who_has_the_shared_code_gets_a_place_and_comes_in(client, by_code):
    page = client.get(f"/conferences/{by_code.pk}/").content.decode()
    assert (
        "Đăng ký dự" in page
        and by_code.entry_code not in page
        and "Báo cáo Sáng" in page
        and "Điểm cầu 1" in page
    )
    answer = register(client, by_code)
    assert (
        answer.status_code == 200
        and "no-store" in answer["Cache-Control"]
        and "Đã có chỗ" in answer.content.decode()
        and "<svg" in answer.content.decode()
    )
    entered = client.post("/h/", {"code": code_in(answer)})
    assert (entered.status_code, entered.url) == (302, f"/hall/{by_code.pk}/") and cookie_name(
        by_code.pk
    ) in entered.cookies


def test_the_third_of_two_places_waits_and_is_told_so(client, by_code):
    for name in ("A Một", "B Hai"):
        register(client, by_code, name=name)
    assert "danh sách chờ" in client.get(f"/conferences/{by_code.pk}/register/").content.decode()
    answer = register(client, by_code, name="C Ba")
    assert (
        "Đang chờ có chỗ" in answer.content.decode()
        and Delegate.objects.get(name="C Ba").state == "waiting"
    )
    refused = client.post("/h/", {"code": code_in(answer)})
    assert refused.status_code == 400 and "danh sách chờ" in refused.content.decode()


def test_a_form_sent_twice_is_one_place_and_the_same_code(client, by_code):
    uid = str(uuid4())
    first, second = (register(client, by_code, uid=uid) for _n in range(2))
    assert code_in(first) == code_in(second) and Delegate.objects.count() == 1
    assert Conference.objects.get(pk=by_code.pk).taken == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"code": "HN-0000-0000"}, "Mã hội nghị chưa đúng"),
        ({"name": ""}, "Trường này là bắt buộc|Hãy nhập"),
        ({"contact": "nhà"}, "Hãy ghi số điện thoại"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(client, by_code, wrong, told):
    answer = register(client, by_code, office="Trưởng thôn", **wrong)
    page = answer.content.decode()
    assert (
        answer.status_code == 400
        and 'value="Trưởng thôn"' in page
        and 'class="error"' in page
        and not Delegate.objects.exists()
    )
    assert "name" in wrong or re.search(told, page)


def test_the_shared_code_at_the_door_leads_to_the_form(client, by_code):
    answer = client.post("/h/", {"code": by_code.entry_code.lower()})
    page = answer.content.decode()
    assert (
        answer.status_code == 200
        and "Đăng ký dự hội nghị" in page
        and f'action="/conferences/{by_code.pk}/register/"' in page
    )
    wrong = client.post("/h/", {"code": "HN-0000-0000"})
    assert wrong.status_code == 400 and "Mã hội nghị chưa đúng" in wrong.content.decode()
    Conference.objects.filter(pk=by_code.pk).update(state="cancelled")
    closed = client.post("/h/", {"code": by_code.entry_code})
    assert closed.status_code == 400 and "không còn nhận đăng ký" in closed.content.decode()


def test_where_whoever_has_the_code_comes_in_the_device_is_let_in_at_once(client, by_code, system):
    found = edit_conference(by_code, by=system, entry="open")
    answer = register(client, found)
    assert (
        cookie_name(found.pk) in answer.cookies
        and f'href="/hall/{found.pk}/"' in answer.content.decode()
    )
    assert Pass.objects.get().device != ""
    assert client.get(f"/hall/{found.pk}/mine.json").status_code == 200


def test_nobody_registers_where_delegates_are_listed_and_nobody_hears_of_a_draft(
    client, convened, conference
):
    assert client.get(f"/conferences/{convened.pk}/register/").status_code == 404
    assert register(client, convened, code="HN-0000-0000").status_code == 404
    Conference.objects.filter(pk=convened.pk).update(state="drafted")
    assert client.get(f"/conferences/{convened.pk}/").status_code == 404
    assert convened.title not in client.get("/conferences/").content.decode()


def test_guessing_shared_codes_is_stopped(by_code, monkeypatch):
    monkeypatch.setitem(MOST, "hall", 20)
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    for _try in range(MOST["hall"]):
        guesser.post("/h/", {"code": "HN-0000-0000"})
    assert "Quá nhiều lần" in guesser.post("/h/", {"code": "HN-0000-0000"}).content.decode()
    assert "Quá nhiều lần" in register(guesser, by_code, code="HN-0000-0000").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(
    client, convened, number, django_assert_num_queries
):
    for n in range(number - 1):
        Conference.objects.create(
            uid=uuid4(),
            unit=convened.unit,
            title=f"Hội nghị {n}",
            state="convened",
            starts_at=convened.starts_at,
            made_by="x",
            made_at=convened.made_at,
        )
    client.get("/conferences/")
    with django_assert_num_queries(2):
        page = client.get("/conferences/").content.decode()
    assert len(set(re.findall(r'href="/conferences/\d+/"', page))) == number
    for query, found in (
        ("q=quan triet", 1),
        ("state=open", 0),
        ("since=21/03/2026", 0),
        ("since=20/03/2026&last=20/03/2026", number),
    ):
        assert (
            len(
                set(
                    re.findall(
                        r'href="/conferences/\d+/"',
                        client.get(f"/conferences/?{query}").content.decode(),
                    )
                )
            )
            == found
        ), query


@one_in(2)
@pytest.mark.parametrize("where", ["register", "door"])
def test_nothing_that_is_typed_breaks_the_open_form_or_takes_a_place_it_should_not(
    client, by_code, where, settings
):
    settings.DEBUG = False
    client.raise_request_exception = False
    address, good = {
        "register": (f"/conferences/{by_code.pk}/register/", typed(by_code)),
        "door": ("/h/", {"code": by_code.entry_code}),
    }[where]
    sent = [dict.fromkeys(good, value) for value in TYPED] + [
        {**good, name: value} for value in ALONE for name in good if name != "name"
    ]
    sent += [{**good, "name": value} for value in ("", " ", "\0", "x" * 5000, "\u202e", "e\u0301 ")]
    for one in sent:
        with transaction.atomic():
            answer = client.post(
                address, {**one, "uid": str(uuid4())} if one.get("uid") == good.get("uid") else one
            )
        assert answer.status_code in (200, 302, 400, 429), one
        assert answer.status_code != 400 or MARKS.search(answer.content.decode())
    for body, kind in BODIES:
        with transaction.atomic():
            assert client.generic("POST", address, body, content_type=kind).status_code < 500, (
                body[:30],
                kind,
            )
    kept = Conference.objects.get(pk=by_code.pk)
    assert kept.taken == Delegate.objects.filter(conference=kept, state="registered").count() <= 2
    assert not Delegate.objects.filter(name__regex="[\u202e\x01-\x1f]").exists()
