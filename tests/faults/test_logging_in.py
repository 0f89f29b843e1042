"""Logging in: who tries, how often, from where; what a session and the second factor leave."""

import logging
import random
import re
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client

from danchu.config import door_checks, environment
from danchu.config.backup import LEFT_OUT
from danchu.config.quiet import NoCodes, NoMail
from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.people import actions, throttle
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.people.factor_key import decrypt
from danchu.people.loading import rights_table
from danchu.people.models import SecretFingerprint
from danchu.people.writes.sessions import remove_old_rows
from tests.people.conftest import offices, system  # noqa: F401

PASSWORD = "mot-cau-dai-de-nho"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOO_MANY = "Đăng nhập sai quá nhiều lần"


@pytest.fixture(autouse=True)
def _keys_apart(settings, tmp_path):
    settings.VAULT_ROOT = tmp_path / "vault"


@pytest.fixture
def accounts(system):
    return [
        actions.create_account(by=system, email=f"{name}@example.vn", name=name, password=PASSWORD)
        for name in ("an-an", "binh", "cuong")
    ]


def log_in(client, email="an-an@example.vn", password=PASSWORD):
    """Whether the log-in succeeded; None when it was refused for too many tries."""
    answer = client.post("/accounts/login/", {"login": email, "password": password})
    if TOO_MANY in answer.content.decode():
        return None
    return answer.status_code == 302


def at(number):
    return Client(REMOTE_ADDR=f"203.0.113.{number}")


@pytest.mark.case("FA30")
@pytest.mark.case("SE-M13")
def test_the_sixth_wrong_try_of_one_address_is_refused_and_nobody_else_is(accounts):
    guesser = at(1)
    assert [log_in(guesser, password="sai") for _try in range(6)] == [False] * 5 + [None]
    assert log_in(guesser) is None  # the right password too: the answer tells nothing
    assert log_in(at(2)) is True  # the owner, from elsewhere
    assert log_in(at(1), "binh@example.vn") is True  # a colleague behind the same address


@pytest.mark.case("FA30")
def test_the_count_stands_in_the_database_and_not_in_a_process(accounts):
    guesser = at(1)
    for _try in range(5):
        log_in(guesser, password="sai")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM people_count")
        rows = cursor.fetchall()
    assert rows and not [row for row in rows if "example.vn" in str(row) or "203.0" in str(row)]
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key, _value in rows)
    assert log_in(at(1)) is None  # another process would read the same rows


@pytest.mark.case("SE-M13")
def test_tries_under_a_clock_that_ran_ahead_lock_nobody_out_when_it_is_right(accounts, monkeypatch):
    owner = at(1)
    ahead = SimpleNamespace(
        time=lambda: time.time() + 400 * 86_400, monotonic=time.monotonic, sleep=time.sleep
    )
    with monkeypatch.context() as patch:
        patch.setattr(ratelimit, "time", ahead)
        patch.setattr(throttle, "time", ahead)
        assert [log_in(owner, password="sai") for _try in range(6)] == [False] * 5 + [None]
    assert log_in(owner) is True
    guesser = at(2)
    assert [log_in(guesser, password="sai") for _try in range(6)] == [False] * 5 + [None]


@pytest.mark.case("SE-M13")
@pytest.mark.parametrize(
    "address",
    ["2001:db8:1:2::{:x}", "2001:db8:1:2:{0:x}:{0:x}:{0:x}:{0:x}", "::ffff:203.0.113.7"],
)
def test_the_many_addresses_of_one_subscriber_are_one(accounts, address):
    guessers = [Client(REMOTE_ADDR=address.format(number)) for number in range(1, 8)]
    tries = [log_in(guesser, password="sai") for guesser in guessers]
    assert tries == [False] * 5 + [None] * 2
    assert log_in(Client(REMOTE_ADDR="2001:db8:1:3::1")) is True
    assert log_in(Client(REMOTE_ADDR="203.0.113.8")) is True


@pytest.mark.case("SE-M7")
def test_limits_of_requests_count_subscribers_too(rf, settings):
    def asker(address, **headers):
        return asker_of(rf.get("/", REMOTE_ADDR=address, **headers))

    assert asker("2001:db8:1:2::1") == asker("2001:DB8:1:2:ffff::9") != asker("2001:db8:1:3::1")
    assert asker("::ffff:203.0.113.7") == asker("203.0.113.7") == "203.0.113.7"
    assert asker("fe80::1%eth0") == asker("fe80::2")
    assert asker("") == "" and asker("unix:") == "unix:"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    behind = {"headers": {"X-Forwarded-For": "198.51.100.1, 2001:db8:1:2::1"}}
    assert asker("127.0.0.1", **behind) == "2001:db8:1:2::/64"
    for passed, counted in (
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8:1:2::1]:443", "2001:db8:1:2::/64"),
        ("198.51.100.1,,", "198.51.100.1"),
        ("", "127.0.0.1"),
    ):
        assert asker("127.0.0.1", headers={"X-Forwarded-For": passed}) == counted


@pytest.mark.case("SE-M13")
def test_the_old_password_is_no_second_door_to_guess_at(accounts):
    thief = at(1)
    assert log_in(thief) is True
    typed = {"password1": "mot-cau-khac-de-nho", "password2": "mot-cau-khac-de-nho"}
    codes = [
        thief.post("/accounts/password/change/", {**typed, "oldpassword": f"sai-{number}"})
        for number in range(12)
    ]
    assert [answer.status_code for answer in codes][-1] == 429


@pytest.mark.case("SE-M14")
def test_a_link_for_a_new_password_is_used_once_and_not_for_long(accounts, monkeypatch):
    owner = at(50)
    owner.post("/accounts/password/reset/", {"email": "an-an@example.vn"})
    link = re.search(r"https?://[^/]+(/accounts/\S+)", mail.outbox[0].body)[1]
    later = PasswordResetTokenGenerator()._now() + timedelta(hours=1, minutes=1)
    with monkeypatch.context() as patch:
        patch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
        assert at(51).get(link).status_code == 200  # the page that says it is no longer good
    answer = owner.get(link)
    assert answer.status_code == 302
    new = "mot-cau-khac-de-nho"
    owner.post(answer.url, {"password1": new, "password2": new})
    assert log_in(at(52), password=new) is True
    assert at(53).get(link).status_code == 200


@pytest.mark.case("SE-M13")
def test_many_addresses_are_counted_slowly_and_a_device_that_was_here_before_passes(
    accounts, monkeypatch
):
    own = at(200)
    assert log_in(own) is True
    own.post("/accounts/logout/")
    monkeypatch.setitem(throttle.RATES, "account", "6/1h/key")
    tries = [log_in(at(number), password="sai") for number in range(8)]
    assert tries == [False] * 6 + [None] * 2
    assert log_in(at(100)) is None  # a new device waits
    assert log_in(own) is True  # the browser of before does not
    assert log_in(at(100), "binh@example.vn") is True


@pytest.mark.case("SE-M13")
def test_one_address_that_tries_many_accounts_is_counted_slowly(accounts, monkeypatch):
    monkeypatch.setitem(throttle.RATES, "address", "4/1h/key")
    guesser = at(1)
    tries = [log_in(guesser, f"la{number}@example.vn", "sai") for number in range(5)]
    assert tries == [False] * 4 + [None]


@pytest.mark.case("SE-M13")
def test_a_device_has_a_count_of_its_own_and_cannot_be_forged(accounts):
    own = at(1)
    log_in(own)
    own.post("/accounts/logout/")
    assert [log_in(own, password="sai") for _try in range(6)] == [False] * 5 + [None]
    forged = at(2)
    forged.cookies[throttle.COOKIE] = own.cookies[throttle.COOKIE].value[:-3] + "abc"
    assert [log_in(forged, password="sai") for _try in range(6)] == [False] * 5 + [None]
    assert "an-an" not in own.cookies[throttle.COOKIE].value


@pytest.mark.case("SE-M13")
def test_a_wrong_log_in_leaves_a_trace_without_what_was_typed(accounts):
    log_in(at(1), password="sai-mat-khau")
    log_in(at(1), "la@example.vn", "sai-mat-khau")
    one, other = Entry.objects.filter(act="account.sign_in_failed").order_by("number")
    assert (one.subject, other.subject, one.data, other.data) == (
        str(accounts[0].pk),
        "",
        {},
        {},
    )
    assert (one.actor, one.actor_name) == ("public", "")


@pytest.mark.case("SE-M13")
def test_a_new_password_by_mail_lets_the_owner_in_again(accounts, monkeypatch):
    monkeypatch.setitem(throttle.RATES, "account", "2/1h/key")
    for number in range(3):
        log_in(at(number), password="sai")
    owner = at(50)
    assert log_in(owner) is None
    owner.post("/accounts/password/reset/", {"email": "an-an@example.vn"})
    link = re.search(r"https?://[^/]+(/accounts/\S+)", mail.outbox[0].body)[1]
    path = owner.get(link, follow=True).redirect_chain[-1][0]
    new = "mot-cau-khac-de-nho"
    owner.post(path, {"password1": new, "password2": new})
    assert log_in(owner, password=new) is True


@pytest.mark.case("SE-M13")
def test_who_tries_counts_as_a_plain_count_does_in_any_order(db, rf):
    """Beside an oracle: a count in memory by account and address."""
    wrong = {}
    order = random.Random(7)
    for _try in range(60):
        account, address = order.choice("ab"), order.randint(1, 3)
        request = rf.post("/", REMOTE_ADDR=f"198.51.100.{address}")
        before = wrong.get((account, address), 0)
        allowed = throttle.count_try(request, f"{account}@example.vn") is not None
        assert allowed == (before < 5)
        wrong[account, address] = before + allowed


@pytest.mark.case("SE-M14")
@pytest.mark.parametrize(
    ("backend", "demo", "printed"),
    [("", False, False), ("django.core.mail.backends.console.EmailBackend", False, False)]
    + [("", True, True), ("django.core.mail.backends.smtp.EmailBackend", False, None)],
)
def test_letters_are_printed_only_by_a_demo(monkeypatch, backend, demo, printed):
    monkeypatch.setenv("DANCHU_EMAIL_BACKEND", backend)
    for name, value in (("DEMO", demo), ("DEBUG", False), ("TESTING", False)):
        monkeypatch.setattr(environment, name, value)
    chosen = environment.mail_backend()
    assert ("console" in chosen) == bool(printed)
    assert (chosen == "danchu.config.quiet.NoMail") == (printed is False)


@pytest.mark.case("SE-M14")
def test_a_letter_that_cannot_be_sent_is_not_in_the_log(caplog):
    letter = mail.EmailMessage("Đặt lại", "http://x/accounts/password/reset/key/6-dirugd-1f/")
    assert NoMail().send_messages([letter]) == 0
    assert "6-dirugd" not in caplog.text and "DANCHU_EMAIL_SERVER" in caplog.text
    record = logging.LogRecord(
        "django.request", 40, "", 1, "Error: %s", ("/accounts/password/reset/key/6-dirugd/",), None
    )
    NoCodes().filter(record)
    assert "6-dirugd" not in record.getMessage() and "reset/key/…" in record.getMessage()


@pytest.mark.case("SE-M15")
def test_a_secret_of_the_second_factor_is_stored_encrypted_and_works(accounts, settings, tmp_path):
    factor = TOTP.activate(accounts[0], SECRET)
    codes = RecoveryCodes.activate(accounts[0])
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in stored and stored.count("v1:") == 2
    assert decrypt(factor.instance.data["secret"]) == SECRET
    assert len(codes.get_unused_codes()) == 10
    key = settings.VAULT_ROOT / "factor.keys"
    assert key.stat().st_mode & 0o077 == 0
    settings.VAULT_ROOT = tmp_path / "another machine"
    with pytest.raises(Refused, match="không có khóa"):
        decrypt(factor.instance.data["secret"])


@pytest.mark.case("SE-M15")
def test_an_upgrade_encrypts_the_secrets_of_before_once(accounts, system):
    Authenticator.objects.create(user=accounts[0], type="totp", data={"secret": SECRET})
    Authenticator.objects.create(
        user=accounts[0], type="recovery_codes", data={"seed": "ab" * 20, "used_mask": 5}
    )
    before = [one.wrap().instance.data for one in Authenticator.objects.order_by("pk")]
    assert actions.encrypt_earlier_factors(by=system) == 2
    assert actions.encrypt_earlier_factors(by=system) == 0
    totp, seed = Authenticator.objects.order_by("pk")
    assert decrypt(totp.data["secret"]) == before[0]["secret"]
    assert (decrypt(seed.data["seed"]), seed.data["used_mask"]) == ("ab" * 20, 5)
    assert SECRET not in str(totp.data)


def test_only_who_may_appoint_everywhere_touches_the_secrets_of_the_installation(accounts):
    by = Actor.of(accounts[0])
    for act in (actions.encrypt_earlier_factors, actions.note_secret_key):
        with pytest.raises(Denied):
            act(by=by)


@pytest.mark.case("SE-M15")
def test_the_table_of_sessions_holds_no_cookie(accounts):
    client = at(1)
    log_in(client)
    key = client.cookies["sessionid"].value
    (session,) = Session.objects.all()
    assert session.session_key != key and client.get("/desk/").status_code == 200
    thief = Client()
    thief.cookies["sessionid"] = session.session_key
    assert thief.get("/desk/").status_code == 302
    client.post("/accounts/logout/")
    assert not Session.objects.filter(session_key=session.session_key).exists()
    copies = {"copies_change", "copies_pagecopy"}  # pages as everybody sees them
    assert {"django_session", "people_count", "casework_knock"} | copies == set(LEFT_OUT)


@pytest.mark.case("SE-M16")
def test_who_reads_files_of_citizens_or_seals_reports_needs_a_second_factor(offices):
    weighty = {"petition_file", "reception_book", "household_roll"}
    without = {key for key, kind in offices.items() if not kind.needs_second_factor}
    table = rights_table()["offices"]
    assert not {key for key in without if weighty & {*table[key]["rights"].get("view", ())}}
    assert not {key for key in without if "seal" in table[key]["rights"]}


@pytest.mark.case("SE-L12")
def test_a_session_ends_when_it_is_idle_and_after_half_a_day(accounts, clock, settings):
    settings.IDLE_SECONDS, settings.SESSION_COOKIE_AGE = 2 * 3600, 12 * 3600
    client = at(1)
    log_in(client)
    for _hour in range(11):
        clock.forward(hours=1)
        assert client.get("/desk/").status_code == 200
    clock.forward(hours=1, minutes=1)
    assert client.get("/desk/").status_code == 302  # twelve hours, however busy
    log_in(client)
    clock.forward(seconds=settings.IDLE_SECONDS - 60)
    assert client.get("/desk/").status_code == 200
    clock.forward(seconds=settings.IDLE_SECONDS + 60)
    assert client.get("/desk/").status_code == 302


@pytest.mark.case("SE-L12")
@pytest.mark.parametrize("way", ["page", "api", "form", "file", "part"])
def test_an_idle_session_is_nobody_whatever_it_asks_for(accounts, clock, settings, way):
    settings.IDLE_SECONDS = 2 * 3600
    idle, busy = at(1), at(2)
    log_in(idle)
    log_in(busy)
    clock.forward(seconds=settings.IDLE_SECONDS - 60)
    assert busy.get("/desk/").status_code == 200
    clock.forward(seconds=120)
    cookie = idle.cookies["sessionid"].value
    answer = {
        "page": lambda: idle.get("/desk/notices/"),
        "api": lambda: idle.get("/api/v1/lists/notices"),
        "form": lambda: idle.post("/desk/notices/", {"digest": "1"}),
        "file": lambda: idle.get("/desk/records.csv"),
        "part": lambda: idle.get("/desk/notices/", headers={"HX-Request": "true"}),
    }[way]()
    assert answer.status_code in (302, 401, 403, 404)
    thief = at(1)
    thief.cookies["sessionid"] = cookie
    assert thief.get("/desk/").status_code == 302
    assert busy.get("/desk/").status_code == 200


@pytest.mark.case("SE-L12")
def test_a_clock_that_is_set_back_lets_no_session_live_on(accounts, clock, settings):
    settings.IDLE_SECONDS, settings.SESSION_COOKIE_AGE = 2 * 3600, 12 * 3600
    client = at(1)
    log_in(client)
    clock.forward(seconds=-30)
    assert client.get("/desk/").status_code == 200  # as the time service corrects it
    clock.forward(days=-1)
    assert client.get("/desk/").status_code == 302


@pytest.mark.case("SE-L12")
def test_old_sessions_and_counts_are_removed(accounts):
    log_in(at(1))
    log_in(at(2), password="sai")
    Session.objects.update(expire_date=Session.objects.get().expire_date - timedelta(days=3))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_count SET expires = now() - interval '1 hour'")
    remove_old_rows()
    assert not Session.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_count")
        assert cursor.fetchone() == (0,)


@pytest.mark.case("SE-L8")
def test_another_secret_key_on_a_second_machine_is_found(system, settings):
    assert actions.note_secret_key(by=system) is True
    assert actions.note_secret_key(by=system) is False
    assert list(door_checks.every_machine_has_one_key()) == []
    settings.SECRET_KEY = "y" * 50
    (trouble,) = door_checks.every_machine_has_one_key()
    assert "DANCHU_SECRET_KEY" in trouble.mend
    assert "thẻ mã của hộ" in trouble.what and "theo dõi qua thư" in trouble.what
    assert actions.note_secret_key(by=system) is False  # a start alone does not accept it
    assert actions.note_secret_key(by=system, anew=True) is True
    assert list(door_checks.every_machine_has_one_key()) == []
    assert settings.SECRET_KEY not in str(SecretFingerprint.objects.get())
