"""Settings: everything an operator may change comes from the environment (see docs/operate.md)."""

import os
from pathlib import Path

from danchu.config import quiet
from danchu.config.environment import (
    DEBUG,
    DEMO,
    PACKAGE,
    ROOT,
    STATICFILES_FINDERS,
    TESTING,
    VAR,
    database_at,
    embedded_cluster,
    embedded_url,
    gateways,
    identity_providers,
    live_bus,
    mail_backend,
    notice_adapters,
    phone_channel,
    secret_key,
)
from danchu.config.mail_server import mail_server

__all__ = ["DEMO", "ROOT", "STATICFILES_FINDERS", "embedded_cluster"]

SECRET_KEY = secret_key()
EMBEDDED = not os.environ.get("DATABASE_URL")
DATABASES = {"default": database_at(embedded_url() if EMBEDDED else os.environ["DATABASE_URL"])}

_HERE = "127.0.0.1,localhost,[::1]" + (",testserver" if TESTING else "")
ALLOWED_HOSTS = [
    host.strip() for host in os.environ.get("DANCHU_HOSTS", _HERE).split(",") if host.strip()
]
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("DANCHU_ORIGINS", "").split(",") if o]
BIND = os.environ.get("DANCHU_BIND", "127.0.0.1")
SECURE = os.environ.get("DANCHU_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "danchu.look.pages.old_form"
RESEND_VIEW = "danchu.look.resending.without_factor"  # for a form sent without the factor
SESSION_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

CONTRIB = ("auth", "contenttypes", "sessions", "messages", "staticfiles", "postgres")
INSTALLED_APPS = [
    "danchu.journal",  # first: its commands take the place of Django's
    *(f"django.contrib.{part}" for part in CONTRIB),
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "danchu.people.sign_in",
    "danchu.law",
    "danchu.units",
    "danchu.people",
    "danchu.jobs",
    "danchu.subjects",
    "danchu.figures",
    "danchu.obligations",
    "danchu.papers",
    "danchu.notices",
    "danchu.vault",
    "danchu.staff",
    "danchu.register",
    "danchu.minutes",
    "danchu.casework",
    "danchu.inspection",
    "danchu.decision",
    "danchu.consultation",
    "danchu.village",
    "danchu.disclosure",
    "danchu.bodies",
    "danchu.conference",
    "danchu.following",
    "danchu.reports",
    "danchu.copies",
    "danchu.look",
    "danchu.exports",
    "danchu.portal",
    "danchu.desk",
    "danchu.api",
    "danchu.live",
    "danchu.demo",
    "danchu.config",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "danchu.config.request_ids.request_id_middleware",
    "danchu.config.health.health_middleware",
    "danchu.config.metrics_page.metrics_middleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "danchu.look.compression.PageCompression",
    "danchu.look.copies.copies_middleware",
    "danchu.look.middleware.text_middleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "danchu.people.middleware.session_middleware",
    "allauth.account.middleware.AccountMiddleware",
    "danchu.people.middleware.actor_middleware",
    "danchu.look.own_parts.own_parts_middleware",
    "danchu.look.rates.rate_middleware",
    "danchu.figures.middleware.reading_middleware",
    "danchu.look.middleware.policy_middleware",
    "danchu.look.foreign.foreign_middleware",
    "danchu.look.middleware.refusal_middleware",
]

ROOT_URLCONF = "danchu.config.urls"
WSGI_APPLICATION = "danchu.config.wsgi.application"
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "danchu.people.passwords.UnlikeItsOwner"},
    {"NAME": "danchu.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["danchu.people.hashers.Composed" + ("MD5" if TESTING else "PBKDF2")]

TAGS = ("look", "codes", "cut", "own", "places")  # built into every template
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "look" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "danchu.look.context.frame",
                "danchu.demo.strip.demo_strip",
            ],
            "builtins": [
                *(f"django.templatetags.{tag}" for tag in ("i18n", "l10n")),
                *(f"danchu.look.templatetags.{tag}" for tag in TAGS),
            ],
        },
    }
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
# Numbers and days are written by our own filters, the same in every template.
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
if TESTING:
    # Nothing is collected in tests, and WhiteNoise warns about a missing folder.
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

PAPERS_ROOT = Path(os.environ.get("DANCHU_PAPERS", VAR / "papers"))
PAPER_BYTES = int(os.environ.get("DANCHU_PAPER_MB", "20")) * 1024 * 1024
# What looks for harm in files that come in (danchu/papers/scanner.py), and for how long at most.
SCANNER = os.environ.get("DANCHU_SCANNER", "")
SCANNER_SECONDS = float(os.environ.get("DANCHU_SCANNER_SECONDS") or 30)
IMPORT_BYTES = int(os.environ.get("DANCHU_IMPORT_MB", "60")) * 1024 * 1024
# Where backups lie: the set-up page offers them to be restored, and the desk proposes the folder.
BACKUPS_ROOT = os.environ.get("DANCHU_BACKUPS", "")
# The keys of the vault lie beside the database, never in it, and no backup holds them.
VAULT_ROOT = Path(os.environ.get("DANCHU_VAULT", VAR / "vault"))
# The keys of the journal lie beside those of the vault, what was written down of it elsewhere.
JOURNAL_KEYS = VAULT_ROOT / "journal"
JOURNAL_ROOT = Path(os.environ.get("DANCHU_JOURNAL", VAR / "journal"))
# The name of the log on its checkpoints.
JOURNAL_ORIGIN = (
    os.environ.get("DANCHU_JOURNAL_ORIGIN") or f"{(ALLOWED_HOSTS or ['localhost'])[0]}/journal"
)
# Who is sent each checkpoint, and the verifier keys (C2SP) of who may co-sign it.
JOURNAL_WITNESSES = os.environ.get("DANCHU_WITNESSES", "").replace(",", " ").split()
JOURNAL_WITNESS_KEYS = os.environ.get("DANCHU_WITNESS_KEYS", "").replace(",", " ").split()
# Every limit of requests times this: for installations whose readers share one address.
RATE_TIMES = float(os.environ.get("DANCHU_RATE_TIMES") or 1)
# Public pages are kept until what they show changes (danchu/copies), in each process up to so much.
PAGE_COPIES = not (DEBUG or TESTING) and os.environ.get("DANCHU_PAGE_COPIES", "") != "0"
PAGE_COPIES_BYTES = int(os.environ.get("DANCHU_PAGE_COPIES_MB") or 160) * 1024 * 1024
METRICS_TOKEN = os.environ.get("DANCHU_METRICS_TOKEN", "")  # of /metrics; "": nobody may
# How notices are sent, by channel, and by which to a delegate who gave a telephone number.
NOTICE_ADAPTERS = notice_adapters()
NOTICE_PHONE_CHANNEL = phone_channel()
NOTICE_GATEWAYS, NOTICE_GATEWAY_FORMS = gateways()
# Larger bodies are refused unread. Files, some of denouncers, stream to a folder of this account.
FILE_UPLOAD_TEMP_DIR = VAR / "uploads"
FILE_UPLOAD_TEMP_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "danchu.look.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Where browsers reach the hubs and the intake of the live hall (host names, else the next ports).
PORT = int(os.environ.get("PORT", "8000")) if os.environ.get("PORT", "8000").isdecimal() else 8000
LIVE_PORT = int(os.environ.get("DANCHU_LIVE_PORT") or PORT + 1)
INTAKE_PORT = int(os.environ.get("DANCHU_INTAKE_PORT") or PORT + 2)
LIVE_ORIGIN = os.environ.get("DANCHU_LIVE_ORIGIN", "").rstrip("/")
INTAKE_ORIGIN = os.environ.get("DANCHU_INTAKE_ORIGIN", "").rstrip("/")
LIVE_COOKIE_DOMAIN = os.environ.get("DANCHU_LIVE_COOKIE_DOMAIN") or None  # hubs stand under it
LIVE_BUS = live_bus()  # nats://…; PostgreSQL by default
LIVE_TLS = bool(os.environ.get("DANCHU_LIVE_CERT"))

# Jobs of a worker without a heartbeat for so long are retried; periodic ones run an hour late.
JOBS_STALLED_SECONDS = float(os.environ.get("DANCHU_JOBS_STALLED") or 30)
EXPORTS_ROOT = Path(os.environ.get("DANCHU_EXPORTS", VAR / "exports"))
EXPORT_DAYS = int(os.environ.get("DANCHU_EXPORT_DAYS") or 3)
# A list of more rows is written in the background; after a crash it resumes behind the last piece.
EXPORT_ROWS = int(os.environ.get("DANCHU_EXPORT_ROWS") or 20_000)
EXPORT_PIECE = int(os.environ.get("DANCHU_EXPORT_PIECE") or 2000)
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 3600}

LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "danchu.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "danchu.people.forms.LoginForm",
    "change_password": "danchu.people.forms.ChangePasswordForm",
    "set_password": "danchu.people.forms.SetPasswordForm",
    "reset_password": "danchu.people.forms.ResetPasswordForm",
    "reset_password_from_key": "danchu.people.forms.ResetPasswordKeyForm",
    "reauthenticate": "danchu.people.forms.ReauthenticateForm",
}
# Offices share computers: a session ends with the browser, when idle, and after twelve hours.
ACCOUNT_SESSION_REMEMBER = False
SESSION_ENGINE = "danchu.people.sessions"
SESSION_COOKIE_AGE = 12 * 3600
IDLE_SECONDS = 60 * int(os.environ.get("DANCHU_IDLE_MINUTES") or 120)
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Wrong passwords: danchu/people/throttle.py. Behind one address a whole office may sit.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/1h/key", "login": "300/1m/ip"}
ACCOUNT_RATE_LIMITS |= {"change_password": "5/5m/user", "reset_password": "20/m/ip,5/1h/key"}
PASSWORD_RESET_TIMEOUT = 3600  # a link that lies in a mailbox opens nothing tomorrow
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("DANCHU_PROXIES", "0"))
# Written by a request that came through fewer proxies, read by `danchu check`.
PROXIES_SEEN = VAR / "proxies-seen"
MFA_ADAPTER = "danchu.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Dân Chủ"
MFA_TOTP_TOLERANCE = 1  # a code may be 30 seconds on its way
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "danchu.people.forms.AuthenticateForm",
    "reauthenticate": "danchu.people.forms.SecondFactorAgainForm",
    "activate_totp": "danchu.people.forms.ActivateTOTPForm",
}
# OpenID Connect logs in those who have an account with the address the provider has verified.
SOCIALACCOUNT_ADAPTER = "danchu.people.adapter.IdentityProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": identity_providers()}}

EMAIL_BACKEND = mail_backend()
globals().update(mail_server())
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database: the library's counts and used codes hold for all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_count",
        "KEY_FUNCTION": "danchu.people.throttle.cache_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SILENCED_SYSTEM_CHECKS = ["account.W001"]
LOGGING = quiet.LOGGING
