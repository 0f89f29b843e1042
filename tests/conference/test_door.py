"""Admission to a hall: a code is bound to the first device, a second is refused with advice,
opening the link alone binds nothing.
"""

import pytest
from django.test import Client

from danchu.casework.access.rate_limits import MOST
from danchu.conference.access.codes import personal_code
from danchu.conference.access.participants import participant
from danchu.conference.access.tokens import cookie_name
from danchu.conference.models import Pass


@pytest.fixture
def invited(convened, delegates):
    (one,) = delegates(convened, 1)
    return one, personal_code(one.uid, 1)


def test_opening_the_link_uses_no_pass_and_the_button_binds_the_device(convened, invited, rf):
    one, code = invited
    phone, other = Client(), Client()
    answer = phone.get(f"/h/{code}/")
    assert (
        answer.status_code == 200
        and answer.headers["Referrer-Policy"] == "strict-origin"
        and Pass.objects.get(delegate=one).device == ""
    )
    answer = phone.post("/h/", {"code": code.lower().replace("-", " ")})
    assert (answer.status_code, answer.url) == (302, f"/hall/{convened.pk}/")
    cookie = answer.cookies[cookie_name(convened.pk)]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    request = rf.get("/")
    request.COOKIES[cookie_name(convened.pk)] = cookie.value
    assert participant(request, convened).delegate == one.pk
    assert phone.post("/h/", {"code": code}).status_code == 302
    refused = other.post("/h/", {"code": code})
    assert refused.status_code == 400 and "thiết bị khác" in refused.content.decode()


def test_guessing_codes_is_stopped(invited, monkeypatch):
    monkeypatch.setitem(MOST, "hall", 20)
    guesser = Client(REMOTE_ADDR="203.0.113.9")
    for _try in range(MOST["hall"]):
        assert "Mã chưa đúng" in guesser.post("/h/", {"code": "AAAAA-AAAAA"}).content.decode()
    assert "Quá nhiều lần" in guesser.post("/h/", {"code": "AAAAA-AAAAA"}).content.decode()
