"""Stores the errors of failed jobs, by a middleware around every job the worker runs."""

import logging
import time
import traceback
from datetime import timedelta

from django.db import Error as DatabaseError
from django.db import connection
from procrastinate.exceptions import JobAborted

from danchu.jobs.models import Failure
from danchu.kernel.days import now
from danchu.kernel.metrics import job_seconds
from danchu.kernel.refusals import Refused

log = logging.getLogger("danchu")
LONGEST = 300


def failure_middleware(call_next, context, _worker):
    """Task middleware of procrastinate: time a job; log and store its error, and raise it again."""
    started_at = time.perf_counter()
    outcome = "done"
    try:
        return call_next()
    except JobAborted:
        outcome = "aborted"
        raise
    except Exception as error:
        outcome = "failed"
        summary = error_summary(error)
        log.warning("%s %s: %s", context.job.task_name, context.job.id, summary)
        keep_failure(context.job.id, context.job.task_name, context.job.attempts, summary)
        raise
    finally:
        seconds = time.perf_counter() - started_at
        job_seconds.labels(context.job.task_name, outcome).observe(seconds)


def keep_failure(job, task, attempt, summary):
    """Store the error of one attempt at a job; `attempt` counts from 0."""
    Failure.objects.create(job=job, task=task, attempt=attempt + 1, error=summary, at=now())


def forget_failures(days):
    """Delete jobs that failed more than `days` ago, and stored errors of that age."""
    before = now() - timedelta(days=days)
    Failure.objects.filter(at__lt=before).delete()
    with connection.cursor() as cursor:  # procrastinate's models refuse to write
        cursor.execute(
            "DELETE FROM procrastinate_jobs job WHERE status = 'failed' AND NOT EXISTS (SELECT 1 "
            "FROM procrastinate_events event WHERE event.job_id = job.id AND event.at >= %s)",
            [before],
        )


def error_summary(error):
    """The class of an error and the place in the code where it was raised, at most LONGEST
    characters. Its message only where it cannot quote people: a refusal, an error of the system,
    the SQLSTATE of the database.
    """
    frames = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in frames if frame.filename != __file__]
    own_frames = [frame for frame in frames if "/danchu/" in frame.filename] or frames
    place = (
        f" ({own_frames[-1].filename.rpartition('/danchu/')[2]}:{own_frames[-1].lineno})"
        if own_frames
        else ""
    )
    return f"{type(error).__name__}{place}{_message_of(error)}"[:LONGEST]


def _message_of(error):
    if isinstance(error, Refused):
        return f": {error.message}"
    if isinstance(error, OSError) and error.strerror:
        return f": {error.strerror}"
    if isinstance(error, DatabaseError):
        return f": {getattr(error.__cause__, 'sqlstate', None) or 'connection'}"
    return ""
