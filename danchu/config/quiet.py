"""What no log may keep: the codes that stand in the address of an invitation (/h/<code>/)."""

import logging
import re

CODE = re.compile(r"(/h/)[^/?\s\"']+")


class NoCodes(logging.Filter):
    """Blots the code out of a line before it is written; an error on such a page is still told
    with its address.
    """

    def filter(self, record):
        told = record.getMessage()
        if "/h/" in told:
            record.msg = CODE.sub(r"\1…", told)
            record.args = ()
        return True


class NoWordsOfJobs(logging.Filter):
    """Drops what the queue would write of a job that failed, whose error may quote a person: the
    job's own room writes the kind and place of it instead (danchu/jobs/writes/failures.py).
    """

    def filter(self, record):
        return getattr(record, "action", "") != "job_error"
