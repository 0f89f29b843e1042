"""The queue: how a room declares a job, and how an act defers one.

A room declares its jobs in `tasks.py` with `@queue.task(name=…, retry=BACK_OFF)`, and periodic ones
with `@queue.periodic(cron=…)` above it. Jobs must be idempotent: one whose worker was killed is
started again.
"""

import re
from contextlib import suppress
from datetime import timedelta

from django.db import connection, transaction
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app as queue
from procrastinate.exceptions import AlreadyEnqueued

from danchu.kernel.days import now

__all__ = ["BACK_OFF", "BackOff", "defer", "defer_once", "queue"]

# Arguments are ids or names of the program: what people wrote is never stored in the queue.
NAME = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,59}")


class BackOff(BaseRetryStrategy):
    """Retries after `first` seconds, then after twice as long each time, `most` times."""

    def __init__(self, first=60, most=3):
        self.first = first
        self.most = most

    def get_retry_decision(self, *, exception, job):
        """A RetryDecision; None after `most` attempts."""
        if job.attempts >= self.most:
            return None
        return RetryDecision(retry_at=now() + timedelta(seconds=self.first * 2**job.attempts))


BACK_OFF = BackOff()


def defer(task, *, lock=None, **arguments):
    """Put a job into the queue, in the transaction of the act: a rolled-back act leaves none. The
    job's id.

    `lock`: of the jobs with one lock only one runs at a time, in the order they were deferred.
    ValueError when an argument is neither a number nor a name; RuntimeError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("defer() belongs inside the transaction of the act that asks for it")
    return _put(task, {"lock": lock} if lock else {}, arguments)


def defer_once(task, *, once, **arguments):
    """Put a job into the queue as soon as the act is committed, unless one of this name waits: that
    one starts later and sees what the act wrote. One of the name runs at a time.
    """

    def put():
        with suppress(AlreadyEnqueued), transaction.atomic():
            _put(task, {"lock": once, "queueing_lock": once}, arguments)

    transaction.on_commit(put, robust=True)


def _put(task, options, arguments):
    for name, value in arguments.items():
        is_plain = value is None or isinstance(value, bool | int)
        if not is_plain and not (isinstance(value, str) and NAME.fullmatch(value)):
            raise ValueError(f"{task.name}: {name} is neither a number nor a name")
    return task.configure(**options).defer(**arguments)
