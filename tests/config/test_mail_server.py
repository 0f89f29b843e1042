"""The mail server that the environment names."""

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from danchu.config import environment
from danchu.config.door_checks import letters_are_sent
from danchu.config.mail_server import mail_server


def test_a_mail_server_of_the_environment_is_used_for_letters_and_notices(monkeypatch):
    monkeypatch.delenv("DANCHU_EMAIL_BACKEND", raising=False)
    monkeypatch.delenv("DANCHU_NOTICES_EMAIL", raising=False)
    monkeypatch.setenv("DANCHU_EMAIL_SERVER", "smtp://danchu%40hanoi:m%3At@thu.example:2587")
    monkeypatch.setenv("DANCHU_EMAIL_FROM", "Dân chủ <danchu@hanoi.example>")
    backend = mail.get_connection(environment.mail_backend())
    assert type(backend).__module__ == "django.core.mail.backends.smtp"
    assert environment.notice_adapters()["email"].endswith(".Email")
    chosen = mail_server()
    assert chosen["EMAIL_HOST"] == "thu.example" and chosen["EMAIL_PORT"] == 2587
    assert (chosen["EMAIL_HOST_USER"], chosen["EMAIL_HOST_PASSWORD"]) == ("danchu@hanoi", "m:t")
    assert chosen["EMAIL_USE_TLS"] and not chosen["EMAIL_USE_SSL"]
    assert chosen["DEFAULT_FROM_EMAIL"] == "Dân chủ <danchu@hanoi.example>"
    assert chosen["EMAIL_TIMEOUT"]


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtps://thu.example", 465, False, True),
        ("smtp://thu.example", 587, True, False),
        ("smtp://127.0.0.1:25?plain=1", 25, False, False),
    ],
)
def test_a_mail_server_is_encrypted_unless_the_address_says_plain(
    monkeypatch, address, port, tls, ssl
):
    monkeypatch.setenv("DANCHU_EMAIL_SERVER", address)
    chosen = mail_server()
    ways = (chosen["EMAIL_PORT"], chosen["EMAIL_USE_TLS"], chosen["EMAIL_USE_SSL"])
    assert ways == (port, tls, ssl)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DANCHU_EMAIL_SERVER", "thu.example:587"),
        ("DANCHU_EMAIL_SERVER", "smtp://thu.example:bốn"),
        ("DANCHU_EMAIL_FROM", "Dân chủ"),
    ],
)
def test_an_address_of_mail_that_is_none_stops_the_start_with_its_form(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=f"{name} phải có dạng"):
        mail_server()


def test_letters_without_a_sender_of_their_own_are_named_by_the_check(settings):
    settings.TESTING = settings.DEMO = settings.DEBUG = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    [trouble] = letters_are_sent()
    assert "DANCHU_EMAIL_FROM" in trouble.mend
    settings.DEFAULT_FROM_EMAIL = "danchu@hanoi.example"
    assert not list(letters_are_sent())
