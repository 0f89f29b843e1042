"""What keeps secrets out of logs: the codes of invitations (/h/<code>/, /accounts/join/<code>/),
links by which a password is set or an installation set up, those of who follows by mail
(/follow/confirm/<code>/, /follow/own/<code>/), those that open a paper of a petition for its sender
(/petitions/papers/<token>/), words of people, letters.
"""

import json
import logging
import os
import re
import traceback
from datetime import UTC, datetime

from django.core.mail.backends.base import BaseEmailBackend

SECRET_PARTS = re.compile(
    r"(/h/|/password/reset/key/|/accounts/join/|/accounts/setup/|/follow/confirm/|/follow/own/|"
    r"/petitions/papers/)"
    r"[^/?\s\"']+"
)

# Errors whose messages name code, and quote nobody.
OF_CODE = (AttributeError, TypeError, NameError, ImportError, MemoryError, RecursionError)

log = logging.getLogger("danchu")


class NoCodes(logging.Filter):
    """Masks the secret part of an address in a line before it is written; the rest stays."""

    def filter(self, record):
        message = record.getMessage()
        if SECRET_PARTS.search(message):
            record.msg = SECRET_PARTS.sub(r"\1…", message)
            record.args = ()
        return True


class NoWordsOfErrors(logging.Formatter):
    """Formats an error as its kind and the places in the code, with those it came from. Its message
    only where it cannot quote people: errors of code and of the system, the SQLSTATE and the
    constraint of the database, whose messages repeat the values of a row.
    """

    def formatException(self, ei):  # noqa: N802  the name is the library's
        lines = []
        error = ei[1]
        while error is not None and len(lines) < 20:
            places = "".join(traceback.format_tb(error.__traceback__))
            lines.append(f"{places}{type(error).__name__}{_message_of(error)}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(reversed(lines))


def _message_of(error):
    if isinstance(error, OF_CODE):
        return f": {error}"
    if isinstance(error, OSError):
        return f": {error.strerror}" if error.strerror else ""
    state = getattr(error, "sqlstate", None)
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    return f": {' '.join(filter(None, (state, constraint)))}" if state else ""


class JsonLines(NoWordsOfErrors):
    """One JSON object a line, for programs that collect logs: `at` (UTC, ISO 8601), `level`,
    `logger`, `request`, `message`, and `error` as NoWordsOfErrors has it.
    """

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request", "-"),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class NoMail(BaseEmailBackend):
    """Sends nothing and says so in the log, without a word of the letters; `danchu check` tells the
    operator.
    """

    def send_messages(self, email_messages):
        log.error("A letter was not sent: DANCHU_EMAIL_SERVER names no mail server")
        return 0


class NoWordsOfJobs(logging.Filter):
    """Drops procrastinate's line about a failed job, whose error may quote a person;
    danchu/jobs/writes/failures.py logs the kind and place of the error instead.
    """

    def filter(self, record):
        return getattr(record, "action", "") != "job_error"


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "danchu.config.quiet.NoWordsOfErrors",
            "format": "{asctime} {levelname} {name} {request} {message}",
            "style": "{",
        },
        "json": {"()": "danchu.config.quiet.JsonLines"},
    },
    "filters": {
        "with_request_id": {"()": "danchu.config.request_ids.WithRequestId"},
        "no_codes": {"()": "danchu.config.quiet.NoCodes"},
        "no_words_of_jobs": {"()": "danchu.config.quiet.NoWordsOfJobs"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if os.environ.get("DANCHU_LOG") == "json" else "line",
            "filters": ["no_codes", "with_request_id"],
        },
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a mistyped address (404) is not logged
        "procrastinate.worker": {"filters": ["no_words_of_jobs"]},
    },
}
