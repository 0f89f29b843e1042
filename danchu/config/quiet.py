"""What keeps secrets out of logs: the codes of invitations (/h/<code>/), links by which a password
is set, words of people, letters.
"""

import logging
import re

from django.core.mail.backends.base import BaseEmailBackend

SECRET_PARTS = re.compile(r"(/h/|/password/reset/key/)[^/?\s\"']+")

log = logging.getLogger("danchu")


class NoCodes(logging.Filter):
    """Masks the secret part of an address in a line before it is written; the rest stays."""

    def filter(self, record):
        message = record.getMessage()
        if SECRET_PARTS.search(message):
            record.msg = SECRET_PARTS.sub(r"\1…", message)
            record.args = ()
        return True


class NoMail(BaseEmailBackend):
    """Sends nothing and says so in the log, without a word of the letters; `danchu check` tells the
    operator.
    """

    def send_messages(self, email_messages):
        log.error("A letter was not sent: DANCHU_EMAIL_BACKEND names no mail server")
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
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "no_codes": {"()": "danchu.config.quiet.NoCodes"},
        "no_words_of_jobs": {"()": "danchu.config.quiet.NoWordsOfJobs"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_codes"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a mistyped address (404) is not logged
        "procrastinate.worker": {"filters": ["no_words_of_jobs"]},
    },
}
