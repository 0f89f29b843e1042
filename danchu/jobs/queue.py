"""The queue: how a room declares what can be done later, and how an act asks for it.

A room declares its jobs in `tasks.py` with `@queue.task(name=…, retry=BACK_OFF)`, and what is to be
done by the clock with `@queue.periodic(cron=…)` above it. Jobs may be begun more than once (a
worker that was killed has not told how far it came), so each must do no harm when done again.
"""

import re
from datetime import timedelta

from django.db import connection
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.contrib.django import app as queue

from danchu.kernel.days import now

__all__ = ["BACK_OFF", "BackOff", "defer", "queue"]

# What an argument may be: an id, or a name of ours. Words of people never wait in a queue.
NAME = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,59}")


class BackOff(BaseRetryStrategy):
    """Tried again after `first` seconds, then after twice as long each time, `most` times."""

    def __init__(self, first=60, most=3):
        self.first = first
        self.most = most

    def get_retry_decision(self, *, exception, job):
        """When to try again; None when it was tried often enough."""
        if job.attempts >= self.most:
            return None
        return RetryDecision(retry_at=now() + timedelta(seconds=self.first * 2**job.attempts))


BACK_OFF = BackOff()


def defer(task, *, lock=None, **arguments):
    """Let a job wait, in the transaction of the act: a rolled-back act leaves none. Its id.

    `lock`: of jobs with one lock only one runs at a time, in the order they were asked for.
    ValueError when an argument is neither a number nor a name; RuntimeError outside a transaction.
    """
    for name, value in arguments.items():
        is_plain = value is None or isinstance(value, bool | int)
        if not is_plain and not (isinstance(value, str) and NAME.fullmatch(value)):
            raise ValueError(f"{task.name}: {name} is neither a number nor a name")
    if not connection.in_atomic_block:
        raise RuntimeError("defer() belongs inside the transaction of the act that asks for it")
    options = {"lock": lock} if lock else {}
    return task.configure(**options).defer(**arguments)
