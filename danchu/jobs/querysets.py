"""Waiting, running and failed jobs, read from procrastinate's tables."""

from datetime import datetime, timedelta

from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery
from procrastinate.contrib.django.models import (
    ProcrastinateJob,
    ProcrastinateWorker,
)

from danchu.jobs.models import Failure
from danchu.kernel.days import now

WAITING = "todo"
RUNNING = "doing"
FAILED = "failed"
ALIVE = timedelta(seconds=60)


def jobs_in(status: str) -> QuerySet[ProcrastinateJob]:
    """The jobs in a status, the latest first, each with the moment they came to it (`since`) and
    the error of the last attempt (`error`, None without one).
    """
    last = Failure.objects.filter(job=OuterRef("pk")).order_by("-pk").values("error")[:1]
    return (
        ProcrastinateJob.objects.filter(status=status)
        .annotate(since=Max("procrastinateevent__at"), error=Subquery(last))
        .order_by("-pk")
    )


def numbers() -> dict[str, int]:
    """{status: number of jobs} for waiting, running and failed ones."""
    return {
        status: ProcrastinateJob.objects.filter(status=status).count()
        for status in (WAITING, RUNNING, FAILED)
    }


def living_workers() -> int:
    """How many workers have sent a heartbeat within a minute."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=now() - ALIVE).count()


def oldest_due() -> datetime | None:
    """Since when the job has been due that has waited longest; None when none is due."""
    due_jobs = ProcrastinateJob.objects.filter(status=WAITING).filter(
        Q(scheduled_at=None) | Q(scheduled_at__lte=now())
    )
    scheduled = due_jobs.aggregate(first=Min("scheduled_at"))["first"]
    unscheduled = due_jobs.filter(scheduled_at=None).aggregate(first=Min("procrastinateevent__at"))
    times = [time for time in (scheduled, unscheduled["first"]) if time]
    return min(times, default=None)
