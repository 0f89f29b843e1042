"""Keeps what a job that failed said: around every job the worker runs."""

import logging
import traceback
from datetime import timedelta

from django.db import Error as DatabaseError
from django.db import connection
from procrastinate.exceptions import JobAborted

from danchu.jobs.models import Failure
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused

log = logging.getLogger("danchu")
LONGEST = 300


def noting_failures(call_next, context, _worker):
    """A task middleware: the error of a job is kept before procrastinate hears of it."""
    try:
        return call_next()
    except JobAborted:
        raise
    except Exception as error:
        words = words_of(error)
        log.warning("%s %s: %s", context.job.task_name, context.job.id, words)
        keep_failure(context.job.id, context.job.task_name, context.job.attempts, words)
        raise


def keep_failure(job, task, attempt, words):
    """Write down what a try of a job said."""
    Failure.objects.create(job=job, task=task, attempt=attempt + 1, error=words, at=now())


def forget_failures(days):
    """Remove jobs that failed so many days ago, and what was kept of failures then."""
    before = now() - timedelta(days=days)
    Failure.objects.filter(at__lt=before).delete()
    with connection.cursor() as cursor:  # the models of procrastinate are for reading only
        cursor.execute(
            "DELETE FROM procrastinate_jobs job WHERE status = 'failed' AND NOT EXISTS (SELECT 1 "
            "FROM procrastinate_events event WHERE event.job_id = job.id AND event.at >= %s)",
            [before],
        )


def words_of(error):
    """The kind of an error and where it arose; its message only where no words of people can be
    in it: a refusal of ours, what the system or the server says in its first line.
    """
    frames = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in frames if frame.filename != __file__]
    ours = [frame for frame in frames if "/danchu/" in frame.filename] or frames
    place = f" ({ours[-1].filename.rpartition('/danchu/')[2]}:{ours[-1].lineno})" if ours else ""
    return f"{type(error).__name__}{place}{_message_of(error)}"[:LONGEST]


def _message_of(error):
    if isinstance(error, Refused):
        return f": {error.message}"
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    if isinstance(error, DatabaseError):
        return f": {getattr(error.__cause__, 'sqlstate', None) or 'connection'}"
    return ""
