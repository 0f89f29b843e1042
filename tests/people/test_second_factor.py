"""A session shows the second factor itself, and the factor is removed by the factor alone."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.test import Client, RequestFactory

from danchu.people import actions
from danchu.people.middleware import actor_of, actor_of_session
from tests.codes import code_now
from tests.people.test_login import (
    PASSWORD,
    SECRET,
    log_in,
)

DESK = "/desk/petitions/"


@pytest.fixture
def chair(country, holder):
    account = holder("committee_chair", country.here).account
    account.set_password(PASSWORD)
    account.save()
    return account


def enter(account, code=None):
    """A browser logged in by password, and by the code where one is given."""
    client = Client()
    client.post("/accounts/login/", {"login": account.email, "password": PASSWORD})
    if code:
        client.post("/accounts/2fa/authenticate/", {"code": code})
    return client


def enrol(client):
    """Set up the second factor by its pages; its secret."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    code = code_now(secret)
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert Authenticator.objects.filter(type="totp").exists()
    return secret


def is_logged_in(client):
    return client.get("/accounts/password/change/").status_code == 200


# The library tells of a change once it is committed, within the request.
commits = pytest.mark.django_db(transaction=True)


@commits
def test_a_session_older_than_the_factor_ends_when_it_is_set_up(chair):
    old = enter(chair)
    own = enter(chair)
    assert old.get(DESK).status_code == 302  # led to the second factor: no rights
    enrol(own)
    assert own.get(DESK).status_code == 200
    answer = old.get(DESK)
    assert answer.status_code == 302 and answer.url.startswith("/accounts/login/")
    assert not is_logged_in(old) and is_logged_in(own)


@pytest.mark.case("SE-H1")
def test_a_live_session_that_never_showed_the_factor_is_asked_for_it(chair):
    client = enter(chair)
    TOTP.activate(chair, SECRET)  # as on an installation of an earlier version: no session ended
    answer = client.get(DESK)
    assert answer.status_code == 302
    assert answer.url == "/accounts/2fa/reauthenticate/?next=/desk/petitions/"
    assert client.get("/desk/reception.csv").status_code == 302
    assert client.post("/accounts/2fa/reauthenticate/", {"code": "000000"}).status_code == 200
    assert client.get(DESK).status_code == 302
    answer = client.post(
        "/accounts/2fa/reauthenticate/?next=/desk/petitions/", {"code": code_now(SECRET)}
    )
    assert answer.status_code == 302
    assert client.get(DESK).status_code == 200


@pytest.mark.case("FA18", "SE-H1")
def test_a_form_of_a_session_without_the_factor_comes_back_with_what_was_typed(chair):
    client = enter(chair)
    TOTP.activate(chair, SECRET)
    typed = {"title": "Nhập tay rất lâu", "note": "<b>Ghi chú"}
    path = "/desk/records/new/?kind=supervision_217"
    answer = client.post(path, typed, headers={"Origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403 and "no-store" in answer.headers["Cache-Control"]
    assert "Nhập tay rất lâu" in page and "&lt;b&gt;Ghi chú" in page and 'href="/desk/"' in page
    for headers in ({"Origin": "https://evil.example"}, {}):
        other = client.post(path, typed, headers=headers)
        assert other.status_code == 302 and b"Ghi" not in other.content


@pytest.mark.case("SE-H1")
def test_the_password_alone_opens_nothing_that_the_factor_guards(chair):
    client = enter(chair)
    TOTP.activate(chair, SECRET)
    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert answer.status_code == 302 and answer.url.startswith("/accounts/2fa/reauthenticate/")
    for path in ("totp/deactivate/", "recovery-codes/", "recovery-codes/generate/"):
        for answer in (client.get(f"/accounts/2fa/{path}"), client.post(f"/accounts/2fa/{path}")):
            assert answer.status_code in (302, 404, 405), path
    assert Authenticator.objects.filter(user=chair, type="totp").exists()


@pytest.mark.case("SE-H1")
def test_a_code_of_the_factor_opens_once(chair):
    TOTP.activate(chair, SECRET)
    code = code_now(SECRET)
    assert enter(chair, code).get(DESK).status_code == 200
    assert enter(chair, code).get(DESK).status_code == 302


@pytest.mark.case("SE-H1")
def test_a_code_that_was_half_a_minute_on_its_way_opens_once_too(chair):
    """Also when the library has forgotten it, which it does before the code stops being valid."""
    factor = TOTP.activate(chair, SECRET)
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 - 1))
    assert enter(chair, code).get(DESK).status_code == 200
    cache.delete(factor._get_used_cache_key(code))
    assert enter(chair, code).get(DESK).status_code == 302


@pytest.mark.case("FA25")
def test_a_code_of_the_factor_in_the_digits_of_another_keyboard_is_that_code(chair):
    TOTP.activate(chair, SECRET)
    (printed, *_others) = RecoveryCodes.activate(chair).get_unused_codes()
    for code in (code_now(SECRET), printed):
        wide = "".join(chr(ord("０") + int(digit)) for digit in code)
        assert enter(chair, wide).get(DESK).status_code == 200


@commits
def test_the_factor_removes_the_factor_and_ends_the_other_sessions(chair):
    TOTP.activate(chair, SECRET)
    one = enter(chair, code_now(SECRET))
    cache.clear()  # a code is taken once: the library remembers it there
    other = enter(chair, code_now(SECRET))
    assert one.get(DESK).status_code == other.get(DESK).status_code == 200
    cache.clear()
    one.post("/accounts/2fa/reauthenticate/", {"code": code_now(SECRET)})
    one.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()
    assert is_logged_in(one) and not is_logged_in(other)


def test_an_operator_who_resets_a_factor_ends_every_session(chair, system):
    TOTP.activate(chair, SECRET)
    client = enter(chair, code_now(SECRET))
    assert is_logged_in(client)
    actions.remove_second_factor(chair, by=system, reason="mất máy")
    assert not is_logged_in(client)


def test_a_token_of_an_account_with_a_factor_has_its_rights(chair, country):
    assert not actor_of(chair).may("confirm", "dialogue", country.here)
    TOTP.activate(chair, SECRET)
    assert actor_of(chair).may("confirm", "dialogue", country.here)
    request = RequestFactory().get("/desk/")
    request.user = chair
    request.session = SessionStore()
    assert not actor_of_session(request).may("confirm", "dialogue", country.here)


def test_nobody_is_logged_out_by_the_upgrade(client, chair):
    assert chair.factor_changes == 0
    assert chair.get_session_auth_hash() == super(type(chair), chair)._get_session_auth_hash()
    log_in(client, email=chair.email)
    assert is_logged_in(client)
