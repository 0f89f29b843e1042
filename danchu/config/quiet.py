"""Filters that keep secrets out of logs: the codes of invitations (/h/<code>/), words of people."""

import logging
import re

CODE = re.compile(r"(/h/)[^/?\s\"']+")


class NoCodes(logging.Filter):
    """Masks the code in a line before it is written; the rest of the address stays."""

    def filter(self, record):
        message = record.getMessage()
        if "/h/" in message:
            record.msg = CODE.sub(r"\1…", message)
            record.args = ()
        return True


class NoWordsOfJobs(logging.Filter):
    """Drops procrastinate's line about a failed job, whose error may quote a person;
    danchu/jobs/writes/failures.py logs the kind and place of the error instead.
    """

    def filter(self, record):
        return getattr(record, "action", "") != "job_error"
