"""The mail server: which of Django's settings DANCHU_EMAIL_SERVER and DANCHU_EMAIL_FROM stand for.

smtp://name:password@mail.example:587      encrypted by STARTTLS
smtps://name:password@mail.example:465     encrypted from the first byte
smtp://127.0.0.1:25?plain=1                a server of this machine, not encrypted
"""

import os
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SMTP = "django.core.mail.backends.smtp.EmailBackend"
PORTS = {"smtp": 587, "smtps": 465}
SECONDS = 20  # a server that does not answer must not stop who waits for a page


def mail_server():
    """{name: value} of Django's settings; ImproperlyConfigured for an address that is none."""
    chosen = {"EMAIL_TIMEOUT": SECONDS}
    sender = os.environ.get("DANCHU_EMAIL_FROM", "")
    if sender:
        if "@" not in parseaddr(sender)[1]:
            raise ImproperlyConfigured(
                "DANCHU_EMAIL_FROM phải có dạng Tên nơi gửi <hop-thu@may.example> "
                "(must be an address of mail)"
            )
        chosen |= {"DEFAULT_FROM_EMAIL": sender, "SERVER_EMAIL": sender}
    server = os.environ.get("DANCHU_EMAIL_SERVER", "")
    return chosen | _server(server) if server else chosen


def _server(address):
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in PORTS or not parts.hostname or port == -1:
        raise ImproperlyConfigured(
            "DANCHU_EMAIL_SERVER phải có dạng smtp://người:mật-khẩu@máy:587 hoặc smtps://…:465; "
            "ký tự đặc biệt trong mật khẩu viết dạng %40 (must be an address smtp:// or smtps://)"
        )
    is_plain = parse_qs(parts.query).get("plain") == ["1"]
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not is_plain,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
