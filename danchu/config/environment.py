"""What the environment says before Django is set up: folders, modes, the secret key, the database.

Read by `danchu serve` and the settings; a mistake raises ImproperlyConfigured with one line.
"""

import importlib.util
import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from danchu.config.mail_server import SMTP
from danchu.kernel.private_files import create_private_file

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "danchu"
CONSOLE_MAIL = "django.core.mail.backends.console.EmailBackend"
# Backends of Django that write letters where others may read them.
PRINTING_MAIL = ("django.core.mail.backends.console", "django.core.mail.backends.filebased")
DEBUG = os.environ.get("DANCHU_DEBUG", "") == "1"
TESTING = os.environ.get("DANCHU_TESTING", "") == "1"
VAR = Path(os.environ.get("DANCHU_VAR", ROOT / "var")) / ("testing" if TESTING else "")
# A demo carries illustrative records, and every page of it says so. `make demo` leaves the mark in
# var/.
DEMO = os.environ.get("DANCHU_DEMO", "1" if (VAR / "demo").exists() and not TESTING else "") == "1"
# Where static files are looked for; the first makes the one style sheet of the pages.
STATICFILES_FINDERS = [
    "danchu.look.one_sheet.OneSheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]


def secret_key():
    """DANCHU_SECRET_KEY, else a key generated once and stored in var/ with mode 0600."""
    if os.environ.get("DANCHU_SECRET_KEY"):
        return os.environ["DANCHU_SECRET_KEY"]
    path = VAR / "secret-key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        create_private_file(path, secrets.token_urlsafe(50))
    return path.read_text()


def database_at(url):
    """Django's database settings, a dict, from
    postgresql://user:password@host:port/name?host=/socket. ImproperlyConfigured for another scheme.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            "DATABASE_URL phải có dạng postgresql://người:mật-khẩu@máy:cổng/tên"
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or (parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0 if TESTING else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
        "TEST": {"NAME": os.environ.get("DANCHU_TEST_DATABASE", "test_danchu")},
    }


def embedded_url():
    """The URL of the embedded server, passed on by the `danchu` command that started it.
    ImproperlyConfigured when no database is set and none is embedded.
    """
    if os.environ.get("DANCHU_EMBEDDED_URL"):
        return os.environ["DANCHU_EMBEDDED_URL"]
    if not (DEBUG or DEMO or TESTING or os.environ.get("DANCHU_EMBEDDED") == "1"):
        raise ImproperlyConfigured(
            "Chưa có cơ sở dữ liệu: hãy đặt DATABASE_URL, hoặc DANCHU_EMBEDDED=1 để dùng "
            "PostgreSQL kèm theo. "
            "(no database: set DATABASE_URL, or DANCHU_EMBEDDED=1)"
        )
    return embedded_cluster().url


def embedded_cluster():
    """The private PostgreSQL under var/; without fsync for tests."""
    from danchu.config.cluster import Cluster  # noqa: PLC0415  late: seldom

    return Cluster(VAR, durable=not TESTING)


def live_bus():
    """DANCHU_BUS, "" for PostgreSQL; ImproperlyConfigured when set without the nats extra."""
    bus = os.environ.get("DANCHU_BUS", "")
    if bus and importlib.util.find_spec("nats") is None:
        raise ImproperlyConfigured(
            "DANCHU_BUS cần gói nats-py: chạy python3 danchu/config/install.py nats (phần "
            "danchu[nats]), hoặc bỏ DANCHU_BUS để dùng PostgreSQL. (the nats extra is missing)"
        )
    return bus


def mail_backend():
    """DANCHU_EMAIL_BACKEND, else the server of DANCHU_EMAIL_SERVER. One that prints letters is
    used only where nobody's account is at stake: a letter may hold the link by which a password is
    set anew.
    """
    server = SMTP if os.environ.get("DANCHU_EMAIL_SERVER") else CONSOLE_MAIL
    backend = os.environ.get("DANCHU_EMAIL_BACKEND", "") or server
    if backend.startswith(PRINTING_MAIL) and not (DEMO or DEBUG or TESTING):
        return "danchu.config.quiet.NoMail"
    return backend


def notice_adapters():
    """{channel: dotted path of its adapter (danchu/notices/adapters.py)} of DANCHU_NOTICES_EMAIL,
    _SMS and _ZALO; without them the mail server, for mail, and the console.
    """
    adapters = dict.fromkeys(("email", "sms", "zalo"), "danchu.notices.adapters.Console")
    if os.environ.get("DANCHU_EMAIL_SERVER"):
        adapters["email"] = "danchu.notices.adapters.Email"
    return {
        channel: os.environ.get(f"DANCHU_NOTICES_{channel.upper()}", adapter)
        for channel, adapter in adapters.items()
    }


def phone_channel():
    """The channel of DANCHU_NOTICES_PHONE by which a delegate with a telephone is invited."""
    return "zalo" if os.environ.get("DANCHU_NOTICES_PHONE", "").lower() == "zalo" else "sms"


def gateways():
    """({channel: address}, {channel: {part: template}}) of DANCHU_GATEWAY_SMS, _ZALO and their
    _METHOD, _HEADERS, _BODY and _RECEIPT (danchu/notices/gateways.py).
    """
    names = {channel: f"DANCHU_GATEWAY_{channel.upper()}" for channel in ("sms", "zalo")}
    addresses = {channel: os.environ.get(name, "") for channel, name in names.items()}
    forms = {
        channel: {
            part: os.environ.get(f"{name}_{part.upper()}", "")
            for part in ("method", "headers", "body", "receipt")
        }
        for channel, name in names.items()
    }
    return addresses, forms


def levels_by_act(text):
    """{verb: [level]} of "seal=2 appoint=2+3"; a verb without a level has none that is enough."""
    pairs = (part.partition("=") for part in text.replace(",", " ").split())
    return {verb: [one for one in levels.split("+") if one] for verb, _sign, levels in pairs}


def identity_providers():
    """[app of django-allauth] of DANCHU_OIDC_SERVER, empty without it; its settings are those of
    danchu/people/sign_in/provider.py.
    """
    server = os.environ.get("DANCHU_OIDC_SERVER", "")
    if not server:
        return []
    scopes = os.environ.get("DANCHU_OIDC_SCOPES", "openid profile email").split()
    app_settings = {
        "server_url": server,
        "scope": scopes,
        "uid_field": os.environ.get("DANCHU_OIDC_SUBJECT", "sub"),
        "level_claim": os.environ.get("DANCHU_OIDC_LEVEL_CLAIM", "acr"),
        "levels": os.environ.get("DANCHU_OIDC_LEVELS", "").replace(",", " ").split(),
        "act_levels": levels_by_act(os.environ.get("DANCHU_OIDC_ACT_LEVELS", "")),
    }
    return [
        {
            "provider_id": "sso",
            "name": os.environ.get("DANCHU_OIDC_NAME", "SSO"),
            "client_id": os.environ.get("DANCHU_OIDC_CLIENT", ""),
            "secret": os.environ.get("DANCHU_OIDC_SECRET", ""),
            "settings": app_settings,
        }
    ]
