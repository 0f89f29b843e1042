"""What waits, runs and has failed, read from procrastinate's tables."""

from datetime import timedelta

from django.db.models import F, Max, Min, OuterRef, Q, Subquery
from procrastinate.contrib.django.models import (
    ProcrastinateJob,
    ProcrastinatePeriodicDefer,
    ProcrastinateWorker,
)

from danchu.jobs.models import Failure
from danchu.kernel.days import now

WAITING = "todo"
RUNNING = "doing"
FAILED = "failed"
SHOWN = 100
ALIVE = timedelta(seconds=60)


def jobs_in(status):
    """The latest jobs in a status, with the day and hour they came to it (`since`) and what the
    last try said (`error`).
    """
    last = Failure.objects.filter(job=OuterRef("pk")).order_by("-pk").values("error")[:1]
    return (
        ProcrastinateJob.objects.filter(status=status)
        .annotate(since=Max("procrastinateevent__at"), error=Subquery(last))
        .order_by("-pk")[:SHOWN]
    )


def numbers():
    """{status: how many} of what waits, runs and has failed."""
    return {
        status: ProcrastinateJob.objects.filter(status=status).count()
        for status in (WAITING, RUNNING, FAILED)
    }


def living_workers():
    """How many workers have given a sign of life within a minute."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=now() - ALIVE).count()


def oldest_due():
    """Since when the job has been due that has waited longest; None when none waits."""
    due = ProcrastinateJob.objects.filter(status=WAITING).filter(
        Q(scheduled_at=None) | Q(scheduled_at__lte=now())
    )
    scheduled = due.aggregate(first=Min("scheduled_at"))["first"]
    unscheduled = due.filter(scheduled_at=None).aggregate(first=Min("procrastinateevent__at"))
    times = [time for time in (scheduled, unscheduled["first"]) if time]
    return min(times, default=None)


def last_rounds():
    """{name of what is done by the clock: second of the last time it was due}."""
    rows = ProcrastinatePeriodicDefer.objects.values("task_name").annotate(
        last=Max("defer_timestamp")
    )
    return dict(rows.values_list(F("task_name"), "last"))
